-- Notes how the link-back ended; a record that has expired stays so.
-- KEYS[1]  ib:{outbox:n}:wrapup:<hash of the conversation>, see wrapup_record
-- ARGV[1]  DONE or GONE
-- Reply    1 when noted
if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
redis.call('HSET', KEYS[1], 'linked', ARGV[1])
return 1
