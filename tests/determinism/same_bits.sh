#!/bin/sh
# The same bits everywhere: builds artsim with other compilers and optimisations, runs the shipped scenarios with each
# and compares state_hash and the whole result.json with those of the build under test.
# usage: same_bits.sh [FILE.ini...]; without files every scenario that is tagged neither manual nor long. SAME_BITS_SECONDS
# of simulated time each, 40 unless set: without optimisation a run takes ten times as long.
set -u
: "${ART_SOURCE_DIR:?}" "${ART_BUILD_DIR:?}" "${ARTSIM:?}"
work=$ART_BUILD_DIR/same_bits
tab=$(printf '\t')
builds="gcc-O0${tab}gcc${tab}-O0
gcc-O3-native${tab}gcc${tab}-O3 -march=native
clang-O2${tab}clang${tab}-O2
clang-O3-native${tab}clang${tab}-O3 -march=native"

for tool in gcc clang ninja; do
    command -v $tool >/dev/null || {
        echo "skipped: there is no $tool here"
        exit 77
    }
done

# artsim, and nothing else, with that compiler and those flags
make_build()
{
    folder=$work/$1
    cmake -S "$ART_SOURCE_DIR" -B "$folder" -G Ninja -DCMAKE_C_COMPILER="$2" -DCMAKE_BUILD_TYPE=None \
        -DCMAKE_C_FLAGS="$3" -DART_WERROR=ON -DART_TESTS=OFF -DART_VIEW=OFF >"$work/$1.log" 2>&1 </dev/null &&
        ninja -C "$folder" -j 2 artsim >>"$work/$1.log" 2>&1 </dev/null && return
    tail -n 30 "$work/$1.log"
    echo "could not build $1: $2 $3"
    exit 1
}

# the name of a scenario's results: its folder and file
scenario_of()
{
    printf '%s.%s\n' "$(basename "$(dirname "$1")")" "$(basename "$1" .ini)"
}

# run_one NAME ARTSIM FILE: leaves $work/NAME.out/<scenario>.json; a missed expectation (1) and a run that is cut short (5)
# have a state as well
run_one()
{
    scenario=$(scenario_of "$3")
    out=$work/$1.out/$scenario
    "$2" run "$3" --out "$out" --trace none --report none --sim-limit "${SAME_BITS_SECONDS:-40}" --quiet \
        >"$out.log" 2>&1 </dev/null
    result=$?
    case $result in
        0 | 1 | 5) ;;
        *) rm -rf "$out" ;;
    esac
    if ! mv "$out"/*/result.json "$out.json"; then
        cat "$out.log"
        echo "$1: artsim run $3 ended with exit code $result"
    fi
}

# run_all NAME ARTSIM FILE...: two side by side
run_all()
{
    name=$1 program=$2
    shift 2
    rm -rf "$work/$name.out"
    mkdir -p "$work/$name.out"
    while [ $# -gt 0 ]; do
        run_one "$name" "$program" "$1" &
        [ $# -lt 2 ] || run_one "$name" "$program" "$2"
        wait
        shift
        [ $# -eq 0 ] || shift
    done
}

hash_in()
{
    sed -n 's/.*"state_hash" *: *"\([0-9a-f]*\)".*/\1/p' "$1" 2>/dev/null
}

mkdir -p "$work"
if [ $# -eq 0 ]; then
    for file in "$ART_SOURCE_DIR"/scenarios/*.ini "$ART_SOURCE_DIR"/scenarios/*/*.ini; do
        grep -qE "^tags[[:space:]]*=.*(manual|long)" "$file" || set -- "$@" "$file"
    done
fi
[ $# -gt 0 ] || {
    echo "no scenario to compare"
    exit 1
}
run_all tested "$ARTSIM" "$@"

differences=0
while IFS=$tab read -r name compiler flags; do
    make_build "$name" "$compiler" "$flags"
    run_all "$name" "$work/$name/artsim" "$@"
    for file in "$@"; do
        scenario=$(scenario_of "$file")
        expected=$(hash_in "$work/tested.out/$scenario.json")
        actual=$(hash_in "$work/$name.out/$scenario.json")
        if [ -z "$expected" ] || [ "$expected" != "$actual" ]; then
            echo "$scenario: state_hash ${expected:-missing} as tested, ${actual:-missing} with $compiler $flags"
            differences=$((differences + 1))
        elif ! diff "$work/tested.out/$scenario.json" "$work/$name.out/$scenario.json"; then
            echo "$scenario: same state, but result.json differs with $compiler $flags"
            differences=$((differences + 1))
        else
            echo "$scenario: $actual with $compiler $flags"
        fi
    done
done <<END
$builds
END
[ "$differences" -eq 0 ]
