-- Records the end of an attempt, once, and only while it has its lease.
-- p.outcome: 'finished', 'failed', 'stopped', or 'returned' for a job that is to be run again. Returns 'recorded', 'lost' or 'canceled'.
local LOSSES_WINDOW = 72 * 3600
local job = job_key(p.job)
local results = 'rq:results:' .. p.job

local function number_field(field)
  return tonumber(redis.call('HGET', job, field) or '')
end

-- A lost answer makes us ask again; then the newest result is our own.
local function is_recorded()
  local newest = redis.call('XREVRANGE', results, '+', '-', 'COUNT', 1)[1]
  if newest then
    for at = 1, #newest[2], 2 do
      if newest[2][at] == 'execution_id' then
        return newest[2][at + 1] == p.execution
      end
    end
  end
  return false
end

local function count(field, working_time)
  if p.adopted then
    return
  end
  redis.call('HINCRBY', worker, field, 1)
  redis.call('HINCRBYFLOAT', worker, 'total_working_time', working_time)
end

local function add_result(kind)
  local entry = {'XADD', results, 'MAXLEN', '~', 10, '*', 'type', kind, 'worker_name', p.worker,
    'execution_id', p.execution, 'execution_started_at', p.started_at, 'execution_ended_at', p.now.decimal}
  if p.exc_string ~= '' then
    entry[#entry + 1] = 'exc_string'
    entry[#entry + 1] = p.exc_string
  end
  redis.call(unpack(entry))
end

local function delete_job()
  local group = redis.call('HGET', job, 'group_id')
  if group and group ~= '' then
    redis.call('SREM', 'rq:group:' .. group, p.job)
  end
  redis.call('DEL', job, job .. ':dependents', 'rq:job::' .. p.job .. ':dependencies',
    'rq:executions:' .. p.job, results)
end

-- RQ itself leaves the results of failed jobs without an end; here they go with their job.
local function expire(ttl)
  if ttl < 0 then
    redis.call('PERSIST', results)
    return
  end
  for _, key in ipairs({job, results, job .. ':dependents', 'rq:job::' .. p.job .. ':dependencies'}) do
    redis.call('EXPIRE', key, ttl)
  end
end

local function intervals_of(field)
  local read, intervals = pcall(cjson.decode, redis.call('HGET', job, field) or '')
  return read and type(intervals) == 'table' and intervals or {}
end

-- Each interval in its turn, the last one ever after.
local function repeat_job(left)
  local intervals = intervals_of('repeat_intervals')
  local interval = tonumber(intervals[1]) or 0
  redis.call('HSET', job, 'repeats_left', left - 1)
  if #intervals > 1 then
    table.remove(intervals, 1)
    redis.call('HSET', job, 'repeat_intervals', cjson.encode(intervals))
  end
  if interval > 0 then
    schedule(p.job, p.origin, interval)
  else
    enqueue(p.job, p.origin, false)
  end
end

local function finish()
  local ttl = number_field('result_ttl') or p.result_ttl
  local repeats = number_field('repeats_left') or 0
  release_dependents('finished')
  count('successful_job_count', p.working_time)
  redis.call('HSET', job, 'status', 'finished', 'ended_at', p.now.text)
  if ttl ~= 0 then
    add_result(1)
    redis.call('ZADD', 'rq:finished:' .. p.origin, ttl < 0 and '+inf' or p.now.seconds + ttl, p.job)
  end
  if repeats > 0 then
    if ttl > 0 then
      redis.call('EXPIRE', results, ttl)
    end
    repeat_job(repeats)
  elseif ttl == 0 then
    delete_job()
  else
    expire(ttl)
  end
end

local function fail()
  local ttl = number_field('failure_ttl') or p.failure_ttl
  redis.call('HSET', job, 'status', p.outcome)
  if p.outcome == 'failed' then
    redis.call('HSET', job, 'ended_at', p.now.text)
    release_dependents('failed')
  end
  count('failed_job_count', p.outcome == 'failed' and p.working_time or 0)
  if ttl == 0 then
    delete_job()
    return
  end
  redis.call('ZADD', 'rq:failed:' .. p.origin, ttl < 0 and -1 or p.now.seconds + ttl, p.job)
  add_result(2)
  expire(ttl)
end

-- The first interval repeats while there are more retries than intervals.
local function retry(left)
  local intervals = intervals_of('retry_intervals')
  local interval = tonumber(intervals[math.max(#intervals - left, 0) + 1]) or 0
  redis.call('HSET', job, 'retries_left', left - 1, 'ended_at', p.now.text)
  count('failed_job_count', p.working_time)
  if interval > 0 then
    schedule(p.job, p.origin, interval)
  else
    enqueue(p.job, p.origin, redis.call('HGET', job, 'enqueue_at_front_on_retry') == '1')
  end
end

-- The window begins with the first loss. An adopter that disappears too has not counted yet.
local function count_loss()
  local key = 'rq:dioptra:losses:' .. p.job
  if redis.call('INCR', key) == 1 then
    redis.call('EXPIRE', key, LOSSES_WINDOW)
  end
end

-- Nobody's time is lost by starting it again first.
local function give_back()
  if p.adopted then
    count_loss()
  end
  redis.call('HSET', job, 'started_at', '', 'worker_name', '')
  count('failed_job_count', p.working_time)
  enqueue(p.job, p.origin, true)
end

local status, limit = unpack(redis.call('HMGET', job, 'status', 'rate_limit_key'))
if not status then
  limit = redis.call('HGET', execution_key(p.job), 'rate_limit_key')
end
local held = let_go(p.job, p.origin)
if not p.adopted then
  show_alive('idle', p.ttl)
end
if not held and is_recorded() then
  return 'recorded'
end
if status == 'canceled' or not held or not status then
  release_slot(p.job, limit)
  return status == 'canceled' and 'canceled' or 'lost'
end
redis.call('HSET', job, 'last_heartbeat', p.now.text)
local left = number_field('retries_left') or 0
if p.outcome == 'finished' then
  finish()
elseif p.outcome == 'returned' then
  give_back()
elseif p.outcome == 'failed' and p.may_retry and left > 0 then
  retry(left)
else
  fail()
end
release_slot(p.job, limit)
return 'recorded'
