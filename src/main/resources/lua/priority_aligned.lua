-- The caller's calls are in line with what one revision of an incident asks for; a newer one stays to be done.
-- KEYS[1]  ib:{conv:hash}:unaligned, see priority_note
-- ARGV[1]  incident; ARGV[2] revision
-- Reply    1, or 0 when there is nothing of this revision to be done
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then
  return redis.call('HDEL', KEYS[1], ARGV[1])
end
return 0
