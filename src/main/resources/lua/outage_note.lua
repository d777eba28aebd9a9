-- Notes a call in its outage's ledger, once; what is said later of it takes the place of what was said before.
-- KEYS[1]  ib:{outage}:calls:<outage>: conversation to entry (JSON)
-- KEYS[2]  ib:{outage}:order:<outage>: list of conversations as they came
-- KEYS[3]  ib:{outage}:record:<outage>, see outage_change
-- KEYS[4]  ib:{outage}:work: outages with something left to write
-- ARGV[1]  outage; ARGV[2] topic; ARGV[3] conversation; ARGV[4] entry; ARGV[5] kept for, ms; ARGV[6] revision of the entry
-- Reply    1 when an entry was amended, else 0; also when it was by an earlier try
redis.call('HSETNX', KEYS[3], 'topic', ARGV[2])
local amended = 0
if redis.call('HSETNX', KEYS[1], ARGV[3], ARGV[4]) == 1 then
  redis.call('RPUSH', KEYS[2], ARGV[3])
  -- Also a late one, after the last note was written.
  redis.call('HDEL', KEYS[3], 'ended')
  redis.call('SADD', KEYS[4], ARGV[1])
else
  local known = cjson.decode(redis.call('HGET', KEYS[1], ARGV[3]))
  -- A dead letter that is replayed late says less than what came after it.
  if tonumber(ARGV[6]) > 1 and tonumber(ARGV[6]) >= (known.revision or 1) then
    local entry = cjson.decode(ARGV[4])
    entry.at = known.at
    redis.call('HSET', KEYS[1], ARGV[3], cjson.encode(entry))
    amended = 1
  end
end
for i = 1, 3 do
  redis.call('PEXPIRE', KEYS[i], ARGV[5])
end
return amended
