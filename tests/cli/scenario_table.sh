#!/bin/sh
# The table in scenarios/README.md is the one that artsim makes from the files.
# usage: scenario_table.sh [--write]
set -u
: "${ART_SOURCE_DIR:=$(cd "$(dirname "$0")/../.." && pwd)}" "${ARTSIM:=$ART_SOURCE_DIR/build/ci/artsim}"
readme=$ART_SOURCE_DIR/scenarios/README.md
made=$(mktemp) || exit 2
trap 'rm -f "$made"' EXIT
cd "$ART_SOURCE_DIR" || exit 2

# everything but the lines between the two marks, and the table in their place
awk '/^<!-- begin of the table/ { print; while ((getline line < "/dev/stdin") > 0) print line; skip = 1 }
     /^<!-- end of the table/ { skip = 0 }
     !skip { print }' "$readme" >"$made" <<END
$("$ARTSIM" list scenarios --markdown)
END

if [ "${1-}" = --write ]; then
    cat "$made" >"$readme"
elif ! diff "$readme" "$made"; then
    echo "scenarios/README.md does not list the scenarios as they are; again: sh tests/cli/scenario_table.sh --write"
    exit 1
fi
