-- Admits one request to an upstream, or says when to ask again (docs/adr/0003). The bound rests on one line: what is in the
-- window, what is set aside for replicas that may be working without Redis, and this request must not exceed the limit.
-- KEYS[1]  ib:{budget:upstream}:state: epoch, clock, valid, settled, paused, probe, strikes
-- KEYS[2i], KEYS[2i+1]  of each window: :window:id (hash: total, used, asked, aside, tat, learned) and :slices:id (list of
--          "slice:total:emergency:lookup:ticket", oldest first); both expire with the window
-- ARGV[1]  epoch the asker has reported to; ARGV[2] lane, 1 (emergency) to 4 (background); ARGV[3] 1 when asked for the
--          first time, 0 when again; ARGV[4] least time between an emergency's probes of a paused upstream, ms
-- ARGV[5..] of each window: limit, length with its margin ms, slice ms, shares of lanes 1 to 3 (0 to 1)
-- Reply    {"ADMITTED" | "WAIT" | "SYNC" | "AWAY", ms until to ask again, strikes, used share in 1/1000}
--          SYNC report first (budget_sync); AWAY the counts are not complete yet, use your own share.
local PER_WINDOW, LOOK_AHEAD = 6, 20
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local state = redis.call('HMGET', KEYS[1], 'epoch', 'clock', 'valid', 'settled', 'paused', 'probe', 'strikes')
now = math.max(now, tonumber(state[2] or 0))
if state[1] ~= ARGV[1] or now >= tonumber(state[3] or 0) then
  return { 'SYNC', 0, 0, 0 }
end
if state[4] ~= '1' then
  return { 'AWAY', 0, 0, 0 }
end
local lane, first = tonumber(ARGV[2]), ARGV[3] == '1'
local wait = 0
local paused, probe = tonumber(state[5] or 0), tonumber(state[6] or 0)
if paused > now then
  wait = paused - now
  if lane == 1 then
    wait = math.max(0, math.min(paused, probe) - now)
  end
end

local commits, fullest = {}, 0
for i = 1, (#KEYS - 1) / 2 do
  local hash, list, a = KEYS[2 * i], KEYS[2 * i + 1], 4 + (i - 1) * PER_WINDOW
  local limit, length, slice = tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2]), tonumber(ARGV[a + 3])
  local f = redis.call('HMGET', hash, 'total', 'used1', 'used2', 'used3', 'asked2', 'asked3', 'at2', 'at3',
    'aside', 'tat' .. lane, 'learned', 'learned_until')
  for n = 1, 12 do
    f[n] = tonumber(f[n] or 0)
  end
  if f[12] > now then
    limit = f[11]
  end

  -- A slice counts until its youngest request has left the window.
  local head = redis.call('LINDEX', list, 0)
  if not head then
    f[1], f[2], f[3], f[4] = 0, 0, 0, 0
  end
  while head do
    local s, total, emergency, lookup, ticket = string.match(head, '(%d+):(%d+):(%d+):(%d+):(%d+)')
    if (s + 1) * slice + length > now then
      break
    end
    redis.call('LPOP', list)
    f[1], f[2], f[3], f[4] = f[1] - total, f[2] - emergency, f[3] - lookup, f[4] - ticket
    head = redis.call('LINDEX', list, 0)
  end

  -- Demand is what was asked for lately, weighted so that it answers within a quarter of the window.
  local tau, floor = length / 4, math.max(1, limit / 100)
  if first and (lane == 2 or lane == 3) then
    f[3 + lane] = f[3 + lane] * math.exp((f[5 + lane] - now) / tau) + 1
    f[5 + lane] = now
  end
  local reserved = f[9]
  for higher = 1, math.min(lane - 1, 3) do
    local reserve = math.ceil(ARGV[a + 3 + higher] * limit)
    if higher > 1 then
      local demand = 4 * f[3 + higher] * math.exp((f[5 + higher] - now) / tau)
      reserve = math.min(reserve, demand * 1.5 + floor)
    end
    reserved = reserved + math.max(0, reserve - f[1 + higher])
  end

  local missing = f[1] + reserved + 1 - limit
  if missing > 0 then
    local leaving, at = 0, now + 100
    for _, entry in ipairs(redis.call('LRANGE', list, 0, LOOK_AHEAD - 1)) do
      local s, total = string.match(entry, '(%d+):(%d+)')
      at = (s + 1) * slice + length
      leaving = leaving + total
      if leaving >= missing then
        break
      end
    end
    -- What is set aside shrinks with the next heartbeats.
    if missing <= f[9] then
      at = math.min(at, now + 100)
    end
    wait = math.max(wait, at - now, 1)
  end

  -- Tickets and background work are spread over the window, so that room for others comes back steadily.
  local tat = f[10]
  if lane >= 3 then
    local interval = (length + slice) / math.max(1, limit - math.ceil(ARGV[a + 4] * limit) - floor)
    tat = math.max(tat, now)
    local early = tat - math.max(interval, length / 20) - now
    if early > 0 then
      wait = math.max(wait, math.ceil(early))
    end
    tat = tat + interval
  end
  fullest = math.max(fullest, f[1] / math.max(1, limit))
  commits[i] = { hash, list, f, tat, math.floor(now / slice), length }
end

local admitted = wait <= 0
for _, c in ipairs(commits) do
  local hash, list, f, tat, slice, length = c[1], c[2], c[3], c[4], c[5], c[6]
  if admitted then
    local counts = { 0, 0, 0, 0 }
    counts[lane] = 1
    local tail = redis.call('LINDEX', list, -1)
    local s, total, emergency, lookup, ticket = string.match(tail or '', '(%d+):(%d+):(%d+):(%d+):(%d+)')
    if s and tonumber(s) >= slice then
      redis.call('LSET', list, -1, string.format('%d:%d:%d:%d:%d', s, total + 1, emergency + counts[1],
        lookup + counts[2], ticket + counts[3]))
    else
      redis.call('RPUSH', list, string.format('%d:1:%d:%d:%d', slice, counts[1], counts[2], counts[3]))
    end
    f[1] = f[1] + 1
    for n = 1, 3 do
      f[1 + n] = f[1 + n] + counts[n]
    end
    redis.call('PEXPIRE', list, 2 * length)
    if lane >= 3 then
      redis.call('HSET', hash, 'tat' .. lane, string.format('%.3f', tat))
    end
  end
  redis.call('HSET', hash, 'total', f[1], 'used1', f[2], 'used2', f[3], 'used3', f[4],
    'asked2', string.format('%.3f', f[5]), 'asked3', string.format('%.3f', f[6]), 'at2', f[7], 'at3', f[8])
  redis.call('PEXPIRE', hash, 2 * length)
end
redis.call('HSET', KEYS[1], 'clock', now)
if admitted and paused > now then
  redis.call('HSET', KEYS[1], 'probe', now + ARGV[4])
end
return { admitted and 'ADMITTED' or 'WAIT', math.ceil(wait), tonumber(state[7] or 0), math.floor(fullest * 1000) }
