-- The heartbeat of a worker without a job.
show_alive('idle', p.ttl)
return 1
