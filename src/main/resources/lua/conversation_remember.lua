-- Remembers a caller's conversation as the newest one and answers the queue priority that is suggested for it, in one step:
-- a change of a ticket that is under way meanwhile is either in the answer, or finds the conversation.
-- KEYS[1]  ib:{conv:hash}: sorted set of conversation ids by time
-- KEYS[2]  ib:{conv:hash}:suggested: hash of "revision:priority" by incident
-- KEYS[3]  ib:{conv:hash}:raised: hash of "before:ours" by conversation
-- ARGV[1]  conversation id; ARGV[2] kept for, ms; ARGV[3] how many are kept
-- Reply    the suggested priority, 0 for none
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
local suggested = 0
for _, entry in ipairs(redis.call('HVALS', KEYS[2])) do
  suggested = math.max(suggested, tonumber(string.match(entry, ':(%d+)$')))
end
if suggested > 0 then
  -- The flow sets it as it queues the call, so that it is the bridge's to take back.
  redis.call('HSETNX', KEYS[3], ARGV[1], '0:' .. suggested)
  redis.call('PEXPIRE', KEYS[3], ARGV[2])
end
return suggested
