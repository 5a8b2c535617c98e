#!/bin/sh
# One hashed lock per extra of pyproject.toml, and requirements/base.txt, all resolved together: two extras of one
# environment never ask for two versions. The build backend is in each, so that nothing is fetched outside the locks.
# The pins already there are kept; `make lock UPGRADE=1` takes the newest that pyproject.toml allows.
set -eu
cd "$(dirname "$0")/.."

uv=$(command -v uv || echo .venv/bin/uv)
"$uv" --version >/dev/null 2>&1 || {
    echo "Les verrous se refont avec uv, qui n'est pas installé : « python3 -m pip --python .venv/bin/python install uv », puis relancez." >&2
    exit 2
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ask() { # ask FILE OPTIONS…: resolve into FILE, without a word on where the packages come from
    file=$1
    shift
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate "$@" pyproject.toml "$work/build.in" -o "$file" >/dev/null
}

table() { python3 -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb')); print(*$1, sep='\n')"; }

table "p['build-system']['requires']" >"$work/build.in"
extras=$(table "p['project']['optional-dependencies']")

[ -n "${UPGRADE:-}" ] || cat requirements/*.txt >"$work/together.txt" 2>/dev/null || true
ask "$work/together.txt" --all-extras
ask requirements/base.txt --constraints "$work/together.txt"
for extra in $extras; do
    ask "requirements/$extra.txt" --extra "$extra" --constraints "$work/together.txt"
done
