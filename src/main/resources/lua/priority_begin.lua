-- Marks an incident as one that the bridge follows, before it is read.
-- KEYS[1]  ib:{priority:hash}: the sys_id of the incident's caller as last read, or ""
-- ARGV[1]  kept for, ms
-- Reply    that caller
redis.call('SET', KEYS[1], '', 'NX')
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return redis.call('GET', KEYS[1])
