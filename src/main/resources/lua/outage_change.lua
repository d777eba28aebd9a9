-- Stores a topic's next state, unless another replica has changed it meanwhile.
-- KEYS[1]  ib:{outage}:state:<topic>: hash of revision, mode, since (ms since epoch), json; without expiry while it is open or
--          held, as it must not end by itself
-- KEYS[2]  ib:{outage}:topics
-- KEYS[3]  ib:{outage}:history: list of transitions, newest first; bounded, hence without expiry
-- ARGV[1]  revision it was made from; ARGV[2] mode; ARGV[3] since, ms; ARGV[4] json; ARGV[5] topic
-- ARGV[6]  kept for, ms, or 0 for as long as it lasts; ARGV[7] entry of the history or ""; ARGV[8] most entries
-- ARGV[9]  outage that goes on from now on, or ""; ARGV[10] outage that went on before, or ""; their records (outage_batch) begin
--          and end here, and their work is done by whoever finds them in the set work. ARGV[11] how long a record is kept after its end, ms
-- Reply    1 when stored, 0 when another revision is there
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local prefix = string.sub(KEYS[2], 1, -7)
local revision = redis.call('HGET', KEYS[1], 'revision') or '0'
if revision ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'revision', string.format('%.0f', tonumber(ARGV[1]) + 1), 'mode', ARGV[2], 'since', ARGV[3],
  'json', ARGV[4])
if ARGV[6] == '0' then
  redis.call('PERSIST', KEYS[1])
  redis.call('ZADD', KEYS[2], '+inf', ARGV[5])
else
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
  redis.call('ZADD', KEYS[2], now, ARGV[5])
end
if ARGV[9] ~= ARGV[10] then
  if ARGV[9] ~= '' then
    redis.call('HSET', prefix .. 'record:' .. ARGV[9], 'topic', ARGV[5], 'opened', now)
    redis.call('SADD', prefix .. 'work', ARGV[9])
  end
  if ARGV[10] ~= '' then
    redis.call('HSET', prefix .. 'record:' .. ARGV[10], 'closed', now)
    redis.call('PEXPIRE', prefix .. 'record:' .. ARGV[10], ARGV[11])
  end
end
if ARGV[7] ~= '' then
  redis.call('LPUSH', KEYS[3], ARGV[7])
  redis.call('LTRIM', KEYS[3], 0, tonumber(ARGV[8]) - 1)
end
return 1
