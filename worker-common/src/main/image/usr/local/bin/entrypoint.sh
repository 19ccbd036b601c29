#!/bin/bash
# Starts the worker in its work folder, below an init that hands signals on and reaps orphans. Arguments are the worker's.
set -euo pipefail

fail() {
  echo "entrypoint.sh: $*" >&2
  exit 1
}

has_name() {
  local user
  while IFS=: read -r _ _ user _; do
    [[ $user != "$EUID" ]] || return 0
  done </etc/passwd
  return 1
}

[[ -n ${DIOPTRA_WORKDIR:-} ]] ||
  fail "DIOPTRA_WORKDIR is not set. The operator should set it to the folder for jobs; the image's own is /work."
cd -- "$DIOPTRA_WORKDIR" 2>/dev/null ||
  fail "the work folder DIOPTRA_WORKDIR=$DIOPTRA_WORKDIR cannot be entered. The operator should mount a folder there that user $EUID may write, or leave DIOPTRA_WORKDIR as the image sets it."

# Libraries keep caches and settings in the home folder, which an arbitrary user or a read-only image has not.
[[ -n ${HOME:-} && -d $HOME && -w $HOME ]] || export HOME=$PWD
# A read-only image has no other folder for temporary files either.
[[ -w ${TMPDIR:-/tmp} ]] || export TMPDIR=$PWD
# Python asks for the user's name; without an entry for the number only these variables answer.
has_name || export USER=${USER:-${DIOPTRA_USER:-dioptra}} LOGNAME=${LOGNAME:-${DIOPTRA_USER:-dioptra}}

exec dumb-init --single-child -- dioptra-worker-v1 "$@"
