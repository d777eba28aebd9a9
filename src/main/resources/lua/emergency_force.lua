-- An operator's override of a group: set, proposed for a second person to confirm, confirmed, taken back, or ended as its
-- time is over.
-- KEYS[1]  ib:{emr}:<group>:state: fields override (JSON), and proposal (JSON), proposal.id, proposal.by, proposal.until
-- ARGV[1]  SET, PROPOSE, CONFIRM, CLEAR, END; ARGV[2] the override as JSON; ARGV[3] id of the proposal; ARGV[4] actor;
-- ARGV[5]  how long a proposal may be confirmed, ms; ARGV[6] with END the group's revision when it was seen to be over
-- Reply    {"DONE", revision, override}, {"UNKNOWN"} when there is nothing to confirm, to take back or to end,
--          {"SAME_PERSON"} when the actor proposed it
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function put(override)
  redis.call('HSET', KEYS[1], 'override', override, 'changed', string.format('%.0f', now), 'cause', 'override',
    'cause.by', ARGV[4], 'cause.how', ARGV[1])
  redis.call('HDEL', KEYS[1], 'proposal', 'proposal.id', 'proposal.by', 'proposal.until')
  return { 'DONE', tostring(redis.call('HINCRBY', KEYS[1], 'revision', 1)), override }
end
if ARGV[1] == 'SET' then
  return put(ARGV[2])
end
if ARGV[1] == 'PROPOSE' then
  redis.call('HSET', KEYS[1], 'proposal', ARGV[2], 'proposal.id', ARGV[3], 'proposal.by', ARGV[4],
    'proposal.until', string.format('%.0f', now + ARGV[5]))
  return { 'DONE', redis.call('HGET', KEYS[1], 'revision') or '0', ARGV[2] }
end
if ARGV[1] == 'CONFIRM' then
  local proposal = redis.call('HMGET', KEYS[1], 'proposal', 'proposal.id', 'proposal.by', 'proposal.until')
  if proposal[2] ~= ARGV[3] or tonumber(proposal[4]) <= now then
    return { 'UNKNOWN' }
  end
  if proposal[3] == ARGV[4] then
    return { 'SAME_PERSON' }
  end
  return put(proposal[1])
end
-- Another override may have been set since; when only a claim has changed, the next pass ends this one.
if ARGV[1] == 'END' and (redis.call('HGET', KEYS[1], 'revision') or '0') ~= ARGV[6] then
  return { 'UNKNOWN' }
end
local override = redis.call('HGET', KEYS[1], 'override')
if not override or override == '' then
  return { 'UNKNOWN' }
end
put('')
return { 'DONE', redis.call('HGET', KEYS[1], 'revision'), override }
