-- Notes the master incident that a noted call went to, and has it linked back (library outbox_enqueue).
-- KEYS[1]  ib:{outbox:n}:wrapup:<hash of the conversation>, see wrapup_record
-- ARGV[1]  prefix of the shard's keys; ARGV[2] hash of the conversation; ARGV[3] the master's number; ARGV[4] its url; ARGV[5]
--          kept for, ms; ARGV[6] id of the link-back, ARGV[7] its kind, ARGV[8] its body
-- Reply    what outbox_enqueue says of the link-back
if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('HSET', KEYS[1], 'master', ARGV[3], 'url', ARGV[4])
  redis.call('PEXPIRE', KEYS[1], ARGV[5])
end
return outbox_enqueue(ARGV[1], ARGV[6], ARGV[7], ARGV[2], ARGV[8], outbox_now(), '', 0)
