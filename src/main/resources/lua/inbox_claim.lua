-- Gives a replica what is to be applied: what it was given before without hearing of it, failed entries that are due again,
-- entries of a replica that has died over them, then new ones. The group's two consumers are states, not replicas: "applying",
-- and "waiting" after a failure.
-- KEYS[1]  ib:{inbox:source}:stream
-- KEYS[2]  ib:{inbox:source}:given:<replica>: hash of what it was given last (request, entries as "attempt id ..."); expires
--          with the claim
-- ARGV[1]  most entries; ARGV[2] claim, ms; ARGV[3] first pause, ms; ARGV[4] longest pause, ms; ARGV[5] number of this request
-- ARGV[6]  number of the last request that brought the replica something, "" for none
-- Reply    {entries in the stream, {{attempt, id, {field, value, ...}}, ...}}
local most, claim, first, longest = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
redis.pcall('XGROUP', 'CREATE', KEYS[1], 'bridge', '0', 'MKSTREAM')
local taken, given = {}, {}
local function take(attempt, entry)
  taken[#taken + 1] = { attempt, entry[1], entry[2] }
  given[#given + 1] = attempt .. ' ' .. entry[1]
end
local last = redis.call('HMGET', KEYS[2], 'request', 'entries')
if last[1] and tonumber(last[1]) > tonumber(ARGV[5]) then
  -- Given up by its asker and held up on the way: what it took, nobody would apply.
  return { redis.call('XLEN', KEYS[1]), {} }
end
if last[1] and last[1] ~= ARGV[6] then
  for attempt, id in string.gmatch(last[2], '(%d+) (%S+)') do
    local entry = redis.call('XPENDING', KEYS[1], 'bridge', id, id, 1)[1]
    if #taken < most and entry and entry[2] == 'applying' and tonumber(entry[4]) == tonumber(attempt) then
      local claimed = redis.call('XCLAIM', KEYS[1], 'bridge', 'applying', 0, id, 'RETRYCOUNT', attempt)[1]
      if claimed then
        take(tonumber(attempt), claimed)
      end
    end
  end
end
local pending = redis.call('XPENDING', KEYS[1], 'bridge', 'IDLE', math.min(first, claim), '-', '+', 1000)
for _, entry in ipairs(pending) do
  if #taken >= most then
    break
  end
  local attempts = tonumber(entry[4])
  local due = entry[2] == 'waiting' and math.min(first * 2 ^ (attempts - 1), longest) or claim
  if tonumber(entry[3]) >= due then
    local claimed = redis.call('XCLAIM', KEYS[1], 'bridge', 'applying', 0, entry[1])[1]
    if claimed then
      take(attempts + 1, claimed)
    else
      redis.call('XACK', KEYS[1], 'bridge', entry[1])
    end
  end
end
if #taken < most then
  local fresh = redis.call(
    'XREADGROUP', 'GROUP', 'bridge', 'applying', 'COUNT', most - #taken, 'STREAMS', KEYS[1], '>')
  for _, entry in ipairs(fresh and fresh[1][2] or {}) do
    take(1, entry)
  end
end
if #given > 0 then
  redis.call('HSET', KEYS[2], 'request', ARGV[5], 'entries', table.concat(given, ' '))
  redis.call('PEXPIRE', KEYS[2], ARGV[2])
end
return { redis.call('XLEN', KEYS[1]), taken }
