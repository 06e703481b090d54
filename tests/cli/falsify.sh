#!/bin/sh
# artsim falsify finds a failing corner of a thousandth of the ranges, where a closed form has it, with the same trials for any
# number of workers; and the thinnest margin where nothing fails.
set -u
: "${ARTSIM:?}" "${ART_BUILD_DIR:?}" "${ART_SOURCE_DIR:?}"
work=$ART_BUILD_DIR/cli_falsify
rm -rf "$work" && mkdir -p "$work/in" && cd "$work" || exit 2
. "$ART_SOURCE_DIR/tests/cli/parts/checks.sh"
has() { grep -q -- "$1" "$2"; }
# a neutral car has a lateral acceleration of v^2 delta / L; in m/s2, of the worst case that was found
acceleration()
{
    sed -n '/^"worst"/s/.*steer_limit": \([^,}]*\).*"drive.hold_speed": \([^,}]*\).*/\1 \2/p' last.out |
        awk '{ print ($2 / 3.6) ^ 2 * $1 * atan2(0, -1) / 180 / 2.5789128 }'
}
between() { awk -v least="$1" -v most="$2" -v value="$3" 'BEGIN { exit !(value >= least && value <= most) }'; }

# at 72 km/h and 0.5 deg, the worst corner, it is 1.3536 m/s2
cat >in/corner.ini <<'INI'
[scenario]
name = corner
duration = 8 s

[vehicle]
file = @assets/vehicles/single_track_car.ini

[drive]
open_loop = steer.csv
hold_speed = 54 km/h

[initial]
speed = 54 km/h

[expect.gentle]
signal = abs(module1_ay_mps2)
limit = 1.3 m/s2
window = end
INI
# 1 degree is asked for, the axle gives as much as its limit allows
printf 'time_s,axle1_steer_rad\n0,0.0174533\n' >in/steer.csv
ranges="--over=vehicle.axle.1.steer_limit=0.1..0.5deg --over=drive.hold_speed=36..72km/h"

run 1 falsify in/corner.ini $ranges -j 1 --json
cp last.out one
found=$(acceleration)
check "the case that was found is in the corner, $found m/s2 of 1.3 to 1.354" between 1.2995 1.354 "$found"
check "it was found by gathering, not by chance" has '"seed": 1, "runs": [5-9]' one
run 1 falsify in/corner.ini $ranges -j 2 --json
check "two workers find the same in the same trials" cmp one last.out
run 0 falsify in/corner.ini $ranges --json --seed 2 --runs 2
check "another seed tries other values" test "$(grep -m 1 '^  {' one)" != "$(grep -m 1 '^  {' last.out)"
run 1 falsify in/corner.ini $ranges --all --runs 90
check "with --all the worst corner is found" has 'abs(module1_ay_mps2) 1.35' last.out
check "and all trials are made" has '^[1-9][0-9]* of 90 trials failed' last.out
check "a failure is shown with its values" has '^  trial .*: fail  gentle .*  vehicle.axle.1.steer_limit=.* deg  drive.hold_speed=' last.out
sed -n 's/^again: artsim //p' last.out >again
eval "run 1 $(cat again) --out out --quiet"
check "the command repeats the failure" has 'fail        gentle' last.out
rm -rf out

# ---- nothing fails ----
run 0 falsify in/corner.ini $ranges --set 'expect.gentle.limit=1.4 m/s2' --runs 90 --json
found=$(acceleration)
check "without a failure the thinnest margin is at the corner, $found m/s2" between 1.35 1.354 "$found"
run 0 falsify in/corner.ini $ranges --set 'expect.gentle.limit=1.4 m/s2' --runs 3
check "a search that finds nothing says so" has '^no case that fails was found in 3 trials' last.out
run 1 falsify in/corner.ini $ranges --set scenario.expect=fail --set 'expect.gentle.limit=0.15 m/s2'
check "where a failure is expected the case without one is found" has '^worst, trial .*: fail' last.out

# ---- the ranges of a [sweep]; whole numbers; values that do not fit together ----
{ cat in/corner.ini; printf '\n[sweep]\nvehicle.axle.1.steer_limit = sobol(0.1 deg, 0.5 deg, 4)\nscenario.seed = 1..3\n'; } >in/swept.ini
run 0 falsify in/swept.ini --runs 20
check "the ranges of the [sweep] are taken" has '^  scenario.seed=[123]$' last.out
run 0 falsify in/corner.ini --over scenario.seed=1..5 --runs 50 --set vehicle.axle.1.steer_limit=0.1deg
check "of five values each is tried once" has 'found in 5 trials' last.out
passengers='--set service.load=AW2 --over vehicle.vehicle.passengers_aw2=1..400 --over vehicle.vehicle.passengers_aw3=1..400'
run 0 falsify in/corner.ini $passengers --set vehicle.file=@assets/vehicles/bus_12m.ini --set vehicle.vehicle.passengers_seated=0 \
    --set vehicle.axle.1.steer_limit=0.1deg --runs 8
check "values that do not fit together are counted and shown" has 'found in 8 trials, [1-7] had no verdict' last.out
check "with the reason" has 'passengers_aw2: must lie between' last.err

# ---- what is refused ----
run 2 falsify
run 2 falsify in/corner.ini
run 2 falsify in/corner.ini --over weather.friction=0.2..3
run 2 falsify in/corner.ini --over weather.friction=0.2..0.8 --over weather.friction=0.3..0.5
for words in '--runs 0' '--runs x' '--runs 1e9' '--runs 2.5' '--seed -1' '--seed 1e99' '-j 0' '--frobnicate'; do
    # shellcheck disable=SC2086
    run 2 falsify in/corner.ini --over weather.friction=0.2..0.8 $words
done
run 3 falsify nosuch.ini --over weather.friction=0.2..0.8
run 3 falsify in/corner.ini --over vehicle.vehicle.passengers_aw2=400..500 --set vehicle.file=@assets/vehicles/bus_12m.ini
run 5 falsify in/corner.ini --over weather.friction=0.2..0.8 --sim-limit 1 --runs 4
"$ARTSIM" falsify in/corner.ini --over weather.friction=0.2..0.8 --runs 2 >/dev/full 2>last.err
check "output that cannot be written is exit code 8" test $? -eq 8
"$ARTSIM" falsify @scenarios/zhuzhou_a1.ini --over weather.friction=0.4..0.8 --runs 1000 >last.out 2>last.err &
search=$!
sleep 0.3
kill -TERM $search
wait $search
check "an interrupted search is exit code 130" test $? -eq 130
rm -f last.out last.err one again
check "nothing is left behind" test "$(ls)" = in
exit $failed
