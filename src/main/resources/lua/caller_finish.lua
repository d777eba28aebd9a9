-- Ends a claim to load a caller, with or without a result. A claim that was lost meanwhile (it ran out, or the entry was
-- dropped because the caller's record changed) stores nothing.
-- KEYS[1]  ib:{caller:hash}
-- ARGV[1]  token of the loader; ARGV[2] value, or "" for none; ARGV[3] fresh for, ms; ARGV[4] kept for, ms
-- Reply    1 when stored or released, 0 when the claim was lost
if redis.call('HGET', KEYS[1], 'loader') ~= ARGV[1] then
  return 0
end
redis.call('HDEL', KEYS[1], 'loader', 'claimed')
if ARGV[2] ~= '' then
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call('HSET', KEYS[1], 'value', ARGV[2], 'fresh', string.format('%.0f', now + ARGV[3]))
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
end
return 1
