-- Takes the first job of the first queue that has one: pop, lease and start in one step.
-- Returns {'claimed', origin, id, bytes of data, data, timeout or '', queue, what goes with it…}, {'empty'}, {'suspended'},
-- or {'again'} after many entries without a job, so that one call stays short.
local SKIPS = 100

-- An entry may name a job that was deleted or cancelled. A colon would break RQ's registries.
local function is_runnable(id)
  return has_data(id)
    and not string.find(id, ':', 1, true)
    and redis.call('HGET', job_key(id), 'status') ~= 'canceled'
end

-- What the job's producer wants beside the job itself; this worker does none of it and says so.
local function claimed(id, origin, queue)
  local reply = answer('claimed', origin, id)
  reply[#reply + 1] = queue
  for _, callback in ipairs({'success', 'failure', 'stopped'}) do
    local name = redis.call('HGET', job_key(id), callback .. '_callback_name')
    if name and name ~= '' then
      reply[#reply + 1] = callback .. ' callback ' .. name
    end
  end
  local webhooks = redis.call('HGET', job_key(id), 'webhooks')
  if webhooks and webhooks ~= '' and webhooks ~= '[]' then
    reply[#reply + 1] = 'webhooks'
  end
  return reply
end

local function start(id, origin, queue)
  local ttl = lease_seconds(id)
  hold(id, origin, ttl, 'NX')
  show_execution(id, ttl)
  show_alive('busy', ttl)
  redis.call('HSET', worker, 'current_job', id, 'current_job_working_time', 0)
  redis.call('HSET', job_key(id), 'status', 'started', 'started_at', p.now.text,
    'last_heartbeat', p.now.text, 'worker_name', p.worker)
  redis.call('LREM', 'rq:queue:' .. queue .. ':intermediate', 1, id)
  redis.call('PERSIST', job_key(id))
  -- Who deletes a running job takes away what says which slot it has.
  local limit = limit_of(id)
  if limit then
    redis.call('HSET', execution_key(id), 'rate_limit_key', limit)
  end
end

-- The answer to this very claim may have been lost on its way: give it again.
local current = redis.call('HGET', worker, 'current_job')
if current and redis.call('EXISTS', 'rq:execution:' .. current .. ':' .. p.execution) == 1 then
  local origin = origin_of(current, p.queues[1])
  return claimed(current, origin, origin)
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
      return claimed(id, origin, queue)
    end
    skipped = skipped + 1
    if skipped == SKIPS then
      return {'again'}
    end
    id = redis.call('LPOP', 'rq:queue:' .. queue)
  end
end
return {'empty'}
