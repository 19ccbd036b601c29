-- Shared by the scripts that put a job into its queue, or where it waits for that.
-- RQ 3 limits how many jobs with a common key are queued or running: rq:rl:<key>:allowed are those with a slot,
-- rq:rl:<key>:rate_limited those in line for one.
local function limit_of(id)
  local key = redis.call('HGET', job_key(id), 'rate_limit_key')
  return key and key ~= '' and key
end

-- A job may say how long it waits.
local function expire_waiting(id)
  local ttl = tonumber(redis.call('HGET', job_key(id), 'ttl') or '')
  if ttl and ttl > 0 then
    for _, key in ipairs({job_key(id), job_key(id) .. ':dependents', 'rq:job::' .. id .. ':dependencies'}) do
      redis.call('EXPIRE', key, ttl)
    end
  end
end

local function push(id, queue, at_front)
  redis.call('HSET', job_key(id), 'status', 'queued', 'enqueued_at', p.now.text)
  redis.call(at_front and 'LPUSH' or 'RPUSH', 'rq:queue:' .. queue, id)
end

-- A job that has a slot keeps it.
local function enqueue(id, queue, at_front)
  redis.call('SADD', 'rq:queues', 'rq:queue:' .. queue)
  push(id, queue, at_front)
  expire_waiting(id)
end

local function schedule(id, queue, seconds)
  redis.call('SADD', 'rq:queues', 'rq:queue:' .. queue)
  redis.call('HSET', job_key(id), 'status', 'scheduled')
  redis.call('ZADD', 'rq:scheduled:' .. queue, math.floor(p.now.seconds + seconds), id)
  expire_waiting(id)
end

-- Queues jobs that wait for a slot while there are any, oldest first.
local function fill_slots(limit)
  local key = 'rq:rl:' .. limit
  local most = tonumber(redis.call('HGET', key, 'concurrency') or '') or 0
  while redis.call('ZCARD', key .. ':allowed') < most do
    local id = redis.call('ZPOPMIN', key .. ':rate_limited')[1]
    if not id then
      return
    end
    local origin, status, at_front = unpack(redis.call('HMGET', job_key(id), 'origin', 'status', 'enqueue_at_front'))
    if origin and status == 'rate_limited' then
      redis.call('ZADD', key .. ':allowed', p.now.decimal, id)
      push(id, origin, at_front == '1')
    end
  end
end

-- What has no slot yet gets into line for one.
local function enqueue_anew(id, queue, at_front)
  local limit = limit_of(id)
  if not limit then
    enqueue(id, queue, at_front)
    return
  end
  local key = 'rq:rl:' .. limit
  redis.call('SADD', 'rq:queues', 'rq:queue:' .. queue)
  redis.call('SADD', 'rq:rl-keys', limit)
  redis.call('HSET', key, 'concurrency', redis.call('HGET', job_key(id), 'rate_limit_concurrency') or 1)
  redis.call('HSET', job_key(id), 'status', 'rate_limited')
  if at_front then
    redis.call('HSET', job_key(id), 'enqueue_at_front', 1)
  end
  redis.call('ZADD', key .. ':rate_limited', p.now.decimal, id)
  expire_waiting(id)
  fill_slots(limit)
end

-- To be called when the end of an attempt is written. Who is queued or started again keeps the slot.
local function release_slot(id, limit)
  local status = redis.call('HGET', job_key(id), 'status')
  if limit and limit ~= '' and status ~= 'queued' and status ~= 'started' then
    redis.call('ZREM', 'rq:rl:' .. limit .. ':allowed', id)
    fill_slots(limit)
  end
end
