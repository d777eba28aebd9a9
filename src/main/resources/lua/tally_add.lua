-- Adds what a replica has counted, once however often it is sent (library tally_count).
-- KEYS[1]  ib:{tally}:sent:<replica>: number of the last batch that was added; expires a day after the replica's end
-- ARGV[1]  prefix of the days' keys; ARGV[2] number of the batch; ARGV[3] kept for, ms
-- ARGV[4]  JSON: {plain = {{ms, name, count}...}, calls = {{hash of the conversation, ms, name, rank}...}}. A conversation
--          counts once, under the name of the highest rank and the hour of the first; ib:{tally}:call:<hash> remembers it for a
--          day, longer than a call lasts, as <ms>:<rank>:<name>
-- Reply    1, or 0 when the batch was there already
local DAY = 86400000
if tonumber(redis.call('GET', KEYS[1]) or '0') >= tonumber(ARGV[2]) then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2], 'PX', DAY)
local batch = cjson.decode(ARGV[4])
for _, counted in ipairs(batch.plain) do
  tally_count(ARGV[1], counted[1], counted[2], counted[3], ARGV[3])
end
for _, call in ipairs(batch.calls) do
  local key = 'ib:{tally}:call:' .. call[1]
  local known = redis.call('GET', key)
  local ms, rank, name
  if known then
    ms, rank, name = known:match('^(%d+):(%d+):(.*)$')
  end
  if not known or call[4] > tonumber(rank) then
    ms = tonumber(ms or call[2])
    if known then
      tally_count(ARGV[1], ms, name, -1, ARGV[3])
    end
    tally_count(ARGV[1], ms, call[3], 1, ARGV[3])
    redis.call('SET', key, string.format('%.0f:%d:%s', ms, call[4], call[3]), 'PX', DAY)
  end
end
return 1
