-- wrk: one caller lookup; BENCH_KEY is the bridge's API key, BENCH_ANI the number.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["X-API-Key"] = os.getenv("BENCH_KEY")
wrk.body = '{"ani":"' .. os.getenv("BENCH_ANI") .. '"}'
function response(status)
  if status ~= 200 then
    wrong = (wrong or 0) + 1
  end
end
