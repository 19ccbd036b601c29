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

# A site without a registry of its own adds packages by mounting their wheels: they come on top of what the image has.
wheels=("${DIOPTRA_WORKER_WHEELS:-/dioptra/wheels}"/*.whl)
if [[ -e ${wheels[0]} ]]; then
  added=$(mktemp -d "${TMPDIR:-/tmp}/dioptra-wheels.XXXXXX")
  pip install --quiet --disable-pip-version-check --no-index --find-links "${wheels[0]%/*}" --no-compile \
    --prefix "$added" "${wheels[@]}" ||
    fail "the mounted wheels could not be installed, see above. The operator should mount every wheel that this image lacks; a package that the image has in another version needs an image of its own (docs/custom-worker.md)."
  export PYTHONPATH=$added/lib/python3.11/site-packages${PYTHONPATH:+:$PYTHONPATH}
  echo "entrypoint.sh: added ${#wheels[@]} mounted wheels: ${wheels[*]##*/}"
fi

# A process of the same user, such as job code, can read the environment that another was started with. Init lives as long
# as the worker and cannot close its own, so it is given none: the worker's waits in a pipe, and nobody else reads it.
exec {variables}< <(env -0)
# What is short lies in the pipe already, and who wrote it must not become a zombie of an init that came too late for its
# end. What is long (a pipe holds 64 KiB) is still being written when the init is there.
(($(env -0 | wc -c) > 60000)) || wait "$!"
exec env -i PATH="$PATH" DIOPTRA_WORKER_VARIABLES="$variables" dumb-init --single-child -- dioptra-worker-v1 "$@"
