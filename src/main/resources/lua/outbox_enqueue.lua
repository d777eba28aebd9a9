-- Library for scripts that add to the outbox, put before them; all keys of a shard share its hash tag.
-- ib:{outbox:n}:item:<id>             hash of id, kind, order, body, state (READY, CLAIMED, DONE, DEAD, DISCARDED), created,
--                                     claims, attempts, lost (claims that ran out), replays, replayed, token, reason, answer, result,
--                                     ended; does not expire before it is DONE or DISCARDED: it is work not done
-- ib:{outbox:n}:order:<kind>:<order>  list of the ids of one kind and order, of which only the first is due; gone when empty
-- ib:{outbox:n}:due:<kind>            sorted set of ids by the moment they are due, those claimed by the end of the claim
-- ib:{outbox:n}:pending:<kind>        sorted set of the ids that are READY or CLAIMED, by creation
-- ib:{outbox:n}:done:<kind>, ...:dead:<kind>  sorted sets of ids by their end; dead letters stay until somebody decides
local function outbox_now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function outbox_number(value)
  return string.format('%.0f', value)
end

-- At the end of its order; the first one of an order is due at once, or claimed at once where a token is given.
local function outbox_line_up(prefix, id, kind, order, now, token, lease)
  if redis.call('RPUSH', prefix .. 'order:' .. kind .. ':' .. order, id) > 1 then
    return 'WAITING'
  end
  if token == '' then
    redis.call('ZADD', prefix .. 'due:' .. kind, outbox_number(now), id)
    return 'READY'
  end
  redis.call('HSET', prefix .. 'item:' .. id, 'state', 'CLAIMED', 'token', token, 'claims', '1')
  redis.call('ZADD', prefix .. 'due:' .. kind, outbox_number(now + lease), id)
  return 'CLAIMED'
end

-- Answers READY, WAITING (for others of its order) or CLAIMED for a new item, else the state of the one that was there,
-- with DUPLICATE before it.
local function outbox_enqueue(prefix, id, kind, order, body, now, token, lease)
  local key = prefix .. 'item:' .. id
  local state = redis.call('HGET', key, 'state')
  if state then
    return 'DUPLICATE_' .. state
  end
  redis.call('HSET', key, 'id', id, 'kind', kind, 'order', order, 'body', body, 'state', 'READY',
    'created', outbox_number(now), 'claims', '0', 'attempts', '0', 'lost', '0', 'replays', '0')
  redis.call('ZADD', prefix .. 'pending:' .. kind, outbox_number(now), id)
  return outbox_line_up(prefix, id, kind, order, now, token, lease)
end
