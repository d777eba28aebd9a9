-- Tells what is to be written to an outage's master incident next. A batch that was begun is told again, unchanged, until it is
-- known to be written: its note carries its number, and is recognised by that.
-- KEYS[1]  ib:{outage}:record:<outage>: hash of topic, opened, closed (ms since epoch), sysId, number, url (of the master), batch
--          (number of the last one), written (calls in the batches written), to (calls with the one under way), at (when it was
--          begun, ms), ended (1 when nothing is left to write)
-- KEYS[2]  ib:{outage}:order:<outage>
-- ARGV[1]  time between two batches, ms; ARGV[2] most conversations told
-- Reply    {"BATCH" | "END" | "NOTHING", number of the batch, calls written before, calls with it, {conversations of it}}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local record = redis.call('HMGET', KEYS[1], 'batch', 'written', 'to', 'at', 'closed', 'ended')
local batch, written, to = tonumber(record[1] or '0'), tonumber(record[2] or '0'), tonumber(record[3])
if not to then
  local total = redis.call('LLEN', KEYS[2])
  local over = record[5] and not record[6] and total <= written
  if record[4] and now - record[4] < tonumber(ARGV[1]) or total <= written and not over then
    return { 'NOTHING', batch, written, written, {} }
  end
  if over then
    return { 'END', batch + 1, written, written, {} }
  end
  batch, to = batch + 1, total
  redis.call('HSET', KEYS[1], 'batch', batch, 'to', to, 'at', string.format('%.0f', now))
end
return { 'BATCH', batch, written, to, redis.call('LRANGE', KEYS[2], written, math.min(to, written + ARGV[2]) - 1) }
