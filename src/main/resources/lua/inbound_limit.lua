-- Counts a request of a client against its limit (GCRA: one number, the time at which it would be at rest again).
-- KEYS[1]  ib:{limit:client:operation}: that time, us since epoch; expires then
-- ARGV[1]  time that one request uses up, us; ARGV[2] requests that may come at once
-- Reply    {1 when within the limit else 0, requests left, ms until a request is possible again or, while some are left,
--          until all are}
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local rest = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local over = rest + interval - burst * interval - now
if over > 0 then
  return { 0, 0, math.ceil(over / 1000) }
end
rest = rest + interval
redis.call('SET', KEYS[1], string.format('%.0f', rest), 'PX', math.ceil((rest - now) / 1000))
local left = math.floor((burst * interval - (rest - now)) / interval)
local reset = left > 0 and rest - now or rest + interval - burst * interval - now
return { 1, left, math.ceil(math.max(0, reset) / 1000) }
