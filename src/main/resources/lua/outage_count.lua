-- Counts new calls of a topic, or refusals of the service desk, in slices of the window and of the topic's usual rate.
-- KEYS[1]  ib:{outage}:topics: topics by when they were last heard of, ms since epoch; +inf while not closed
-- KEYS[2]  ib:{outage}:slices:<topic>: s<slice> and m<minute>, each a count
-- KEYS[3]  ib:{outage}:state:<topic>
-- ARGV[1]  topic; ARGV[2] how many; ARGV[3] a slice, ms; ARGV[4] slices in the window; ARGV[5] the usual rate is measured
--          over, ms; ARGV[6] most topics
-- Reply    {mode, count in the window}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local slice, slices, usual = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local mode = redis.call('HGET', KEYS[3], 'mode') or 'CLOSED'
local known = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not known and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[6]) then
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - slice * slices)
  if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[6]) then
    return { mode, 0 }
  end
end
redis.call('ZADD', KEYS[1], 'GT', string.format('%.0f', now), ARGV[1])
local current = math.floor(now / slice)
local counted = redis.call('HINCRBY', KEYS[2], string.format('s%.0f', current), ARGV[2])
if mode == 'CLOSED' then
  redis.call('HINCRBY', KEYS[2], string.format('m%.0f', math.floor(now / 60000)), ARGV[2])
end
if counted == tonumber(ARGV[2]) then
  -- A slice has begun: what neither window reaches any more goes.
  local first, minute = current - slices, math.floor((now - usual) / 60000) - 3
  for _, field in ipairs(redis.call('HKEYS', KEYS[2])) do
    local index = tonumber(string.sub(field, 2))
    if index < (string.sub(field, 1, 1) == 's' and first or minute) then
      redis.call('HDEL', KEYS[2], field)
    end
  end
end
redis.call('PEXPIRE', KEYS[2], string.format('%.0f', usual + slice * slices + 180000))
local sum = 0
for i = 0, slices - 1 do
  sum = sum + (tonumber(redis.call('HGET', KEYS[2], string.format('s%.0f', current - i))) or 0)
end
return { mode, sum }
