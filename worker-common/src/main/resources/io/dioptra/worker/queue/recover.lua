-- RQ 3 queues a dependent in two steps, and frees the slot of a job after its end: who dies in between leaves the
-- second step to whoever sweeps.
local function recover_ready(queue)
  local ready = 'rq:ready:' .. queue
  for _, id in ipairs(redis.call('ZRANGE', ready, 0, 999)) do
    redis.call('ZREM', ready, id)
    if has_data(id) and redis.call('HGET', job_key(id), 'status') == 'ready_to_enqueue' then
      enqueue_anew(id, origin_of(id, queue), redis.call('HGET', job_key(id), 'enqueue_at_front') == '1')
    end
  end
end

-- A job that was cancelled or deleted while it runs has its slot until its end.
local function needs_slot(id)
  local status = redis.call('HGET', job_key(id), 'status')
  return status == 'queued' or status == 'started'
    or redis.call('ZCOUNT', 'rq:executions:' .. id, '(' .. p.now.seconds, '+inf') > 0
end

local function sweep_slots()
  for _, limit in ipairs(redis.call('SMEMBERS', 'rq:rl-keys')) do
    local key = 'rq:rl:' .. limit
    for _, id in ipairs(redis.call('ZRANGE', key .. ':allowed', 0, -1)) do
      if not needs_slot(id) then
        redis.call('ZREM', key .. ':allowed', id)
      end
    end
    fill_slots(limit)
    if redis.call('EXISTS', key .. ':allowed', key .. ':rate_limited') == 0 then
      redis.call('SREM', 'rq:rl-keys', limit)
      redis.call('DEL', key)
    end
  end
end
