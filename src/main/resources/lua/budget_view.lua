-- Tells how an upstream's budget stands, without taking anything (docs/adr/0003).
-- KEYS[1]  ib:{budget:upstream}:state; KEYS[2] :replicas; KEYS[3..] of each window :window:id, :slices:id
-- ARGV     of each window: limit, length with its margin ms, slice ms
-- Reply    {paused ms, 429s in a row, replicas, then of each window {limit, total, emergency, lookup, ticket, aside}}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local state = redis.call('HMGET', KEYS[1], 'clock', 'paused', 'strikes')
now = math.max(now, tonumber(state[1] or 0))
local reply = { math.max(0, tonumber(state[2] or 0) - now), tonumber(state[3] or 0), redis.call('HLEN', KEYS[2]) }
for i = 1, (#KEYS - 2) / 2 do
  local hash, list, a = KEYS[2 * i + 1], KEYS[2 * i + 2], 3 * (i - 1)
  local limit, length, slice = tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2]), tonumber(ARGV[a + 3])
  local learned = redis.call('HMGET', hash, 'learned', 'learned_until', 'aside')
  if tonumber(learned[2] or 0) > now then
    limit = tonumber(learned[1])
  end
  local sums = { 0, 0, 0, 0 }
  for _, entry in ipairs(redis.call('LRANGE', list, 0, -1)) do
    local s, total, emergency, lookup, ticket = string.match(entry, '(%d+):(%d+):(%d+):(%d+):(%d+)')
    if (s + 1) * slice + length > now then
      sums = { sums[1] + total, sums[2] + emergency, sums[3] + lookup, sums[4] + ticket }
    end
  end
  reply[#reply + 1] = { limit, sums[1], sums[2], sums[3], sums[4], math.floor(tonumber(learned[3] or 0)) }
end
return reply
