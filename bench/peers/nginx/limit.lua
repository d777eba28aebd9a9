-- The limit of all processes on one Redis: a fixed window of a minute, by the pattern of Redis' own documentation of INCR.
local redis = require "nginx.redis"

local SCRIPT = [[
local count = redis.call('INCR', KEYS[1])
if count == 1 then
  redis.call('EXPIRE', KEYS[1], 60)
end
return count
]]
local SHA = string.gsub(ngx.sha1_bin(SCRIPT), ".", function(byte)
  return string.format("%02x", string.byte(byte))
end)
local KEY = "servicenow"
local HOST, PORT = os.getenv("REDIS_HOST"), tonumber(os.getenv("REDIS_PORT"))
local LIMIT = tonumber(os.getenv("LIMIT_PER_MINUTE"))
local SHARE = math.floor(LIMIT / tonumber(os.getenv("PROCESSES")))

local function count(options)
  local connection = redis:new()
  connection:set_timeout(options.redis_ms) -- of each step: connect, send, read
  local connected, err = connection:connect(HOST, PORT)
  if not connected then
    return nil, err
  end
  local reply
  reply, err = connection:evalsha(SHA, 1, KEY)
  if not reply and err and string.find(err, "NOSCRIPT", 1, true) then
    reply, err = connection:eval(SCRIPT, 1, KEY)
  end
  if reply then
    connection:set_keepalive(options.idle_ms, options.connections)
  end
  return reply, err
end

-- Ends the request with 429 above the limit. Without Redis: options.insurance is a shared dictionary that counts this
-- process' share meanwhile; without it the request ends with 500.
return function(options)
  local counted, err = count(options)
  if counted then
    if counted > LIMIT then
      return ngx.exit(429)
    end
    return
  end
  ngx.log(ngx.ERR, "the limit has no Redis: ", err)
  if not options.insurance then
    return ngx.exit(500)
  end
  if options.insurance:incr(KEY, 1, 0, 60) > SHARE then
    return ngx.exit(429)
  end
end
