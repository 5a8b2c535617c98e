#!/bin/sh
# `make demo`: three fictional schools on three days, one day of effect moved, one dossier replayed; then the demo year, served until
# one stops it. Each command is shown before its answer, as one would type it. Nothing is left behind.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

title() { printf '\n═══ %s\n' "$1"; }

ask() {
    printf '\n$ %s\n\n' "$*"
    "$@"
}

title "1. Ouverte un 21 décembre : le 7 octobre 2021, elle demande à être reconnue"
ask equerre explain --facts examples/ouverte-un-21-decembre.toml --on 2021-10-07

title "2. La liste de l'année est signée en novembre : où en est-on le 1er octobre 2026 ?"
ask equerre explain --facts examples/liste-signee-en-novembre.toml --on 2026-10-01 --reader officer

title "3. Reconnaissance retirée en cours d'année : le 16 mars 2026"
ask equerre explain --facts examples/reconnaissance-retiree-en-cours-d-annee.toml --on 2026-03-16

title "4. Et si le retrait ne prenait effet qu'à la rentrée ?"
ask equerre what-if --facts examples/reconnaissance-retiree-en-cours-d-annee.toml --on 2026-03-16 \
    --set recognition.until=2026-09-01 --set recognition_withdrawal.effect_on=2026-09-01

title "5. Un dossier se rejoue sans serveur, octet pour octet"
printf '\n$ %s\n' "equerre explain --facts examples/liste-signee-en-novembre.toml --on 2026-10-01 --format dossier > dossier.json"
equerre explain --facts examples/liste-signee-en-novembre.toml --on 2026-10-01 --format dossier >"$work/dossier.json"
cd "$work"
ask equerre verify dossier.json

title "6. Une date y est changée en cachette : ce qui diffère est nommé"
sed 's/2023-02-06/2023-02-07/' dossier.json >change.json
ask equerre verify change.json || true

title "7. Le registre : une année d'essai, 72 écoles fictives, servie sur cette machine"
unset DATABASE_URL
export EQUERRE_HOME="$work/registre"
ask equerre migrate
ask equerre demo
ask equerre list 2025 --on 2026-10-01 | sed -n '1,16p'
ask equerre serve --port "${PORT:-8000}"
