#!/bin/sh
# Takes all shipped scenarios as right, as they are now: writes or renews their goldens beside this file, and removes those
# of scenarios that are no more.
# usage: bless_all.sh "why"; ARTSIM names the program
set -u
[ $# -eq 1 ] || { echo "usage: bless_all.sh \"why they are right\""; exit 2; }
golden=$(cd "$(dirname "$0")" && pwd) || exit 2
cd "$golden/../.." || exit 2
for file in "$golden"/*.golden; do
    [ -e "$file" ] || continue
    name=$(basename "$file" .golden | tr . /)
    [ -e "scenarios/$name.ini" ] || rm "$file"
done
exec "${ARTSIM:-artsim}" bless scenarios --why "$1" --out "$golden"
