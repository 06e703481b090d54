#!/bin/sh
# artsim verify --only and --markdown: named cases alone run, and their figures are a table that a page can hold.
set -u
: "${ARTSIM:?}" "${ART_BUILD_DIR:?}" "${ART_SOURCE_DIR:?}"
work=$ART_BUILD_DIR/cli_verify
rm -rf "$work" && mkdir -p "$work" && cd "$work" || exit 2
. "$ART_SOURCE_DIR/tests/cli/parts/checks.sh"
has() { grep -q -- "$1" "$2"; }
lacks() { ! grep -q -- "$1" "$2"; }

run 0 verify --only guidance_damping --markdown damping.md --note "as of today" --out pages
check "one case alone ran" has '^1 of 1 cases pass' last.err
check "the page names the command and the note" has '^Made by `artsim verify --only guidance_damping`, as of today\.$' damping.md
check "it has the figures" has '^| empty: least damping, 20-80 km/h |  | >= 0.4 | 0\.[4-9]' damping.md
check "and no other case" lacks '^### free_hinges' damping.md
run 0 verify --only STABILITY --out pages
check "a group is named without regard to case" has '^6 of 6 cases pass' last.err
run 0 verify --only free_hinges,guidance_walking --out pages
check "several names by commas" has '^2 of 2 cases pass' last.err
run 2 verify --only nothing --out pages
check "a name that fits nothing is refused" has 'begins with "nothing"' last.err
exit $failed
