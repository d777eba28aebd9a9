-- Stores a delivery and remembers that it was seen, in one step: neither can be without the other.
-- KEYS[1]  ib:{inbox:source}:stream, without expiry: it holds what was accepted and not applied yet, ARGV[1] at most
-- KEYS[2+] ib:{inbox:source}:seen:hash, one for each identity of the delivery
-- ARGV[1]  most entries; ARGV[2] seen for, ms; ARGV[3] name; ARGV[4] event id; ARGV[5] body
-- Reply    STORED; DUPLICATE when one of the identities was seen (none is remembered anew); FULL
if #KEYS > 1 and redis.call('EXISTS', unpack(KEYS, 2)) > 0 then
  -- Whether it is replicated or on a disk is asked about a connection's last write: without one the first delivery, whose
  -- sender was told that it is not safe yet, would be taken for safe by its repeat.
  for i = 2, #KEYS do
    redis.call('SET', KEYS[i], '1', 'XX', 'KEEPTTL')
  end
  return 'DUPLICATE'
end
if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) then
  return 'FULL'
end
for i = 2, #KEYS do
  redis.call('SET', KEYS[i], '1', 'PX', ARGV[2])
end
redis.call('XADD', KEYS[1], '*', 'name', ARGV[3], 'event', ARGV[4], 'body', ARGV[5])
return 'STORED'
