-- Stores a final reply, unless the claim has passed to a later owner.
-- KEYS[1]  ib:{idem:client:op:key}, see idempotency_begin
-- ARGV[1]  fence of the owner; ARGV[2] status; ARGV[3] content type; ARGV[4] body; ARGV[5] kept for, ms;
-- ARGV[6]  "1" when the body is left out as too large, else "0"
-- Reply    1 when stored, 0 when the claim was lost
local entry = redis.call('HMGET', KEYS[1], 'state', 'fence')
if entry[1] ~= 'IN_FLIGHT' or entry[2] ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'state', 'DONE', 'status', ARGV[2], 'type', ARGV[3], 'body', ARGV[4])
if ARGV[6] == '1' then
  redis.call('HSET', KEYS[1], 'large', '1')
end
redis.call('HDEL', KEYS[1], 'until', 'doubt')
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
