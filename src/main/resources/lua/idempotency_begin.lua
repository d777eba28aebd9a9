-- Makes the first asker with a key its owner, and tells every other one how the key stands.
-- KEYS[1]  ib:{idem:client:op:key}: hash of state (IN_FLIGHT, DONE, UNKNOWN_OUTCOME), fingerprint, fence, until (end of the
--          claim, ms since epoch), doubt (an earlier owner may have had an effect), status, type, body, large
-- ARGV[1]  fingerprint of the request; ARGV[2] how long the claim holds, ms; ARGV[3] how long the key is kept, ms
-- Reply    {"RUN", fence}         nothing was done under this key: do it
--          {"RESUME", fence}      an earlier owner may have done it: look it up and finish it
--          {"BUSY", ms}           another owner's claim holds for so long
--          {"REPLAY", status, type, body}
--          {"TOO_LARGE"}          done, but its reply was not kept
--          {"OTHER_PAYLOAD"}      the key belongs to another request
local entry = redis.call('HMGET', KEYS[1], 'state', 'fingerprint', 'fence', 'until')
local state = entry[1]
if state and entry[2] ~= ARGV[1] then
  return { 'OTHER_PAYLOAD' }
end
if state == 'DONE' then
  if redis.call('HEXISTS', KEYS[1], 'large') == 1 then
    return { 'TOO_LARGE' }
  end
  local reply = redis.call('HMGET', KEYS[1], 'status', 'type', 'body')
  return { 'REPLAY', reply[1], reply[2], reply[3] }
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if state == 'IN_FLIGHT' and tonumber(entry[4]) > now then
  return { 'BUSY', string.format('%.0f', tonumber(entry[4]) - now) }
end
-- From the clock, so that it rises also after the key was given up and forgotten.
local fence = string.format('%.0f', math.max((tonumber(entry[3]) or 0) + 1, time[1] * 1000000 + time[2]))
redis.call('HSET', KEYS[1], 'state', 'IN_FLIGHT', 'fingerprint', ARGV[1], 'fence', fence,
  'until', string.format('%.0f', now + ARGV[2]))
redis.call('PEXPIRE', KEYS[1], ARGV[3])
if state then
  redis.call('HSET', KEYS[1], 'doubt', '1')
  return { 'RESUME', fence }
end
return { 'RUN', fence }
