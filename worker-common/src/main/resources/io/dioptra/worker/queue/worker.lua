-- Shared by all scripts: their parameters, and the worker's own keys.
-- Keys are built here, not declared: RQ does not run on a cluster.
local p = cjson.decode(ARGV[1])
local worker = 'rq:worker:' .. p.worker

-- Leases end by one clock, that of Redis: the workers' own may differ.
p.now.seconds = tonumber(redis.call('TIME')[1])

-- Shows that the worker lives; rebuilds what expired or what another worker swept away.
local function show_alive(state, ttl)
  if redis.call('EXISTS', worker) == 0 then
    local fields = {}
    for field, value in pairs(p.identity) do
      fields[#fields + 1] = field
      fields[#fields + 1] = value
    end
    redis.call('HSET', worker, unpack(fields))
  end
  redis.call('HSET', worker, 'last_heartbeat', p.now.text, 'state', state)
  redis.call('SADD', 'rq:workers', worker)
  for _, queue in ipairs(p.queues) do
    redis.call('SADD', 'rq:workers:' .. queue, worker)
  end
  redis.call('EXPIRE', worker, ttl)
end
