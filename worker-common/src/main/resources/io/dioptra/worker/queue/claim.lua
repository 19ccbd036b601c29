-- Takes the first job of the first queue that has one: pop, lease and start in one step.
-- Returns {'claimed', origin, id, bytes of data, data, timeout or ''}, {'empty'}, {'suspended'},
-- or {'again'} after many entries without a job, so that one call stays short.
local SKIPS = 100

-- An entry may name a job that was deleted or cancelled. A colon would break RQ's registries.
local function is_runnable(id)
  return has_data(id)
    and not string.find(id, ':', 1, true)
    and redis.call('HGET', job_key(id), 'status') ~= 'canceled'
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
  return answer('claimed', origin_of(current, p.queues[1]), current)
end
if redis.call('EXISTS', 'rq:suspended') == 1 then
  show_alive('suspended', p.ttl)
  return {'suspended'}
end
local skipped = 0
for _, queue in ipairs(p.order) do
  local id = redis.call('LPOP', 'rq:queue:' .. queue)
  while id do
    if is_runnable(id) then
      local origin = origin_of(id, queue)
      start(id, origin, queue)
      return answer('claimed', origin, id)
    end
    skipped = skipped + 1
    if skipped == SKIPS then
      return {'again'}
    end
    id = redis.call('LPOP', 'rq:queue:' .. queue)
  end
end
return {'empty'}
