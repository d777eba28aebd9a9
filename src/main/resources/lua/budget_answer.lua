-- What an upstream's answer means for everybody: 429 pauses the budget of all replicas, success ends a row of refusals.
-- KEYS[1]  ib:{budget:upstream}:state: paused (ms since epoch), strikes (refusals in a row)
-- ARGV[1]  1 when refused, 0 when served; [2] pause the vendor asked for ms, -1 for none; [3] random number in 0..1;
--      [4] first pause without a word of the vendor ms; [5] longest pause ms; [6] expiry ms
-- Reply    {ms until the pause ends, strikes}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local state = redis.call('HMGET', KEYS[1], 'paused', 'strikes')
local paused, strikes = tonumber(state[1] or 0), tonumber(state[2] or 0)
if ARGV[1] == '1' then
  -- Many requests are under way when the first is refused: one pause is one strike.
  if now >= paused then
    strikes = strikes + 1
  end
  local pause = tonumber(ARGV[2])
  if pause < 0 and now >= paused then
    pause = ARGV[3] * math.min(ARGV[5], ARGV[4] * 2 ^ math.min(strikes, 30))
  end
  paused = math.max(paused, now + math.ceil(math.max(0, math.min(pause, ARGV[5]))))
elseif now >= paused then
  strikes = 0
end
redis.call('HSET', KEYS[1], 'paused', paused, 'strikes', strikes)
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[6]) then
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
end
return { math.max(0, paused - now), strikes }
