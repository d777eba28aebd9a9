-- Takes an applied entry out.
-- KEYS[1]  ib:{inbox:source}:stream; ARGV[1] id
-- Reply    1, or 0 when it was out already
redis.call('XACK', KEYS[1], 'bridge', ARGV[1])
return redis.call('XDEL', KEYS[1], ARGV[1])
