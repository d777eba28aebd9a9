-- Gives a lease back, unless it has passed to somebody else meanwhile.
-- KEYS[1]  the lease; ARGV[1] the holder's token
-- Reply    1 when released, 0 when it was no longer ours
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
