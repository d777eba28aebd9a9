-- Notes a call in its outage's ledger, once.
-- KEYS[1]  ib:{outage}:calls:<outage>: conversation to entry (JSON)
-- KEYS[2]  ib:{outage}:order:<outage>: list of conversations as they came
-- KEYS[3]  ib:{outage}:record:<outage>, see outage_change
-- KEYS[4]  ib:{outage}:work: outages with something left to write
-- ARGV[1]  outage; ARGV[2] topic; ARGV[3] conversation; ARGV[4] entry; ARGV[5] kept for, ms
-- Reply    calls noted in the outage
redis.call('HSETNX', KEYS[3], 'topic', ARGV[2])
if redis.call('HSETNX', KEYS[1], ARGV[3], ARGV[4]) == 1 then
  redis.call('RPUSH', KEYS[2], ARGV[3])
  -- Also a late one, after the last note was written.
  redis.call('HDEL', KEYS[3], 'ended')
  redis.call('SADD', KEYS[4], ARGV[1])
end
for i = 1, 3 do
  redis.call('PEXPIRE', KEYS[i], ARGV[5])
end
return redis.call('LLEN', KEYS[2])
