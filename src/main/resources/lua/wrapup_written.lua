-- Notes that the ticket has what a wrap-up said, and has it linked back (library outbox_enqueue).
-- KEYS[1]  ib:{outbox:n}:wrapup:<hash of the conversation>, see wrapup_record
-- ARGV[1]  prefix of the shard's keys; ARGV[2] hash of the conversation; ARGV[3] revision; ARGV[4] outcome; ARGV[5] number
-- ARGV[6]  sys_id; ARGV[7] url; ARGV[8] "1" when the ticket was created for the conversation; ARGV[9] kept for, ms
-- ib:{outbox:n}:ticket:<sys_id> remembers the ticket's first conversation on this shard, for as long
-- ARGV[10] id of the link-back, ARGV[11] its kind, ARGV[12] its body
-- Reply    what outbox_enqueue says of the link-back; "" when a later revision is there already
if tonumber(redis.call('HGET', KEYS[1], 'written') or '0') >= tonumber(ARGV[3]) then
  return ''
end
redis.call('HSET', KEYS[1], 'written', ARGV[3], 'outcome', ARGV[4], 'number', ARGV[5], 'sysId', ARGV[6], 'url', ARGV[7],
  'own', ARGV[8])
redis.call('PEXPIRE', KEYS[1], ARGV[9])
local conversation = redis.call('HGET', KEYS[1], 'conversation')
if conversation then
  redis.call('SET', ARGV[1] .. 'ticket:' .. ARGV[6], conversation, 'NX', 'PX', ARGV[9])
end
return outbox_enqueue(ARGV[1], ARGV[10], ARGV[11], ARGV[2], ARGV[12], outbox_now(), '', 0)
