#!/bin/sh
# artsim list --coverage: a fault that began shows in its row, mode and kind of place; the others stay empty.
set -u
: "${ART_SOURCE_DIR:?}" "${ART_BUILD_DIR:?}" "${ARTSIM:?}"
work=$ART_BUILD_DIR/coverage_of_faults
rm -rf "$work"
mkdir -p "$work"
"$ARTSIM" run "$ART_SOURCE_DIR/scenarios/faults/hinge_lock.ini" --out "$work/out" --trace none --quiet >"$work/log" 2>&1 || {
    cat "$work/log"
    exit 1
}
"$ARTSIM" list --coverage "$work/out" >"$work/table" || exit 1
"$ARTSIM" list --coverage "$work" >"$work/again" && cmp "$work/table" "$work/again" || exit 1
failed=0
grep -q '^hinge  *lock  *\.\.\.\.\.  *\.\.\.\.\.  *\.\.\.\.\.  *\.\.\.\.\.  *\.\.\.\.\.  *s\.\.\.\.' "$work/table" || failed=1
grep -q '^camera  *freeze  *\(\.\.\.\.\. *\)*$' "$work/table" || failed=1
grep -q '^1 of [0-9]* cells' "$work/table" || failed=1
"$ARTSIM" list --coverage "$work/nothing" >"$work/log" 2>&1
[ $? -eq 7 ] || failed=1
[ $failed -eq 0 ] || cat "$work/table" "$work/log"
exit $failed
