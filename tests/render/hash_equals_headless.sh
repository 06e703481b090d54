#!/bin/sh
# The run inside artview is the run of artsim: the hash of the last state is the same, from the file and, for the shorter
# ones, from the folder that the run left.
set -u
: "${ART_SOURCE_DIR:?}" "${ART_BUILD_DIR:?}" "${ARTSIM:?}" "${ARTVIEW:?}"
work=$ART_BUILD_DIR/hash_equals_headless
rm -rf "$work"
mkdir -p "$work"
for name in zhuzhou_a1 line/emergency_stop guidance/lane_change; do
    file=$ART_SOURCE_DIR/scenarios/$name.ini
    "$ARTSIM" run "$file" --out "$work/$name" --trace none --quiet >"$work/log" 2>&1 </dev/null || {
        cat "$work/log"
        exit 1
    }
    headless=$(sed -n 's/.*"state_hash": "\([0-9a-f]*\)".*/\1/p' "$work/$name"/*/result.json)
    window=$("$ARTVIEW" "$file" --hash </dev/null)
    if [ -z "$headless" ] || [ "$headless" != "$window" ]; then
        echo "$name: artsim ends in state $headless, artview in $window"
        echo "again: artview scenarios/$name.ini --hash"
        exit 1
    fi
    [ "$name" = zhuzhou_a1 ] && again=$window || again=$("$ARTVIEW" "$work/$name"/* --hash </dev/null)
    [ "$again" = "$headless" ] || { echo "$name: from its folder artview ends in $again"; exit 1; }
    echo "$name: $headless in both"
done
