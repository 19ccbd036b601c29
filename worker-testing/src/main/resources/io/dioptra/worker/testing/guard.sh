# Runs a command in a process group of its own and ends the group when standard input ends: on request,
# or because whoever started it is gone, however that happened. Exits as the command did.
set -m
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
{
  read -r _ <&3
  kill -TERM -- "-$server"
  for ((tenths = GUARD_GRACE_SECONDS * 10; tenths > 0; tenths--)); do
    kill -0 -- "-$server" || exit 0
    sleep 0.1
  done
  kill -KILL -- "-$server"
} 2>/dev/null &
watcher=$!
exec 3<&-
wait "$server" 2>/dev/null
status=$?
kill -KILL -- "-$server" "-$watcher" 2>/dev/null
exit "$status"
