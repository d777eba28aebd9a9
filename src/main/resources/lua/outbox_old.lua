-- Tells the conversations of one kind, on one shard, that have waited since before a moment. Only the first one of an order is
-- due, so that a conversation tells once however much waits behind it.
-- KEYS[1]  ib:{outbox:n}:pending:<kind>; KEYS[2] ...:due:<kind>; KEYS[3] ...:done:<kind>, see outbox_enqueue
-- ARGV[1]  prefix of the shard's keys; ARGV[2] the moment, ms since epoch; ARGV[3] failures from which on it may be the
--          item's own fault; ARGV[4] most items looked at, the oldest first: all of the others are counted
-- Reply    {when one of the kind was done last, ms, 0 for never; how many wait that have not failed so often; then of each that
--          has, since when it waits, ms}
local done = redis.call('ZREVRANGE', KEYS[3], 0, 0, 'WITHSCORES')
local before = '(' .. ARGV[2]
local old = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', before, 'WITHSCORES', 'LIMIT', 0, ARGV[4])
local reply = { tonumber(done[2] or 0), redis.call('ZCOUNT', KEYS[1], '-inf', before) - #old / 2 }
if #old == 0 then
  return reply
end
local ids = {}
for i = 1, #old, 2 do
  ids[#ids + 1] = old[i]
end
local due = redis.call('ZMSCORE', KEYS[2], unpack(ids))
for i, id in ipairs(ids) do
  if due[i] then
    local attempts = tonumber(redis.call('HGET', ARGV[1] .. 'item:' .. id, 'attempts') or 0)
    if attempts < tonumber(ARGV[3]) then
      reply[2] = reply[2] + 1
    else
      reply[#reply + 1] = tonumber(old[2 * i])
    end
  end
end
return reply
