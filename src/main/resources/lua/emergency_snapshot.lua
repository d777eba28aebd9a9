-- What is known of one group at one moment: claims and revision always belong together.
-- KEYS[1]  ib:{emr}:<group>:state; KEYS[2] ib:{emr}:<group>:open, see emergency_record
-- Reply    {now in ms, {field, value, ...} of the state, {open claim as JSON, ...}}
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
return { now, redis.call('HGETALL', KEYS[1]), redis.call('HVALS', KEYS[2]) }
