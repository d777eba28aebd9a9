-- Forgets the oldest entries, which a sealed checkpoint takes the place of.
-- KEYS[1]  ib:{audit}:stream
-- KEYS[2]  ib:{audit}:checkpoint, hash seq, mac, id, at, kid, seal of the last entry forgotten; kept without expiry: the
--          trail begins there
-- ARGV[1]  seq of the checkpoint so far, '' for none; ARGV[2] first id that stays; ARGV[3...8] the checkpoint
-- Reply    entries forgotten; -1 when somebody else moved the checkpoint
if (redis.call('HGET', KEYS[2], 'seq') or '') ~= ARGV[1] then
  return -1
end
redis.call('HSET', KEYS[2], 'seq', ARGV[3], 'mac', ARGV[4], 'id', ARGV[5], 'at', ARGV[6], 'kid', ARGV[7], 'seal', ARGV[8])
return redis.call('XTRIM', KEYS[1], 'MINID', ARGV[2])
