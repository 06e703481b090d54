#!/bin/sh
# The stages of artsim bench are the whole step: on a route, with faults, on the endless plane and with two trains they end
# in its state. A result compared with itself has the ratio 1 in every figure that does not hang on a clock, and what is no
# result is refused.
set -u
: "${ART_SOURCE_DIR:?}" "${ARTSIM:?}"
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$ART_SOURCE_DIR" || exit 2
failed=0
for file in scenarios/zhuzhou_a1.ini scenarios/faults/all_kinds.ini scenarios/manoeuvres/pulse.ini scenarios/line/late_leader.ini; do
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

"$ARTSIM" bench scenarios/zhuzhou_a1.ini --seconds 1 --json >"$scratch/before.json" || failed=1
out=$("$ARTSIM" bench scenarios/zhuzhou_a1.ini --seconds 1 --against "$scratch/before.json")
case $out in
*'world_bytes'*'ratio 1.000'*) ;;
*) echo "against itself: $out"; failed=1 ;;
esac
sed 's/"world_bytes": /"world_bytes": 1/' "$scratch/before.json" >"$scratch/larger.json"
out=$("$ARTSIM" bench scenarios/zhuzhou_a1.ini --seconds 1 --against "$scratch/larger.json")
case $out in
*'world_bytes'*'ratio 1.000'*) echo "a larger world went unseen: $out"; failed=1 ;;
esac
# it leaves nothing behind
mkdir "$scratch/here" && (cd "$scratch/here" && "$ARTSIM" bench start_up >/dev/null) || failed=1
left=$(ls "$scratch/here")
[ -z "$left" ] || { echo "bench leaves $left"; failed=1; }
for words in 'no_such_workload' 'scenarios/zhuzhou_a1.ini --seconds 0' "scenarios/zhuzhou_a1.ini --seconds 1 --against README.md"; do
    # shellcheck disable=SC2086
    "$ARTSIM" bench $words >/dev/null 2>"$scratch/why"
    code=$?
    if [ $code != 2 ] || ! [ -s "$scratch/why" ]; then
        echo "$words: exit code $code"
        failed=1
    fi
done
exit $failed
