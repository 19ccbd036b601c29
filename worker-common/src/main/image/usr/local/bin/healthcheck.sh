#!/bin/bash
# Says whether the worker is healthy: it does its work, however long a job takes, or waits for some. The worker writes
# itself until when that holds; nothing is started here to read it.
file=${DIOPTRA_WORKER_HEALTH_FILE:-/dev/shm/dioptra-worker.health}

if ! { read -r until state <"$file"; } 2>/dev/null || [[ ! $until =~ ^[0-9]+$ ]]; then
  echo "unhealthy: the worker has not begun or has ended: $file says nothing"
  exit 1
fi
if ((until == 0)); then
  echo "not ready: $state"
  exit 1
fi
printf -v now '%(%s)T' -1
if ((until < now)); then
  echo "unhealthy: no sign of life since $((now - until)) s after it was due; the worker was $state"
  exit 1
fi
echo "healthy: $state"
