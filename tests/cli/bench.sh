#!/bin/sh
# The stages of artsim bench are the whole step: on a route, with faults and on the endless plane they end in its state.
set -u
: "${ART_SOURCE_DIR:?}" "${ARTSIM:?}"
cd "$ART_SOURCE_DIR" || exit 2
failed=0
for file in scenarios/zhuzhou_a1.ini scenarios/faults/all_kinds.ini scenarios/manoeuvres/pulse.ini; do
    out=$("$ARTSIM" bench "$file" --seconds 2 --json 2>&1)
    code=$?
    case $code$out in
    0*'"start_up_ms": '[0-9]*'"memory_peak_bytes": '[0-9]*'"links_supervision": '[0-9]*) ;;
    *)
        echo "$file: exit code $code, $out"
        failed=1
        ;;
    esac
done
exit $failed
