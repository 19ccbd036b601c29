-- Registers a worker. Returns 1, or 0 while another one lives under this name.
if redis.call('EXISTS', worker) == 1 and redis.call('HEXISTS', worker, 'death') == 0 then
  return 0
end
redis.call('DEL', worker)
show_alive('started', p.ttl)
return 1
