-- RQ's maintenance of one queue, under RQ's lock: workers of Python stay out meanwhile, and we while they are at it.
-- Never touches rq:deferred. Returns how many seconds later it is to be run again at the latest.
local STRANDED = 60
local LOCK = 899

-- Popped by a worker of Python that disappeared before it began. rq fails such jobs; nothing of them was run, so they
-- go back. Seen twice within minutes: a mark that is older speaks of another pop.
local function sweep_intermediate(queue)
  local list = 'rq:queue:' .. queue .. ':intermediate'
  local again = p.interval
  for _, id in ipairs(redis.call('LRANGE', list, 0, 999)) do
    local mark = 'rq:dioptra:intermediate:' .. id
    local seen = tonumber(redis.call('GET', mark) or '')
    if not has_data(id) then
      redis.call('LREM', list, 0, id)
    elseif redis.call('EXISTS', 'rq:executions:' .. id) == 1 then
      redis.call('DEL', mark)
    elseif not seen then
      redis.call('SET', mark, p.now.seconds, 'EX', 5 * STRANDED)
      again = STRANDED + 1
    elseif p.now.seconds - seen < STRANDED then
      again = STRANDED + 1
    else
      redis.call('DEL', mark)
      put_back(id, queue)
    end
  end
  return again
end

local function sweep_workers(queue)
  for _, key in ipairs(redis.call('SMEMBERS', 'rq:workers:' .. queue)) do
    if redis.call('EXISTS', key) == 0 then
      redis.call('SREM', 'rq:workers:' .. queue, key)
      redis.call('SREM', 'rq:workers', key)
    end
  end
end

local function sweep_groups()
  for _, group in ipairs(redis.call('SMEMBERS', 'rq:groups')) do
    local jobs = 'rq:group:' .. group
    for _, id in ipairs(redis.call('SMEMBERS', jobs)) do
      if redis.call('EXISTS', job_key(id)) == 0 then
        redis.call('SREM', jobs, id)
      end
    end
    if redis.call('EXISTS', jobs) == 0 then
      redis.call('SREM', 'rq:groups', group)
    end
  end
end

local again = p.interval
for _, queue in ipairs(p.queues) do
  local lock = 'rq:clean_registries:' .. queue
  if redis.call('SET', lock, p.worker, 'NX', 'EX', LOCK) then
    redis.call('ZREMRANGEBYSCORE', 'rq:finished:' .. queue, 0, p.now.seconds)
    redis.call('ZREMRANGEBYSCORE', 'rq:failed:' .. queue, 0, p.now.seconds)
    sweep_workers(queue)
    recover_ready(queue)
    again = math.min(again, sweep_intermediate(queue))
    redis.call('DEL', lock)
  end
end
sweep_groups()
sweep_slots()
return again
