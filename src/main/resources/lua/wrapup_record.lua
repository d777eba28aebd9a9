-- Decides once per conversation what becomes of its wrap-up, and keeps that with the work it makes; counts the conversation for
-- the reports (libraries outbox_enqueue, tally_count). What was spooled before something that is known by now only adds to it.
-- KEYS[1]  ib:{outbox:n}:wrapup:<hash of the conversation>: hash of conversation, decision (TICKET, NOTE), accepted (ms since
--          epoch), said (when the latest of what is known was said, ms since epoch), fields (JSON, all that was given so far),
--          revision, given:<fingerprint> (of each request that was taken), written (revision that the ticket has), outcome
--          (CREATED, UPDATED, NOTED), number, sysId, url, own (1 when the ticket was created for the conversation), master,
--          announcement, note (JSON, for NOTE), linked (DONE, GONE)
-- KEYS[2]  ib:{outbox:n}:wrapups: sorted set of the records by acceptance
-- ARGV[1]  prefix of the shard's keys; ARGV[2] hash of the conversation; ARGV[3] conversation id; ARGV[4] fingerprint
-- ARGV[5]  fields given, JSON; ARGV[6] decision for a new one; ARGV[7] master incident's number and ARGV[8] announcement (NOTE)
-- ARGV[9]  id of the work, to which the revision is added; ARGV[10] kind of work for TICKET, ARGV[11] for NOTE
-- ARGV[12] how long the record is kept, ms; ARGV[13] most revisions; ARGV[14] token; ARGV[15] how long its claim holds, ms
-- ARGV[16] what else the work of NOTE must know, JSON; ARGV[17] ms from the call's end to its wrap-up, "" when not known
-- ARGV[18] how long counts are kept, ms; ARGV[19] when it was said, ms since epoch, if it comes from a spool; "" for now
-- Reply    {NEW | AMENDED | REPEAT | FULL, state of the newest work or "", its id, its body, now,
--          decision, revision, written, outcome, number, url, master, announcement, note}
local record, prefix = KEYS[1], ARGV[1]
local now = outbox_now()
local known = redis.call('HMGET', record, 'decision', 'revision', 'fields', 'given:' .. ARGV[4], 'said')
local decision, revision = known[1] or ARGV[6], tonumber(known[2] or '0')
local fields = known[3] and cjson.decode(known[3]) or {}
local event, state, id, body = known[1] and 'REPEAT' or 'NEW', '', '', ''

local said = tonumber(ARGV[19]) or now
-- A record of a release that does not keep the moment may have been made at any.
local late = known[1] and ARGV[19] ~= '' and said < (tonumber(known[5] or '') or now)
local changed = not known[1]
if not known[4] then
  for name, value in pairs(cjson.decode(ARGV[5])) do
    if fields[name] ~= value and not (late and fields[name]) then
      fields[name] = value
      changed = true
    end
  end
end
if changed and revision >= tonumber(ARGV[13]) then
  event, changed = 'FULL', false
end
if changed then
  event = known[1] and 'AMENDED' or 'NEW'
  revision = revision + 1
  redis.call('HSET', record, 'conversation', ARGV[3], 'decision', decision, 'fields', cjson.encode(fields),
    'revision', revision)
  redis.call('HSETNX', record, 'accepted', outbox_number(now))
  if event == 'NEW' then
    redis.call('HSET', record, 'master', ARGV[7], 'announcement', ARGV[8])
    if decision == 'NOTE' then
      redis.call('HSET', record, 'outcome', 'NOTED', 'note', ARGV[16],
        'url', cjson.decode(ARGV[16]).url or '')
    end
    tally_count(prefix .. 'tally:', now, 'call|' .. decision, 1, ARGV[18])
    if ARGV[17] ~= '' then
      tally_count(prefix .. 'tally:', now, 'after-call|calls', 1, ARGV[18])
      tally_count(prefix .. 'tally:', now, 'after-call|millis', ARGV[17], ARGV[18])
    end
    redis.call('ZADD', KEYS[2], outbox_number(now), ARGV[2])
    redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - ARGV[12])
  end
  id = ARGV[9] .. '.' .. revision
  local work = { revision = revision, fields = fields }
  local note = redis.call('HGET', record, 'note')
  if note then
    work.note = cjson.decode(note)
  end
  body = cjson.encode(work)
  local kind = decision == 'NOTE' and ARGV[11] or ARGV[10]
  state = outbox_enqueue(prefix, id, kind, ARGV[2], body, now, ARGV[14], tonumber(ARGV[15]))
else
  id = ARGV[9] .. '.' .. revision
  state = redis.call('HGET', prefix .. 'item:' .. id, 'state') or ''
end
if event ~= 'FULL' then
  redis.call('HSET', record, 'given:' .. ARGV[4], revision)
  if not known[4] and not late then
    redis.call('HSET', record, 'said', outbox_number(said))
  end
end
redis.call('PEXPIRE', record, ARGV[12])
redis.call('PEXPIRE', KEYS[2], ARGV[12])
local told = redis.call('HMGET', record, 'written', 'outcome', 'number', 'url', 'master', 'announcement',
  'note')
return { event, state, id, body, outbox_number(now), decision, tostring(revision), told[1] or '0', told[2] or '',
  told[3] or '', told[4] or '', told[5] or '', told[6] or '', told[7] or '' }
