-- Takes over the first attempt whose lease has ended: its worker disappeared. The attempt gets a new name and a new
-- lease, so that a worker that was only slow finds its own gone, and that another sweeper leaves it alone.
-- Returns {'adopted', origin, id, bytes of data, data, timeout or '', losses}, or {'none', seconds until a lease ends or -1}.

local mine = {}
for _, execution in ipairs(p.mine) do
  mine[execution] = true
end

-- finish.lua counts them, when a lost job is given back.
local function losses_before(id)
  return tonumber(redis.call('GET', 'rq:dioptra:losses:' .. id) or '') or 0
end

local function adopt(id, origin)
  hold(id, origin, p.lease, 'NX')
  redis.call('LREM', 'rq:queue:' .. origin .. ':intermediate', 0, id)
  local reply = answer('adopted', origin, id)
  reply[#reply + 1] = losses_before(id) + 1
  return reply
end

local soonest = -1
for _, queue in ipairs(p.queues) do
  local wip = 'rq:wip:' .. queue
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', wip, 0, p.now.seconds - 1, 'LIMIT', 0, 100)) do
    local id, execution = string.match(member, '^(.*):([^:]*)$')
    if not id then
      redis.call('ZREM', wip, member)
    elseif not mine[execution] then
      redis.call('ZREM', wip, member)
      redis.call('DEL', 'rq:execution:' .. member)
      redis.call('ZREM', 'rq:executions:' .. id, execution)
      local status = has_data(id) and redis.call('HGET', job_key(id), 'status')
      if status == 'started' then
        return adopt(id, origin_of(id, queue))
      elseif status then
        put_back(id, origin_of(id, queue))
      end
    end
  end
  local first = redis.call('ZRANGEBYSCORE', wip, p.now.seconds, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
  if first[2] then
    local wait = tonumber(first[2]) - p.now.seconds + 1
    soonest = soonest < 0 and wait or math.min(soonest, wait)
  end
end
return {'none', soonest}
