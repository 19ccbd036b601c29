-- A scheduler ends: another may have its locks at once.
for _, queue in ipairs(p.queues) do
  local lock = 'rq:scheduler-lock:' .. queue
  if redis.call('GET', lock) == p.scheduler.name then
    redis.call('DEL', lock)
  end
end
return redis.call('DEL', 'rq:scheduler:' .. p.scheduler.name)
