-- Claims items that are due, those of dead workers included. A claim is over when it is settled or when it runs out.
-- KEYS     ib:{outbox:n}:due:<kind>, one for each kind
-- ARGV[1]  prefix of the shard's keys; ARGV[2] token; ARGV[3] how long the claims hold, ms
-- ARGV[4]  and following: most items of each kind
-- Reply    a list of {id, kind, order, body, created, replayed or 0, claims, attempts, lost}, longest due first in each kind
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local claimed = {}
for i = 1, #KEYS do
  local ids = redis.call('ZRANGEBYSCORE', KEYS[i], '-inf', now, 'LIMIT', 0, ARGV[3 + i])
  for _, id in ipairs(ids) do
    local key = ARGV[1] .. 'item:' .. id
    local item = redis.call('HMGET', key, 'state', 'kind', 'order', 'body', 'created', 'replayed', 'attempts', 'lost')
    if item[1] == 'READY' or item[1] == 'CLAIMED' then
      local lost = item[8]
      if item[1] == 'CLAIMED' then
        lost = tostring(redis.call('HINCRBY', key, 'lost', 1))
      end
      redis.call('HSET', key, 'state', 'CLAIMED', 'token', ARGV[2])
      redis.call('ZADD', KEYS[i], string.format('%.0f', now + ARGV[3]), id)
      local claims = tostring(redis.call('HINCRBY', key, 'claims', 1))
      claimed[#claimed + 1] = { id, item[2], item[3], item[4], item[5], item[6] or '0', claims, item[7], lost }
    else
      -- Only after a loss of data in Redis: the body is gone, or the end was kept and the order was not.
      redis.call('ZREM', KEYS[i], id)
    end
  end
end
return claimed
