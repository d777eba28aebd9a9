-- Where the trail begins and ends, at one moment.
-- KEYS[1]  ib:{audit}:stream; KEYS[2] ib:{audit}:head; KEYS[3] ib:{audit}:checkpoint, see audit_trim
-- Reply    {number of entries, id of the last entry or '0-0', head's seq or '', mac or '',
--           checkpoint's seq or '', mac, id, at, kid, seal}
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
local head = redis.call('HMGET', KEYS[2], 'seq', 'mac')
local mark = redis.call('HMGET', KEYS[3], 'seq', 'mac', 'id', 'at', 'kid', 'seal')
local reply = {redis.call('XLEN', KEYS[1]), last[1] and last[1][1] or '0-0', head[1] or '', head[2] or ''}
for i = 1, 6 do
  reply[#reply + 1] = mark[i] or ''
end
return reply
