-- Takes a worker out of the sets; its hash stays for a minute to be looked at.
redis.call('SREM', 'rq:workers', worker)
for _, queue in ipairs(p.queues) do
  redis.call('SREM', 'rq:workers:' .. queue, worker)
end
redis.call('HDEL', worker, 'current_job')
redis.call('DEL', worker .. ':executions')
redis.call('HSET', worker, 'death', p.now.text)
redis.call('EXPIRE', worker, p.ttl)
return 1
