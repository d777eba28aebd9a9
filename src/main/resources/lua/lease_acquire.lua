-- Takes a lease that nobody holds, or anew what the same holder was given before: a reply that was lost must not keep everybody
-- from it until it runs out. Each time with a fence: a number that only rises, so that what was begun under an earlier one and
-- reports late can be told from what is done under the present one.
-- KEYS[1]  the lease: its present fence, expires with the lease
-- KEYS[2]  the last fence given; one number per lease, kept without expiry, as a forgotten one could fall
-- KEYS[3]  hash of who was given which fence last (holder, request, fence); expires with the lease
-- ARGV[1]  how long the lease holds, ms; ARGV[2] holder; ARGV[3] number of its request: one that was held up on the way takes
--          nothing from a later one
-- Reply    the fence, or "" when somebody else holds the lease
local held = redis.call('GET', KEYS[1])
if held then
  local given = redis.call('HMGET', KEYS[3], 'holder', 'request', 'fence')
  if given[3] ~= held or given[1] ~= ARGV[2] or tonumber(given[2]) >= tonumber(ARGV[3]) then
    return ''
  end
end
local time = redis.call('TIME')
local last = tonumber(redis.call('GET', KEYS[2])) or 0
-- From the clock, so that it rises also when Redis has lost the last one.
local fence = string.format('%.0f', math.max(last + 1, time[1] * 1000000 + time[2]))
redis.call('SET', KEYS[2], fence)
redis.call('SET', KEYS[1], fence, 'PX', ARGV[1])
redis.call('HSET', KEYS[3], 'holder', ARGV[2], 'request', ARGV[3], 'fence', fence)
redis.call('PEXPIRE', KEYS[3], ARGV[1])
return fence
