-- Gives a replica what is to be applied: failed entries that are due again, entries of a replica that has died over them,
-- then new ones. The group's two consumers are states, not replicas: "applying", and "waiting" after a failure.
-- KEYS[1]  ib:{inbox:source}:stream
-- ARGV[1]  most entries; ARGV[2] claim, ms; ARGV[3] first pause, ms; ARGV[4] longest pause, ms
-- Reply    {entries in the stream, {{attempt, id, {field, value, ...}}, ...}}
local most, claim, first, longest = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
redis.pcall('XGROUP', 'CREATE', KEYS[1], 'bridge', '0', 'MKSTREAM')
local taken = {}
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
      taken[#taken + 1] = { attempts + 1, claimed[1], claimed[2] }
    else
      redis.call('XACK', KEYS[1], 'bridge', entry[1])
    end
  end
end
if #taken < most then
  local fresh = redis.call(
    'XREADGROUP', 'GROUP', 'bridge', 'applying', 'COUNT', most - #taken, 'STREAMS', KEYS[1], '>')
  for _, entry in ipairs(fresh and fresh[1][2] or {}) do
    taken[#taken + 1] = { 1, entry[1], entry[2] }
  end
end
return { redis.call('XLEN', KEYS[1]), taken }
