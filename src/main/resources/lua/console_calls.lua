-- Adds what a replica has answered lately to the hour's counts.
-- KEYS[1]  ib:{console}:calls:hour; expires
-- ARGV[1]  for how long it is kept, ms; then pairs of field ("minute:what") and number
for i = 2, #ARGV, 2 do
  redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1])
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return #ARGV
