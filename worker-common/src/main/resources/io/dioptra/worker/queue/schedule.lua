-- One turn of the scheduler: takes or keeps the locks of its queues, and moves what is due into them.
-- Returns {the time, how many were moved, the queues whose lock this scheduler has…}.
local AT_ONCE = 1000
local MISSING = 60
local scheduler = 'rq:scheduler:' .. p.scheduler.name

local function has_lock(queue)
  local lock = 'rq:scheduler-lock:' .. queue
  local owner = redis.call('GET', lock)
  if owner and owner ~= p.scheduler.name then
    return false
  end
  redis.call('SET', lock, p.scheduler.name, 'EX', p.ttl)
  return true
end

-- Producers before RQ 3 name a job here before they write it: what is missing may be about to come.
local function is_gone(id)
  local mark = 'rq:dioptra:scheduled:' .. id
  local seen = tonumber(redis.call('GET', mark) or '')
  if not seen then
    redis.call('SET', mark, p.now.seconds, 'EX', 2 * MISSING)
  end
  return seen and p.now.seconds - seen >= MISSING
end

local function is_to_front(id)
  local at_front, on_retry, ended =
    unpack(redis.call('HMGET', job_key(id), 'enqueue_at_front', 'enqueue_at_front_on_retry', 'ended_at'))
  return at_front == '1' or (on_retry == '1' and ended and ended ~= '')
end

local function move_due(queue)
  local scheduled = 'rq:scheduled:' .. queue
  local moved = 0
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', scheduled, 0, p.now.seconds, 'LIMIT', 0, AT_ONCE)) do
    local status = has_data(id) and redis.call('HGET', job_key(id), 'status')
    if not has_data(id) then
      if is_gone(id) then
        redis.call('ZREM', scheduled, id)
      end
    elseif status == 'canceled' or status == 'queued' then
      redis.call('ZREM', scheduled, id)
    elseif status ~= 'started' then
      redis.call('ZREM', scheduled, id)
      enqueue_anew(id, queue, is_to_front(id))
      moved = moved + 1
    end
  end
  return moved
end

local fields = {'last_heartbeat', p.now.text}
for field, value in pairs(p.scheduler) do
  fields[#fields + 1] = field
  fields[#fields + 1] = value
end
redis.call('HSET', scheduler, unpack(fields))
redis.call('EXPIRE', scheduler, p.ttl)
local reply = {p.now.seconds, 0}
for _, queue in ipairs(p.queues) do
  if has_lock(queue) then
    reply[2] = reply[2] + move_due(queue)
    reply[#reply + 1] = queue
  end
end
return reply
