-- Adds what a replica has answered lately to the hour's counts, once however often it is sent.
-- KEYS[1]  ib:{console}:calls:hour; expires
-- KEYS[2]  ib:{console}:calls:sent:<replica>: number of the last growth that was added; expires
-- ARGV[1]  for how long both are kept, ms; ARGV[2] number of the growth; then pairs of field ("minute:what") and number
-- Reply    1, or 0 when the growth was there already
if tonumber(redis.call('GET', KEYS[2]) or '0') >= tonumber(ARGV[2]) then
  return 0
end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[1])
for i = 3, #ARGV, 2 do
  redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1])
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1
