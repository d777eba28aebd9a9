-- One write, for the tests of what a write survives.
-- KEYS[1]  any key; ARGV[1] its value; ARGV[2] kept for, ms
-- Reply    1
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
