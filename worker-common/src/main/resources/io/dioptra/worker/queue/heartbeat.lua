-- Keeps the lease of a running job. Returns 'held', 'lost' or 'canceled'.
local status = redis.call('HGET', job_key(p.job), 'status')
local member = p.job .. ':' .. p.execution
local held = status and status ~= 'canceled' and redis.call('ZSCORE', 'rq:wip:' .. p.origin, member)

-- A beat that overtakes the end of its job must not show the worker busy again.
if not p.adopted and (held or redis.call('HGET', worker, 'current_job') == p.job) then
  show_alive('busy', p.ttl)
  redis.call('HSET', worker, 'current_job', p.job, 'current_job_working_time', p.working_time)
  if p.shutdown_requested then
    redis.call('HSET', worker, 'shutdown_requested_date', p.shutdown_requested)
  end
end
-- A deleted job must not come back as a hash without data, nor be named as the current one.
if not held then
  if not status and redis.call('HGET', worker, 'current_job') == p.job then
    redis.call('HDEL', worker, 'current_job')
  end
  return status == 'canceled' and 'canceled' or 'lost'
end
hold(p.job, p.origin, p.lease, 'XX')
if not p.adopted then
  show_execution(p.job, p.lease)
end
redis.call('HSET', job_key(p.job), 'last_heartbeat', p.now.text)
return 'held'
