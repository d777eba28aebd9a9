-- Takes a lease that nobody holds, with a fence: a number that rises with every holder, so that what an earlier holder
-- reports late can be told from what the present one does.
-- KEYS[1]  the lease: its holder's fence, expires with the lease
-- KEYS[2]  the last fence given; one number per lease, kept without expiry, as a forgotten one could fall
-- ARGV[1]  how long the lease holds, ms
-- Reply    the fence, or "" when somebody else holds the lease
if redis.call('EXISTS', KEYS[1]) == 1 then
  return ''
end
local time = redis.call('TIME')
local last = tonumber(redis.call('GET', KEYS[2])) or 0
-- From the clock, so that it rises also when Redis has lost the last one.
local fence = string.format('%.0f', math.max(last + 1, time[1] * 1000000 + time[2]))
redis.call('SET', KEYS[2], fence)
redis.call('SET', KEYS[1], fence, 'PX', ARGV[1])
return fence
