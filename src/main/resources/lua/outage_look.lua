-- Tells how all topics stand that have been heard of lately or are not closed, and how the replicas fare.
-- KEYS[1]  ib:{outage}:topics; the keys state:<topic> and slices:<topic> of the topics in it are read beside it, under the
--          same hash tag
-- KEYS[2]  ib:{outage}:replicas: replica to "<ms since epoch> <1 when a client breaker is down there>"
-- ARGV[1]  replica; ARGV[2] 1 when a client breaker is down here; ARGV[3] a slice, ms; ARGV[4] slices in the window;
--          ARGV[5] the usual rate is measured over, ms; ARGV[6] a replica counts for so long after it was heard, ms
-- Reply    {now, replicas, replicas down, {topic, state or "", count, usual calls in a window}, ...}; "global" is always in it
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local slice, slices, usual, silence = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local prefix = string.sub(KEYS[1], 1, -7)
redis.call('HSET', KEYS[2], ARGV[1], string.format('%.0f', now) .. ' ' .. ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[6])
local replicas, down = 0, 0
local heard = redis.call('HGETALL', KEYS[2])
for i = 1, #heard, 2 do
  local at, ailing = string.match(heard[i + 1], '(%d+) (%d)')
  if tonumber(at) < now - silence then
    redis.call('HDEL', KEYS[2], heard[i])
  else
    replicas, down = replicas + 1, down + tonumber(ailing)
  end
end
local current, minute = math.floor(now / slice), math.floor(now / 60000)
local function counted(key, kind, first, last)
  local fields = {}
  for index = first, last do
    fields[#fields + 1] = string.format('%s%.0f', kind, index)
  end
  local sum = 0
  if #fields > 0 then
    for _, value in ipairs(redis.call('HMGET', key, unpack(fields))) do
      sum = sum + (tonumber(value) or 0)
    end
  end
  return sum
end
local topics = redis.call('ZRANGEBYSCORE', KEYS[1], string.format('%.0f', now - slice * slices), '+inf')
local reply, global = { string.format('%.0f', now), replicas, down }, false
local function look(topic)
  local state = redis.call('HMGET', prefix .. 'state:' .. topic, 'json', 'mode', 'since')
  local key = prefix .. 'slices:' .. topic
  local first = current - slices + 1
  if state[2] == 'HALF_OPEN' or state[2] == 'CLOSED' then
    -- Only what came since: the surge that opened it must not do so again, nor after an operator's reset.
    first = math.max(first, math.floor(tonumber(state[3]) / slice) + 1)
  end
  local minutes = math.max(1, math.floor(usual / 60000))
  local rate = counted(key, 'm', minute - 2 - minutes, minute - 3) / minutes
  reply[#reply + 1] = { topic, state[1] or '', counted(key, 's', first, current),
    string.format('%.3f', rate * slice * slices / 60000) }
end
for _, topic in ipairs(topics) do
  global = global or topic == 'global'
  look(topic)
end
if not global then
  look('global')
end
return reply
