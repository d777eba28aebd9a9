-- A batch is written, or all is.
-- KEYS[1]  ib:{outage}:record:<outage>, see outage_batch; KEYS[2] ib:{outage}:order:<outage>; KEYS[3] ib:{outage}:work
-- ARGV[1]  number of the batch; ARGV[2] calls with it; ARGV[3] "1" when it was the last one; ARGV[4] outage; ARGV[5] "1" when
--          something else is left to do for the outage
-- Reply    1, or 0 when it was no longer the one under way
if ARGV[3] == '1' then
  if redis.call('LLEN', KEYS[2]) > tonumber(ARGV[2]) then
    return 0
  end
  redis.call('HSET', KEYS[1], 'ended', 1)
  if ARGV[5] ~= '1' then
    redis.call('SREM', KEYS[3], ARGV[4])
  end
  return 1
end
if redis.call('HGET', KEYS[1], 'batch') ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'written', ARGV[2])
redis.call('HDEL', KEYS[1], 'to')
return 1
