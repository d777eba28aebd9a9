-- Changes the body of a dead letter, or discards it.
-- KEYS[1]  ib:{outbox:n}:item:<id>, see outbox_enqueue
-- ARGV[1]  prefix of the shard's keys; ARGV[2] id; ARGV[3] EDIT or DISCARD; ARGV[4] the new body, or the reason
-- ARGV[5]  the body as it was when it was read (EDIT): a change by somebody else is not overwritten
-- ARGV[6]  how long a discarded item is kept, ms
-- Reply    the state it had, DEAD when it was changed; "" when there is no such item; CHANGED when the body was another
local item = redis.call('HMGET', KEYS[1], 'state', 'kind', 'body')
if item[1] ~= 'DEAD' then
  return item[1] or ''
end
if ARGV[3] == 'EDIT' then
  if item[3] ~= ARGV[5] then
    return 'CHANGED'
  end
  redis.call('HSET', KEYS[1], 'body', ARGV[4])
else
  redis.call('HSET', KEYS[1], 'state', 'DISCARDED', 'result', ARGV[4])
  redis.call('ZREM', ARGV[1] .. 'dead:' .. item[2], ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
end
return 'DEAD'
