-- wrk: requests in turn, from the lines of BENCH_REQUESTS (method, path, body, with tabs between); every answer must be a 200
-- with each line of BENCH_SIGNS in it. How many are not, and what the first of them is, is the last line of the output.
local requests = {}
local turn = 0
local signs = {}
local threads = {}
wrong = 0
first = ""

function setup(thread)
  table.insert(threads, thread)
end

local function whole(body)
  for _, sign in ipairs(signs) do
    if not body:find(sign, 1, true) then
      return false
    end
  end
  return true
end

function init()
  for sign in os.getenv("BENCH_SIGNS"):gmatch("[^\n]+") do
    table.insert(signs, sign)
  end
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
  if status ~= 200 or not whole(body) then
    wrong = wrong + 1
    if wrong == 1 then
      first = status .. " " .. body:sub(1, 100):gsub("%s+", " ")
    end
  end
end

function done()
  local all = 0
  local example = ""
  for _, thread in ipairs(threads) do
    all = all + thread:get("wrong")
    example = example ~= "" and example or thread:get("first")
  end
  print("wrong answers: " .. all .. " " .. example)
end
