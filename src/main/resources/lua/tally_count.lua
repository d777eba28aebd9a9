-- Library for scripts that count for the reports, put before them.
-- <prefix><day since 1970>  hash of <hour, 00 to 23>:<name>: how often; one a day of UTC, kept for a time after its last change
local function tally_count(prefix, ms, name, by, keep)
  local key = prefix .. string.format('%.0f', math.floor(ms / 86400000))
  redis.call('HINCRBY', key, string.format('%02d', math.floor(ms / 3600000) % 24) .. ':' .. name, by)
  redis.call('PEXPIRE', key, keep)
end
