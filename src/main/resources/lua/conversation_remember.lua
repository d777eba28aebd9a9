-- Remembers a caller's conversation as the newest one.
-- KEYS[1]  ib:{conv:hash}: sorted set of conversation ids by time
-- ARGV[1]  conversation id; ARGV[2] kept for, ms; ARGV[3] how many are kept
-- Reply    1
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
