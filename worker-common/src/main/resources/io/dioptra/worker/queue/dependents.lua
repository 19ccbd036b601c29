-- Queues the jobs that waited for this one, where nothing else keeps them waiting.
local function is_over(parent, failures_allowed)
  local status = redis.call('HGET', job_key(parent), 'status')
  if not status then
    return redis.call('EXISTS', job_key(parent)) == 0
  end
  return status == 'finished' or (failures_allowed and status == 'failed')
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

local function enqueue(id, queue, at_front)
  redis.call('SADD', 'rq:queues', 'rq:queue:' .. queue)
  redis.call('HSET', job_key(id), 'status', 'queued', 'enqueued_at', p.now.text)
  redis.call(at_front and 'LPUSH' or 'RPUSH', 'rq:queue:' .. queue, id)
end

local function release_dependents(outcome)
  local waiting = job_key(p.job) .. ':dependents'
  for _, id in ipairs(redis.call('SMEMBERS', waiting)) do
    local origin = redis.call('HGET', job_key(id), 'origin')
    local canceled = redis.call('HGET', job_key(id), 'status') == 'canceled'
    if origin and not canceled and is_free(id, outcome) then
      redis.call('ZREM', 'rq:deferred:' .. origin, id)
      enqueue(id, origin, redis.call('HGET', job_key(id), 'enqueue_at_front') == '1')
      redis.call('SREM', waiting, id)
    end
  end
end
