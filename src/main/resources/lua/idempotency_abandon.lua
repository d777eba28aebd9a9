-- Ends a claim without a reply, unless it has passed to a later owner.
-- KEYS[1]  ib:{idem:client:op:key}, see idempotency_begin
-- ARGV[1]  fence of the owner; ARGV[2] "NO_EFFECT" when this owner certainly did nothing, else "UNKNOWN"
-- Reply    1 when ended, 0 when the claim was lost
local entry = redis.call('HMGET', KEYS[1], 'state', 'fence', 'doubt')
if entry[1] ~= 'IN_FLIGHT' or entry[2] ~= ARGV[1] then
  return 0
end
-- That this owner did nothing says nothing about the one before.
if ARGV[2] == 'NO_EFFECT' and not entry[3] then
  return redis.call('DEL', KEYS[1])
end
redis.call('HSET', KEYS[1], 'state', 'UNKNOWN_OUTCOME')
redis.call('HDEL', KEYS[1], 'until')
return 1
