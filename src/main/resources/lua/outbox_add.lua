-- Adds an item, unless its like has been added before.
-- KEYS[1]  ib:{outbox:n}:item:<id>, see outbox_enqueue
-- ARGV[1]  prefix of the shard's keys; ARGV[2] id; ARGV[3] kind; ARGV[4] order; ARGV[5] body
-- ARGV[6]  token to claim it with at once, or ""; ARGV[7] how long the claim holds, ms
-- Reply    {READY | WAITING | CLAIMED | DUPLICATE_<state>, now}
local now = outbox_now()
return { outbox_enqueue(ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], now, ARGV[6], tonumber(ARGV[7])),
  outbox_number(now) }
