-- Shared by the scripts of one attempt at a job.
local function job_key(id)
  return 'rq:job:' .. id
end

local function execution_key(id)
  return 'rq:execution:' .. id .. ':' .. p.execution
end

-- Where readers of RQ 3 look for what a worker runs; those of RQ 2 look into its hash.
local function show_execution(id, ttl)
  redis.call('SADD', worker .. ':executions', id .. ':' .. p.execution)
  redis.call('EXPIRE', worker .. ':executions', ttl + 60)
end

-- Writes the lease of an attempt, or prolongs it. How: 'NX' for a new lease, 'XX' to keep one.
local function hold(id, origin, ttl, how)
  local execution = execution_key(id)
  redis.call('HSET', execution, 'id', p.execution, 'job_id', id, 'last_heartbeat', p.now.decimal, 'worker_name', p.worker)
  redis.call('HSETNX', execution, 'created_at', p.now.decimal)
  redis.call('EXPIRE', execution, ttl)
  redis.call('ZADD', 'rq:executions:' .. id, p.now.seconds + ttl + 60, p.execution)
  redis.call('EXPIRE', 'rq:executions:' .. id, ttl + 60)
  redis.call('ZADD', 'rq:wip:' .. origin, how, p.now.seconds + ttl, id .. ':' .. p.execution)
end

-- Drops the keys of an attempt. Returns whether it still had its lease.
local function let_go(id, origin)
  redis.call('DEL', execution_key(id))
  redis.call('ZREM', 'rq:executions:' .. id, p.execution)
  redis.call('SREM', worker .. ':executions', id .. ':' .. p.execution)
  if redis.call('HGET', worker, 'current_job') == id then
    redis.call('HDEL', worker, 'current_job')
    redis.call('HSET', worker, 'current_job_working_time', 0)
  end
  return redis.call('ZREM', 'rq:wip:' .. origin, id .. ':' .. p.execution) == 1
end
