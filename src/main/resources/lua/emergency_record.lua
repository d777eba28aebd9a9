-- Merges what is told of one incident into its claim to an emergency. The claim keeps the latest time of each kind of
-- event, so events may come in any order and any number of times and always end in the same state:
--   OPEN       activated or reopened, not withdrawn since, not resolved since it was last reopened, ttl not over
--   RESOLVED   resolved (also before its activation came), or withdrawn since; what the API has declared is not withdrawn
--   OVERRIDDEN ended by an operator since it was last reopened
--   EXPIRED    its ttl is over
-- KEYS[1]  ib:{emr}:claim:<id>: hash of the claim; expires after ARGV[4] from its end, until then a tombstone
-- KEYS[2]  ib:{emr}:<group>:open: open claims as JSON by id; each leaves with its end, so the key needs no expiry
-- KEYS[3]  ib:{emr}:<group>:state: hash; field revision rises with every change. One per configured group, kept: it is
--          what the bridge knows of Genesys
-- KEYS[4]  ib:{emr}:<group>:recent: ids by last change, ms; the oldest leave above ARGV[5]
-- ARGV[1]  ACTIVATE, REOPEN, REOPEN_WITHDRAWN (open again, but no emergency), MOVE (to another open status, from whichever),
--          MOVE_WITHDRAWN (the same, but no emergency), WITHDRAW, RESOLVE, OVERRIDE (by an operator), EXTEND (by an
--          operator), EXPIRE
-- ARGV[2]  time of the event, ms; ARGV[3] ttl, ms; ARGV[4] tombstones are kept, ms; ARGV[5] most recent ids
-- ARGV[6]  id; ARGV[7] group; ARGV[8] source; ARGV[9] incident type; ARGV[10] severity; ARGV[11] queue ids, comma
--          separated; ARGV[12] actor; ARGV[13] title
-- Reply    {"ELSEWHERE", group}  the claim belongs to another group: ask again with that one
--          {"UNKNOWN"}           nothing to extend, expire or end
--          {"DONE", state before or "", state now, revision, "1" when open claims have changed else "0"}
local claim = {}
local flat = redis.call('HGETALL', KEYS[1])
for i = 1, #flat, 2 do
  claim[flat[i]] = flat[i + 1]
end
local kind, at = ARGV[1], tonumber(ARGV[2])
if claim.group and claim.group ~= ARGV[7] then
  return { 'ELSEWHERE', claim.group }
end
if #flat == 0 and (kind == 'OVERRIDE' or kind == 'EXTEND' or kind == 'EXPIRE') then
  redis.call('HDEL', KEYS[2], ARGV[6])
  return { 'UNKNOWN' }
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function text(number)
  return string.format('%.0f', number)
end
local function stamp(name)
  return tonumber(claim[name]) or -1
end
local function raise(name, to)
  if to > stamp(name) then
    claim[name] = text(to)
  end
end
local before = claim.state or ''
local fresh = false
if kind == 'MOVE' or kind == 'MOVE_WITHDRAWN' then
  raise('moved', at)
end
if kind == 'ACTIVATE' or kind == 'REOPEN' or kind == 'MOVE' then
  fresh = at > math.max(stamp('opened'), stamp('reopened'))
  raise(kind == 'REOPEN' and 'reopened' or 'opened', at)
elseif kind == 'REOPEN_WITHDRAWN' then
  raise('parted', at)
elseif kind == 'WITHDRAW' or kind == 'MOVE_WITHDRAWN' then
  raise('withdrawn', at)
elseif kind == 'RESOLVE' then
  raise('resolved', at)
  if ARGV[8] ~= 'api' then
    raise('closed', at)
  end
elseif kind == 'OVERRIDE' then
  raise('overridden', now)
end
if fresh then
  claim['until'] = text(now + tonumber(ARGV[3]))
  claim.source, claim.type, claim.severity, claim.queues = ARGV[8], ARGV[9], ARGV[10], ARGV[11]
  claim.title = ARGV[13]
elseif kind == 'EXTEND' then
  claim['until'] = text(now + tonumber(ARGV[3]))
end
local last = math.max(stamp('opened'), stamp('reopened'))
local ended = math.max(stamp('resolved'), stamp('overridden'))
local lifted = math.max(stamp('reopened'), stamp('parted'))
-- A step to an open status lifts an end only where the source itself was the last to tell one: else it may come from
-- another open status, and the word of an operator or of the API stands.
if stamp('closed') >= ended then
  lifted = math.max(lifted, stamp('moved'))
end
-- Open again as no emergency: what had ended has not any longer, but only a later activation holds anything. A claim of the API
-- goes on beside whatever its source makes of the incident's priority; one that had ended stays so.
local withdrawn = claim.source == 'api' and ended or math.max(stamp('withdrawn'), stamp('parted'))
local state
if stamp('resolved') >= 0 and stamp('resolved') >= lifted then
  state = 'RESOLVED'
elseif stamp('overridden') >= 0 and stamp('overridden') >= lifted then
  state = 'OVERRIDDEN'
elseif last < 0 or withdrawn >= last then
  state = 'RESOLVED'
elseif stamp('until') <= now then
  state = 'EXPIRED'
else
  state = 'OPEN'
end
local extended = state == 'OPEN' and (fresh or kind == 'EXTEND')
local changed = (state == 'OPEN' or before == 'OPEN') and (state ~= before or extended)
claim.id, claim.group, claim.state = ARGV[6], ARGV[7], state
claim.source = claim.source or ARGV[8]
claim.type = claim.type or ARGV[9]
if state ~= before then
  claim.changed, claim.by, claim.how = text(now), ARGV[12], kind
end
if state == 'OPEN' and before ~= 'OPEN' then
  -- What is told late may open the claim by an activation that was told before.
  claim.since, claim.accepted = text(kind == 'EXTEND' and at or last), text(now)
end
local revision
if changed then
  revision = redis.call('HINCRBY', KEYS[3], 'revision', 1)
  redis.call('HSET', KEYS[3], 'changed', text(now), 'cause', ARGV[6], 'cause.by', ARGV[12], 'cause.how', kind)
  claim.revision = text(revision)
else
  revision = tonumber(redis.call('HGET', KEYS[3], 'revision')) or 0
end
if state == 'OPEN' then
  redis.call('HSET', KEYS[2], ARGV[6], cjson.encode(claim))
else
  redis.call('HDEL', KEYS[2], ARGV[6])
end
local fields = {}
for name, value in pairs(claim) do
  fields[#fields + 1] = name
  fields[#fields + 1] = value
end
redis.call('HSET', KEYS[1], unpack(fields))
local left = state == 'OPEN' and tonumber(claim['until']) - now or 0
redis.call('PEXPIRE', KEYS[1], text(left + tonumber(ARGV[4])))
-- A tombstone of what never was an emergency is of no interest to operators.
if claim.since and state ~= before then
  redis.call('ZADD', KEYS[4], text(now), ARGV[6])
  redis.call('ZREMRANGEBYRANK', KEYS[4], 0, -1 - tonumber(ARGV[5]))
  redis.call('PEXPIRE', KEYS[4], text(left + tonumber(ARGV[4])))
end
return { 'DONE', before, state, text(revision), changed and '1' or '0' }
