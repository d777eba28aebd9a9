-- wrk: requests in turn, from the lines of BENCH_REQUESTS (method, path, body, with tabs between); every answer must be a 200
-- with BENCH_SIGN in it. The number of those that are not is the last line of the output.
local requests = {}
local turn = 0
local sign = os.getenv("BENCH_SIGN")
local threads = {}
wrong = 0

function setup(thread)
  table.insert(threads, thread)
end

function init()
  for line in io.lines(os.getenv("BENCH_REQUESTS")) do
    local method, path, body = line:match("^(%S+)\t(%S+)\t(.*)$")
    local headers = { ["X-API-Key"] = os.getenv("BENCH_KEY"), ["Accept"] = "application/json" }
    if body ~= "" then
      headers["Content-Type"] = "application/json"
    end
    table.insert(requests, wrk.format(method, path, headers, body ~= "" and body or nil))
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function response(status, headers, body)
  if status ~= 200 or not body:find(sign, 1, true) then
    wrong = wrong + 1
  end
end

function done()
  local all = 0
  for _, thread in ipairs(threads) do
    all = all + thread:get("wrong")
  end
  print("wrong answers: " .. all)
end
