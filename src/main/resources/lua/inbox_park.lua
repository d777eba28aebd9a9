-- Moves an entry that cannot be applied to where an operator sees it.
-- KEYS[1]  ib:{inbox:source}:stream; KEYS[2] ib:{inbox:source}:parked, a stream
-- ARGV[1]  id; ARGV[2] reason; ARGV[3] attempts; ARGV[4] kept for, ms, from now on; ARGV[5] most parked entries
-- Reply    1, or 0 when it was out already
local entry = redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1])[1]
redis.call('XACK', KEYS[1], 'bridge', ARGV[1])
if not entry then
  return 0
end
local fields = entry[2]
for _, value in ipairs({ 'accepted', ARGV[1], 'reason', ARGV[2], 'attempts', ARGV[3] }) do
  fields[#fields + 1] = value
end
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[5], '*', unpack(fields))
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return redis.call('XDEL', KEYS[1], ARGV[1])
