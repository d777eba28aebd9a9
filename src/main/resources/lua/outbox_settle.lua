-- Ends a claim, unless it has run out and passed to another worker.
-- KEYS[1]  ib:{outbox:n}:item:<id>, see outbox_enqueue
-- ARGV[1]  prefix of the shard's keys; ARGV[2] token; ARGV[3] DONE, RETRY, WAIT or DEAD
-- ARGV[4]  due again in, ms (RETRY, WAIT); ARGV[5] reason; ARGV[6] the vendor's answer; ARGV[7] result (DONE)
-- ARGV[8]  how long a done item is kept, ms
-- Reply    LOST, OK, or NEXT when another item of the same order is due now
local item = redis.call('HMGET', KEYS[1], 'state', 'token', 'id', 'kind', 'order')
if item[1] ~= 'CLAIMED' or item[2] ~= ARGV[2] then
  return 'LOST'
end
local prefix, id, kind = ARGV[1], item[3], item[4]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HDEL', KEYS[1], 'token')
redis.call('HSET', KEYS[1], 'reason', ARGV[5], 'answer', ARGV[6])
if ARGV[3] == 'RETRY' or ARGV[3] == 'DEAD' then
  redis.call('HINCRBY', KEYS[1], 'attempts', 1)
end
if ARGV[3] == 'RETRY' or ARGV[3] == 'WAIT' then
  redis.call('HSET', KEYS[1], 'state', 'READY')
  redis.call('ZADD', prefix .. 'due:' .. kind, string.format('%.0f', now + ARGV[4]), id)
  return 'OK'
end
redis.call('HSET', KEYS[1], 'state', ARGV[3], 'result', ARGV[7], 'ended', string.format('%.0f', now))
redis.call('ZREM', prefix .. 'due:' .. kind, id)
redis.call('ZREM', prefix .. 'pending:' .. kind, id)
if ARGV[3] == 'DEAD' then
  redis.call('ZADD', prefix .. 'dead:' .. kind, string.format('%.0f', now), id)
else
  redis.call('PEXPIRE', KEYS[1], ARGV[8])
  redis.call('ZADD', prefix .. 'done:' .. kind, string.format('%.0f', now), id)
  redis.call('ZREMRANGEBYSCORE', prefix .. 'done:' .. kind, '-inf', now - ARGV[8])
  redis.call('PEXPIRE', prefix .. 'done:' .. kind, ARGV[8])
end
local order = prefix .. 'order:' .. kind .. ':' .. item[5]
redis.call('LREM', order, 1, id)
local nextId = redis.call('LINDEX', order, 0)
if nextId then
  -- NX: a claimed one keeps the end of its claim.
  redis.call('ZADD', prefix .. 'due:' .. kind, 'NX', string.format('%.0f', now), nextId)
  return 'NEXT'
end
return 'OK'
