#!/bin/sh
# Fuzzes every reader under address and undefined-behaviour sanitizers, each for FUZZ_SECONDS (5 by default) or, where
# FUZZ_RUNS is set, for so many executions; starts from the shipped files. A finding stays in the build's fuzz folder.
# usage: readers.sh [fuzz_TARGET...]
set -u
: "${ART_SOURCE_DIR:?}" "${ART_BUILD_DIR:?}"
seconds=${FUZZ_SECONDS:-5}
work=$ART_BUILD_DIR/fuzz
mkdir -p "$work/probe"
cd "$work" || exit 2

printf 'int LLVMFuzzerTestOneInput(const unsigned char *d, unsigned long n) { return d && n ? 0 : -1; }\n' >probe/probe.c
for tool in clang cmake ninja; do
    command -v $tool >/dev/null || {
        echo "skipped: there is no $tool here"
        exit 77
    }
done
clang -fsanitize=fuzzer,address,undefined probe/probe.c -o probe/probe >probe/log 2>&1 || {
    echo "skipped: clang has no libFuzzer here"
    exit 77
}

cmake --preset fuzz -S "$ART_SOURCE_DIR" -B "$work/build" >cmake.log 2>&1 </dev/null &&
    ninja -C build -j 2 >ninja.log 2>&1 </dev/null || {
    tail -n 30 cmake.log ninja.log
    exit 1
}

# seeds TARGET: shipped files of its kind
seeds()
{
    mkdir -p "$1.seeds" "$1.corpus"
    case $1 in
        fuzz_ini)
            for folder in scenarios/line scenarios/faults scenarios/guidance assets/vehicles; do
                for file in "$ART_SOURCE_DIR/$folder"/*.ini; do cp "$file" "$1.seeds/$(basename "$folder")_$(basename "$file")"; done
            done
            ;;
        fuzz_route) cp "$ART_SOURCE_DIR"/assets/routes/*.ini "$1.seeds" ;;
        fuzz_csv) printf 'time_s,axle1_steer_rad,speed_mps\n0,0,10\n1.5,0.02,10\n' >"$1.seeds/steer.csv" ;;
        fuzz_timetable) printf 'station,arrival_s,departure_s\nNorth,,10\nSouth,20,30\nSouth,40,50\nNorth,60,\n' >"$1.seeds/four.csv" ;;
        fuzz_tir) find "$ART_SOURCE_DIR/assets" "$ART_SOURCE_DIR/tests" -name '*.tir' -exec cp {} "$1.seeds" \; ;;
        fuzz_expression)
            sed -n 's/^when = //p' "$ART_SOURCE_DIR"/scenarios/*/*.ini | sort -u | split -l 1 - "$1.seeds/when."
            printf 'lhs(0.2, 0.8, 50)' >"$1.seeds/lhs"
            printf '0.1..0.5 step 0.1, 0.8' >"$1.seeds/range"
            printf 'max(abs(axle*_steer_rad)) > 3 deg | !(min(speed_mps, 2) / 3 <= 1)' >"$1.seeds/all"
            ;;
    esac
}

# the inputs become files, in memory where there is such a folder
scratch=$(mktemp -d /dev/shm/fuzz.XXXXXX 2>/dev/null || mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

# fuzz TARGET: its findings go to TARGET.finding
fuzz()
{
    rm -rf "$1.seeds" "$1.finding"
    seeds "$1"
    bound=-max_total_time=$seconds
    [ -z "${FUZZ_RUNS:-}" ] || bound=-runs=$FUZZ_RUNS
    # an input that takes more than ten seconds is a finding as well
    if (cd "$scratch" && "$work/build/tests/fuzz/$1" "$bound" -timeout=10 -rss_limit_mb=2048 -max_len=16384 -seed=1 \
        -artifact_prefix="$work/$1." "$work/$1.corpus" "$work/$1.seeds") >"$1.log" 2>&1 </dev/null; then
        echo "$1: $(sed -n 's/^Done //p' "$1.log" | tail -n 1), no finding"
    else
        tail -n 40 "$1.log"
        echo "$1: a finding; again: $work/build/tests/fuzz/$1 $work/$1.crash-*" | tee "$1.finding"
    fi
}

# two side by side
[ $# -gt 0 ] || set -- fuzz_ini fuzz_route fuzz_csv fuzz_timetable fuzz_tir fuzz_expression
rm -f ./*.finding
while [ $# -gt 0 ]; do
    fuzz "$1" &
    [ $# -lt 2 ] || fuzz "$2"
    wait
    shift
    [ $# -eq 0 ] || shift
done
for finding in ./*.finding; do
    [ ! -e "$finding" ] || exit 1
done
