-- Notes what an incident asks for its caller, and that the caller's calls are not in line with it yet. What was read of an
-- older revision of the incident changes nothing.
-- KEYS[1]  ib:{conv:hash}:suggested: hash of "revision:priority" by incident
-- KEYS[2]  ib:{conv:hash}:unaligned: hash of revision by incident; priority_aligned takes out what is done
-- ARGV[1]  incident; ARGV[2] its revision; ARGV[3] queue priority, 0 for none; ARGV[4] kept for, ms
-- Reply    1, or 0 when a newer revision is known
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known and tonumber(string.match(known, '^(%d+):')) > tonumber(ARGV[2]) then
  return 0
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ':' .. ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return 1
