-- Remembers a limit that a vendor told about a window.
-- KEYS[1]  ib:{budget:upstream}:window:id; ARGV[1] limit; ARGV[2] believed for, ms
-- Reply    1
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], 'learned', ARGV[1], 'learned_until', now + ARGV[2])
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 1
