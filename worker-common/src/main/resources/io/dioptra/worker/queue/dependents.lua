-- Queues the jobs that waited for this one, where nothing else keeps them waiting.
-- A parent that is gone keeps nobody waiting; one that was cancelled or stopped does for ever.
local function is_over(parent, failures_allowed)
  local status = redis.call('HGET', job_key(parent), 'status')
  return not status or status == 'finished' or (failures_allowed and status == 'failed')
end

local function is_free(id, outcome)
  local failures_allowed = redis.call('HGET', job_key(id), 'allow_dependency_failures') == '1'
  if outcome ~= 'finished' and not failures_allowed then
    return false
  end
  for _, parent in ipairs(redis.call('SMEMBERS', 'rq:job::' .. id .. ':dependencies')) do
    if parent ~= p.job and not is_over(parent, failures_allowed) then
      return false
    end
  end
  return true
end

-- Somebody may have queued it by hand meanwhile, or cancelled it.
local function still_waits(id)
  local status = redis.call('HGET', job_key(id), 'status')
  return status ~= 'canceled' and status ~= 'queued' and status ~= 'started'
end

local function release_dependents(outcome)
  local waiting = job_key(p.job) .. ':dependents'
  for _, id in ipairs(redis.call('SMEMBERS', waiting)) do
    local origin = redis.call('HGET', job_key(id), 'origin')
    if origin and still_waits(id) and is_free(id, outcome) then
      redis.call('ZREM', 'rq:deferred:' .. origin, id)
      enqueue_anew(id, origin, redis.call('HGET', job_key(id), 'enqueue_at_front') == '1')
      redis.call('SREM', waiting, id)
    end
  end
end
