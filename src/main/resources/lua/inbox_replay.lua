-- Gives a parked entry another life, as if it had just arrived.
-- KEYS[1]  ib:{inbox:source}:stream; KEYS[2] ib:{inbox:source}:parked
-- ARGV[1]  id of the parked entry
-- Reply    1, or 0 when there is none
local entry = redis.call('XRANGE', KEYS[2], ARGV[1], ARGV[1])[1]
if not entry then
  return 0
end
local values = {}
for i = 1, #entry[2], 2 do
  values[entry[2][i]] = entry[2][i + 1]
end
redis.call('XADD', KEYS[1], '*', 'name', values.name, 'event', values.event, 'body', values.body)
return redis.call('XDEL', KEYS[2], ARGV[1])
