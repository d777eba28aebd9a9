-- How much waits on one shard.
-- KEYS     for each kind three: ib:{outbox:n}:pending:<kind>, ...:dead:<kind>, ...:due:<kind>
-- Reply    for each kind {pending, age of the oldest pending one in ms, dead, due by now}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local depth = {}
for i = 1, #KEYS, 3 do
  local oldest = redis.call('ZRANGE', KEYS[i], 0, 0, 'WITHSCORES')
  local age = oldest[2] and math.max(0, now - tonumber(oldest[2])) or 0
  depth[#depth + 1] = { redis.call('ZCARD', KEYS[i]), math.floor(age), redis.call('ZCARD', KEYS[i + 1]),
    redis.call('ZCOUNT', KEYS[i + 2], '-inf', now) }
end
return depth
