-- Shared by the scripts that hand a job to this worker.
local function origin_of(id, queue)
  local origin = redis.call('HGET', job_key(id), 'origin')
  return (origin and origin ~= '') and origin or queue
end

local function has_data(id)
  local size = redis.pcall('HSTRLEN', job_key(id), 'data')
  return type(size) == 'number' and size > 0
end

local function lease_seconds(id)
  local timeout = tonumber(redis.call('HGET', job_key(id), 'timeout') or '') or p.default_timeout
  local first = p.interval
  if timeout > 0 and timeout < first then
    first = math.floor(timeout)
  end
  return first + 60
end

-- What is too large to be a payload stays in Redis.
local function answer(word, origin, id)
  local size = redis.call('HSTRLEN', job_key(id), 'data')
  local data = size <= p.max_bytes and redis.call('HGET', job_key(id), 'data') or ''
  return {word, origin, id, size, data, redis.call('HGET', job_key(id), 'timeout') or ''}
end

-- A worker of Python may die between its pop and its start: the job was not begun.
local function put_back(id, queue)
  local origin = origin_of(id, queue)
  redis.call('LREM', 'rq:queue:' .. queue .. ':intermediate', 0, id)
  if redis.call('HGET', job_key(id), 'status') == 'queued' and not redis.call('LPOS', 'rq:queue:' .. origin, id) then
    redis.call('LPUSH', 'rq:queue:' .. origin, id)
  end
end
