-- Stores what a pass has found and done, unless its lease has passed to somebody else: a pass that was frozen must not
-- report its success over what has happened since.
-- KEYS[1]  ib:{emr}:<group>:lease; KEYS[2] ib:{emr}:<group>:state
-- ARGV[1]  fence of the pass; ARGV[2] ms until the next pass is due; ARGV[3] how many marks of sent changes follow;
-- ARGV[4...] their fields and values: each goes, unless another one was set since; then fields and values of the state
-- Reply    the current revision, or "" when the lease was lost and nothing is stored
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
  return ''
end
local time = redis.call('TIME')
local due = time[1] * 1000 + math.floor(time[2] / 1000) + tonumber(ARGV[2])
local rest = 4 + 2 * tonumber(ARGV[3])
for i = 4, rest - 1, 2 do
  if redis.call('HGET', KEYS[2], ARGV[i]) == ARGV[i + 1] then
    redis.call('HDEL', KEYS[2], ARGV[i])
  end
end
redis.call('HSET', KEYS[2], 'fence', ARGV[1], 'due', string.format('%.0f', due), unpack(ARGV, rest))
return redis.call('HGET', KEYS[2], 'revision') or '0'
