-- Puts an entry off that could not be applied, unless it has passed to somebody else since.
-- KEYS[1]  ib:{inbox:source}:stream
-- ARGV[1]  id; ARGV[2] attempt
-- Reply    1, or 0 when it is out, or is no longer this attempt's
local pending = redis.pcall('XPENDING', KEYS[1], 'bridge', ARGV[1], ARGV[1], 1)
-- An error when the stream itself is gone, and with it the entry.
local entry = not pending.err and pending[1]
if not entry or entry[2] ~= 'applying' or tonumber(entry[4]) ~= tonumber(ARGV[2]) then
  return 0
end
redis.call('XCLAIM', KEYS[1], 'bridge', 'waiting', 0, ARGV[1], 'JUSTID')
return 1
