-- Appends sealed entries if the trail still ends where their writer thinks it does; all of them or none.
-- KEYS[1]  ib:{audit}:stream; kept without expiry, see audit_trim
-- KEYS[2]  ib:{audit}:head, hash of the last entry's seq and mac; kept without expiry, as the stream
-- KEYS[3]  ib:{audit}:writer:<replica>, the last batch that this replica appended
-- ARGV[1]  batch; ARGV[2] expiry of KEYS[3], ms
-- ARGV[3]  seq, ARGV[4] mac, ARGV[5] id that the entries follow; ARGV[6] seq, ARGV[7] mac after them
-- ARGV[8]  values per entry: the id, then fields and values; ARGV[9...] the entries
-- Reply    {outcome, seq, mac, id}: 1 appended, 2 this batch was appended before, 0 the trail ends elsewhere; with its end
local function last_id()
  if redis.call('EXISTS', KEYS[1]) == 0 then
    return '0-0'
  end
  -- Not the last entry's: an entry that was deleted leaves its id behind, and ids never go back.
  local info = redis.call('XINFO', 'STREAM', KEYS[1])
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then
      return info[i + 1]
    end
  end
end

local head = redis.call('HMGET', KEYS[2], 'seq', 'mac')
-- What is no number was not written here; the trail goes on all the same, and its verification finds the break.
local seq = head[1] and #head[1] < 19 and string.match(head[1], '^%d+$') or '0'
local mac = head[2] or string.rep('0', 64)
local id = last_id()
if redis.call('GET', KEYS[3]) == ARGV[1] then
  return {2, seq, mac, id}
end
if seq ~= ARGV[3] or mac ~= ARGV[4] or id ~= ARGV[5] then
  return {0, seq, mac, id}
end
local width = tonumber(ARGV[8])
for first = 9, #ARGV, width do
  redis.call('XADD', KEYS[1], unpack(ARGV, first, first + width - 1))
end
redis.call('HSET', KEYS[2], 'seq', ARGV[6], 'mac', ARGV[7])
redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[2])
return {1, ARGV[6], ARGV[7], last_id()}
