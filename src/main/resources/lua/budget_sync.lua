-- A replica's heartbeat: takes in what it admitted on its own, sets an allowance aside for it, and tells it what leaves the
-- windows when. Everything about replicas is decided here, so that budget_take need not know them (docs/adr/0003).
-- A replica counts as heard only when it has confirmed the reply: one that was lost has changed nothing at its end.
-- A replica that starts under the identity of another one proves that one dead: what it may have admitted unseen until now is
-- counted as sent now, and its share is free.
-- KEYS[1]  ib:{budget:upstream}:state; KEYS[2] :replicas, hash of replica id to JSON (seq, sent, heard, n, told, joined,
--          batch, who, by window: aside, and seen: what was in it at the replies heard and sent, -1 for unknown); KEYS[3..] of each window :window:id, :slices:id. All expire when no replica is heard.
-- ARGV[1]  replica; [2] seq, rising; [3] seq of the last reply it got; [4] epoch it knows, or ""; [5] id for a new epoch;
--      [6] replicas it expects; [7] divisor of the share it was told, 0 for none; [8] silence ms; [9] absence ms;
--      [10] settle ms; [11] batch of the report, rising; [12] 1 when it leaves; [13] part of a limit to set aside (0 to 1);
--      [14] identity that no two live replicas have, "" for none
-- ARGV[15..] of each window: limit, length with its margin ms, slice ms, allowance it holds, number of report entries,
--          then per entry its age ms and its count
-- Reply    {"EPOCH", epoch} report everything you admitted in the windows to this epoch; {"OLD"} overtaken;
--          {"OK", replicas, divisor of your share or 0, 1 when settled, 1 when heard, paused ms, strikes, then of each window
--          {limit, allowance, total, ms until it leaves, count, ...}}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local id, seq, expects = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[6])
local told, silence, absence, settle = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
local who = ARGV[14]
local state = redis.call('HMGET', KEYS[1], 'epoch', 'clock', 'born', 'expected', 'settled', 'experienced', 'paused', 'strikes')
now = math.max(now, tonumber(state[2] or 0))
local born, expected = tonumber(state[3] or now), math.max(expects, tonumber(state[4] or 0))
if not state[1] then
  state[1] = ARGV[5]
  redis.call('DEL', unpack(KEYS, 2))
  redis.call('HSET', KEYS[1], 'epoch', ARGV[5], 'born', now, 'settled', 0, 'valid', 0)
end
redis.call('HSET', KEYS[1], 'clock', now, 'expected', expected)
redis.call('PEXPIRE', KEYS[1], absence)
if state[1] ~= ARGV[4] then
  return { 'EPOCH', state[1] }
end

local replicas, known = {}, 0
local stored = redis.call('HGETALL', KEYS[2])
for i = 1, #stored, 2 do
  replicas[stored[i]] = cjson.decode(stored[i + 1])
end
-- Only one that has never had a share takes over: of two that live under one identity by mistake, neither does for long.
local dead = {}
if who ~= '' and told == 0 and not replicas[id] then
  for name, replica in pairs(replicas) do
    if replica.who == who then
      dead[#dead + 1] = replica
      replicas[name] = nil
      redis.call('HDEL', KEYS[2], name)
    end
  end
end
local me = replicas[id]
  or { seq = 0, sent = 0, heard = 0, n = told, told = told, joined = now, batch = 0, member = told > 0, aside = {}, seen = {} }
if seq <= me.seq then
  return { 'OLD' }
end
if me.seq > 0 and tonumber(ARGV[3]) == me.seq then
  me.heard, me.n = me.sent, me.told
  for _, seen in pairs(me.seen) do
    seen[1] = seen[2]
  end
end
me.seq, me.sent, me.who = seq, now, who
local merging = tonumber(ARGV[11]) > me.batch
if merging then
  me.batch = tonumber(ARGV[11])
end
replicas[id] = me
if ARGV[12] == '1' then
  replicas[id] = nil
  redis.call('HDEL', KEYS[2], id)
end
for name, replica in pairs(replicas) do
  if now - math.max(replica.sent, replica.heard) > absence then
    replicas[name] = nil
    redis.call('HDEL', KEYS[2], name)
  else
    known = known + 1
  end
end

-- Counts are complete once everyone has reported; newcomers alone cannot know whether there are others.
if told > 0 then
  redis.call('HSET', KEYS[1], 'experienced', 1)
end
local complete = known >= expected and (told > 0 or state[6] or now - born >= silence)
local settled = state[5] == '1' or complete or now - born >= settle
local unheard = now - born < absence and math.max(0, expected - known) or 0
local count = math.max(known, expects)
-- A newcomer has a share only when everyone who is not silent has been told of it.
me.told = (me.member or now - me.joined > silence) and count or 0

local valid = now + silence
local function silent(replica)
  return replica.heard == 0 or now - replica.heard > silence
end
for _, replica in pairs(replicas) do
  if not silent(replica) then
    valid = math.min(valid, replica.heard + silence)
  end
end

local function reserve(replica, window, limit)
  local share = 0
  if silent(replica) then
    share = math.max(replica.n > 0 and limit / replica.n or 0, replica.told > 0 and limit / replica.told or 0)
  end
  return math.max(share, tonumber(replica.aside[window] or 0))
end

-- What a dead replica may have admitted unseen: as LocalShare's entitlement, from either reply that it may have had last. Of
-- what left the window since, the slices tell all but those that were not whole then.
local function unseen(replica, window, limit, length, slice, slices)
  local aside = tonumber(replica.aside[window] or 0)
  local seen, most = replica.seen[window] or { -1, -1 }, aside
  for n, reply in ipairs({ { replica.heard, replica.n }, { replica.sent, replica.told } }) do
    local at, share = reply[1], reply[2] > 0 and limit / reply[2] or 0
    if at > 0 and seen[n] >= 0 and now - at <= silence + length and share > 0 then
      local left = seen[n]
      for s, counts in pairs(slices) do
        if (s + 1) * slice <= at then
          left = left - counts[1]
        end
      end
      share = math.min(share, aside + math.max(0, left) / reply[2])
    end
    most = math.max(most, share)
  end
  return math.ceil(most)
end

local reply = { 'OK', count, me.told, settled and 1 or 0, silent(me) and 0 or 1,
  math.max(0, tonumber(state[7] or 0) - now), tonumber(state[8] or 0) }
local a, keep = 14, absence
for i = 1, (#KEYS - 2) / 2 do
  local hash, list = KEYS[2 * i + 1], KEYS[2 * i + 2]
  local limit, length, slice = tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2]), tonumber(ARGV[a + 3])
  local held, entries = tonumber(ARGV[a + 4]), tonumber(ARGV[a + 5])
  local learned = redis.call('HMGET', hash, 'learned', 'learned_until')
  if tonumber(learned[2] or 0) > now then
    limit = tonumber(learned[1])
  end

  local slices, order = {}, {}
  for _, entry in ipairs(redis.call('LRANGE', list, 0, -1)) do
    local s, total, emergency, lookup, ticket = string.match(entry, '(%d+):(%d+):(%d+):(%d+):(%d+)')
    s = tonumber(s)
    if (s + 1) * slice + length > now then
      slices[s] = { tonumber(total), tonumber(emergency), tonumber(lookup), tonumber(ticket) }
      order[#order + 1] = s
    end
  end
  local late = {}
  for _, replica in ipairs(dead) do
    late[#late + 1] = { math.floor(now / slice), unseen(replica, hash, limit, length, slice, slices) }
  end
  for n = 1, merging and entries or 0 do
    local s = math.floor((now - ARGV[a + 4 + 2 * n]) / slice)
    if (s + 1) * slice + length > now then
      late[#late + 1] = { s, tonumber(ARGV[a + 5 + 2 * n]) }
    end
  end
  if #late > 0 then
    local added = 0
    for _, entry in ipairs(late) do
      local s = entry[1]
      if not slices[s] then
        slices[s] = { 0, 0, 0, 0 }
        order[#order + 1] = s
      end
      slices[s][1] = slices[s][1] + entry[2]
      added = added + entry[2]
    end
    -- What is added to old slices was not there when others were told of them.
    for name, replica in pairs(replicas) do
      local seen = replica.seen[hash]
      if seen then
        seen[1], seen[2] = seen[1] >= 0 and seen[1] + added or -1, seen[2] + added
        redis.call('HSET', KEYS[2], name, cjson.encode(replica))
      end
    end
    table.sort(order)
    redis.call('DEL', list)
    local sums = { 0, 0, 0, 0 }
    for _, s in ipairs(order) do
      local c = slices[s]
      redis.call('RPUSH', list, string.format('%d:%d:%d:%d:%d', s, c[1], c[2], c[3], c[4]))
      for n = 1, 4 do
        sums[n] = sums[n] + c[n]
      end
    end
    redis.call('PEXPIRE', list, 2 * length)
    redis.call('HSET', hash, 'total', sums[1], 'used1', sums[2], 'used2', sums[3], 'used3', sums[4])
  end
  a, keep = a + 5 + 2 * entries, math.max(keep, 2 * length)

  local total, leaves = 0, {}
  for _, s in ipairs(order) do
    total = total + slices[s][1]
    leaves[#leaves + 1] = (s + 1) * slice + length - now
    leaves[#leaves + 1] = slices[s][1]
  end
  local aside = unheard * limit / math.max(count, expected)
  for name, replica in pairs(replicas) do
    if name ~= id then
      aside = aside + reserve(replica, hash, limit)
    end
  end
  -- A quarter of what is free at most: setting aside must not take the room that higher lanes are to find. Nothing before all
  -- have reported: what looks free may not be.
  local offer = math.floor(math.max(0, math.min(ARGV[13] * limit / count, (limit - total - aside) / (4 * count))))
  if not settled then
    offer = 0
  end
  if replicas[id] then
    me.seen[hash] = { me.seen[hash] and me.seen[hash][1] or -1, total }
    me.aside[hash] = math.max(held, offer)
    aside = aside + reserve(me, hash, limit)
  end
  redis.call('HSET', hash, 'aside', string.format('%.3f', aside))
  redis.call('PEXPIRE', hash, 2 * length)
  reply[#reply + 1] = { limit, offer, total, unpack(leaves) }
end
if replicas[id] then
  redis.call('HSET', KEYS[2], id, cjson.encode(me))
end
redis.call('PEXPIRE', KEYS[2], absence)
redis.call('HSET', KEYS[1], 'valid', valid, 'settled', settled and 1 or 0)
redis.call('PEXPIRE', KEYS[1], keep)
return reply
