-- Makes a dead letter work again, at the end of its order, with all its attempts before it.
-- KEYS[1]  ib:{outbox:n}:item:<id>, see outbox_enqueue
-- ARGV[1]  prefix of the shard's keys; ARGV[2] id
-- Reply    the state it had, DEAD when it was replayed; "" when there is no such item
local item = redis.call('HMGET', KEYS[1], 'state', 'kind', 'order')
if item[1] ~= 'DEAD' then
  return item[1] or ''
end
local now = outbox_now()
redis.call('HSET', KEYS[1], 'state', 'READY', 'attempts', '0', 'lost', '0', 'replayed', outbox_number(now))
redis.call('HINCRBY', KEYS[1], 'replays', 1)
redis.call('HDEL', KEYS[1], 'ended')
redis.call('ZREM', ARGV[1] .. 'dead:' .. item[2], ARGV[2])
redis.call('ZADD', ARGV[1] .. 'pending:' .. item[2], outbox_number(now), ARGV[2])
outbox_line_up(ARGV[1], ARGV[2], item[2], item[3], now, '', 0)
return 'DEAD'
