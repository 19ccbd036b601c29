# Runs a command in a process group of its own and ends the group when standard input ends: on request,
# or because whoever started it is gone, however that happened. Exits as the command did.
set -m
trap : INT HUP # a terminal tells them to us as well; whoever started us decides
exec 3<&0 4>&2 2>/dev/null # what bash says about its jobs is not of the command
"$@" </dev/null 2>&4 3<&- 4>&- &
server=$!
{
  read -r _ <&3
  kill -TERM "$server"
  for ((tenths = GUARD_GRACE_SECONDS * 10; tenths > 0; tenths--)); do
    kill -0 "$server" || break
    sleep 0.1
  done
  kill -KILL -- "-$server"
} >/dev/null 4>&- &
watcher=$!
exec 3<&- 4>&-
while # a signal interrupts the wait
  wait "$server"
  status=$?
  kill -0 "$server"
do :; done
kill -KILL -- "-$server" "-$watcher"
wait
exit "$status"
