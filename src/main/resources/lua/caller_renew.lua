-- Prolongs a claim to load a caller while the load is under way. One that was lost (it ran out and another one loads, or
-- the entry was dropped because the caller's record changed) stays lost.
-- KEYS[1]  ib:{caller:hash}
-- ARGV[1]  token of the loader; ARGV[2] how long the claim holds from now on, ms
-- Reply    1 when prolonged, 0 when the claim was lost
if redis.call('HGET', KEYS[1], 'loader') ~= ARGV[1] then
  return 0
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], 'claimed', string.format('%.0f', now + ARGV[2]))
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 1
