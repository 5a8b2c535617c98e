#!/bin/sh
# `make demo`: three fictional schools on three days, one fact changed, one dossier replayed. Each command is shown
# before its answer, as one would type it.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

title() { printf '\n\033[1m%s\033[0m\n' "$1"; }

ask() {
    printf '\n$ %s\n\n' "$*"
    "$@"
}
