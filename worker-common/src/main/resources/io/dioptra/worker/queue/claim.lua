-- Takes the first job of the first queue that has one: pop, lease and start in one step.
-- Returns {'claimed', origin, id, bytes of data, data, timeout or ''}, {'empty'}, {'suspended'},
-- or {'again'} after many entries without a job, so that one call stays short.
local SKIPS = 100

local function origin_of(id, queue)
  local origin = redis.call('HGET', job_key(id), 'origin')
  return (origin and origin ~= '') and origin or queue
end

local function answer(origin, id)
  local size = redis.call('HSTRLEN', job_key(id), 'data')
  local data = size <= p.max_bytes and redis.call('HGET', job_key(id), 'data') or ''
  return {'claimed', origin, id, size, data, redis.call('HGET', job_key(id), 'timeout') or ''}
end

-- An entry may name a job that was deleted or cancelled. A colon would break RQ's registries.
local function is_runnable(id)
  local size = redis.pcall('HSTRLEN', job_key(id), 'data')
  return type(size) == 'number' and size > 0
    and not string.find(id, ':', 1, true)
    and redis.call('HGET', job_key(id), 'status') ~= 'canceled'
end

local function lease_seconds(id)
  local timeout = tonumber(redis.call('HGET', job_key(id), 'timeout') or '') or p.default_timeout
  local first = p.interval
  if timeout > 0 and timeout < first then
    first = math.floor(timeout)
  end
  return first + 60
end

local function start(id, origin, queue)
  local ttl = lease_seconds(id)
  hold(id, origin, ttl, 'NX')
  show_alive('busy', ttl)
  redis.call('HSET', worker, 'current_job', id, 'current_job_working_time', 0)
  redis.call('HSET', job_key(id), 'status', 'started', 'started_at', p.now.text,
    'last_heartbeat', p.now.text, 'worker_name', p.worker)
  redis.call('LREM', 'rq:queue:' .. queue .. ':intermediate', 1, id)
  redis.call('PERSIST', job_key(id))
end

-- The answer to this very claim may have been lost on its way: give it again.
local current = redis.call('HGET', worker, 'current_job')
if current and redis.call('EXISTS', 'rq:execution:' .. current .. ':' .. p.execution) == 1 then
  return answer(origin_of(current, p.queues[1]), current)
end
if redis.call('EXISTS', 'rq:suspended') == 1 then
  show_alive('suspended', p.ttl)
  return {'suspended'}
end
local skipped = 0
for _, queue in ipairs(p.queues) do
  local id = redis.call('LPOP', 'rq:queue:' .. queue)
  while id do
    if is_runnable(id) then
      local origin = origin_of(id, queue)
      start(id, origin, queue)
      return answer(origin, id)
    end
    skipped = skipped + 1
    if skipped == SKIPS then
      return {'again'}
    end
    id = redis.call('LPOP', 'rq:queue:' .. queue)
  end
end
return {'empty'}
