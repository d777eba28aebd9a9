-- Looks a cached caller up and, where it is not fresh, makes one of all askers its loader.
-- KEYS[1]  ib:{caller:hash}: hash of value, fresh (ms since epoch), loader, claimed (ms since epoch)
-- ARGV[1]  token of the asker; ARGV[2] how long a claim to load holds, ms
-- Reply    {"FRESH" | "LOAD" | "WAIT", value or ""}: FRESH use it; LOAD you load; WAIT another one does.
--          The value beside LOAD and WAIT is stale.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local entry = redis.call('HMGET', KEYS[1], 'value', 'fresh', 'claimed')
local value = entry[1] or ''
if entry[1] and tonumber(entry[2]) > now then
  return { 'FRESH', value }
end
if entry[3] and tonumber(entry[3]) > now then
  return { 'WAIT', value }
end
redis.call('HSET', KEYS[1], 'loader', ARGV[1], 'claimed', string.format('%.0f', now + ARGV[2]))
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return { 'LOAD', value }
