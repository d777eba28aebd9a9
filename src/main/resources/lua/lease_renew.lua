-- Lengthens a lease, unless it has run out or passed to somebody else.
-- KEYS[1]  the lease; ARGV[1] the holder's token or fence; ARGV[2] how long it holds from now on, ms
-- Reply    1 when renewed, 0 when it was no longer ours
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('PEXPIRE', KEYS[1], ARGV[2])
end
return 0
