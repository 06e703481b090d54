#!/bin/sh
# artsim boundary finds the value that a closed form gives, tells when the range has no turn or several, and leaves nothing.
set -u
: "${ARTSIM:?}" "${ART_BUILD_DIR:?}" "${ART_SOURCE_DIR:?}"
work=$ART_BUILD_DIR/cli_boundary
rm -rf "$work" && mkdir -p "$work/in" && cd "$work" || exit 2
. "$ART_SOURCE_DIR/tests/cli/parts/checks.sh"
has() { grep -q -- "$1" "$2"; }
# between LEAST MOST VALUE
between() { awk -v least="$1" -v most="$2" -v value="$3" 'BEGIN { exit !(value >= least && value <= most) }'; }
member() { sed -n "s/.*\"$1\": \"\{0,1\}\([^,\"}]*\).*/\1/p" last.out | head -n 1; }

# a neutral car without slip angles that differ turns at R = L / delta, at any speed: 300 m at 2.5789 m / 300 m = 0.49254 deg
cat >in/circle.ini <<'INI'
[scenario]
name = circle
duration = 12 s

[vehicle]
file = @assets/vehicles/single_track_car.ini

[drive]
hold_speed = 72 km/h

[initial]
speed = 72 km/h

[manoeuvre]
kind = steady_circle
steer = 0.4 deg
rise = 1 s

[expect.wide]
signal = turn_radius_m
op = >=
limit = 300 m

[expect.quick]
signal = speed_max_mps
op = >=
limit = 15 m/s
INI

for workers in 1 2; do
    run 0 boundary in/circle.ini --over 'manoeuvre.steer=0.1..2 deg' --tolerance '0.0004 deg' -j $workers --json
    low=$(member from)
    high=$(member to)
    check "-j $workers: the steer angle is that of R = L / delta, within 0.1 %" between 0.49205 0.49303 "$low"
    check "-j $workers: the upper side too" between 0.49205 0.49303 "$high"
    check "-j $workers: both are as near as the tolerance" between 1e-9 0.0004001 "$(awk -v a="$low" -v b="$high" 'BEGIN { print b - a }')"
    check "-j $workers: the expectation that decides is named" test "$(member decided_by)" = wide
    check "-j $workers: one turn" test "$(member turns)" = 1
done
check "the JSON is whole" sh -c 'head -c 9 last.out | grep -q "^{\"file\": " && tail -n 1 last.out | grep -q "^]}$"'

run 0 boundary in/circle.ini --over 'manoeuvre.steer=0.1..2 deg'
check "both sides and the assumption are told" has 'none of the .* trials contradicts it' last.out
cp last.out told
for side in pass fail; do
    sed -n "/^  $side manoeuvre/,/again:/s/.*again: artsim //p" told >again
    check "a command repeats the side that is: $side" test -s again
    wanted=0
    [ $side = fail ] && wanted=1
    eval "run $wanted $(cat again) --out out --quiet"
done
rm -rf out

# ---- several turns, none ----
cat in/circle.ini - >in/window.ini <<'INI'
[expect.narrow]
signal = turn_radius_m
limit = 400 m
INI
run 0 boundary in/window.ini --over 'manoeuvre.steer=0.25..0.65 deg' -j 1
check "a second turn is told" has 'there are 2 at least' last.out
check "the first one is decided by the expectation that fails there" has '^decided by narrow' last.out
run 7 boundary in/circle.ini --over 'manoeuvre.steer=1..2 deg'
check "a range with one verdict is refused with it" has '^no turn: all 5 trials .* verdict fail' last.out

# ---- whole numbers; the range of a [sweep] ----
{ cat in/circle.ini; printf '\n[sweep]\nscenario.seed = 1..3\nmanoeuvre.steer = 0.2..1 deg step 0.2 deg\n'; } >in/swept.ini
run 0 boundary in/swept.ini --tolerance 0.01
check "the one range of the [sweep] is taken, seeds are none" has '^manoeuvre.steer turns between 0.4[89].* deg (pass) and 0.[45]' last.out
# of 100 passengers with 7 t together 42.9 have 3 t
cat >in/full.ini <<'INI'
[scenario]
name = full
duration = 1 s

[vehicle]
file = @assets/vehicles/bus_12m.ini

[vehicle.vehicle]
passengers_seated = 0
passengers_aw2 = 50
passengers_aw3 = 100

[service]
load = AW2

[expect.light]
signal = module1_payload_kg
limit = 3000 kg
INI
run 0 boundary in/full.ini --over vehicle.vehicle.passengers_aw2=1..80
check "whole numbers end side by side" has 'passengers_aw2 turns between 42 (pass) and 43 (fail)' last.out

# ---- what is refused ----
run 2 boundary
run 2 boundary in/circle.ini
check "without a range it asks for one" has 'give one by --over' last.err
run 2 boundary in/circle.ini --over weather.frction=0.2..0.8
check "an unknown key is told with the nearest" has 'did you mean "friction"' last.err
run 2 boundary in/circle.ini --over weather.friction=0.2..3
check "an end that the key does not take is told" has 'out of range; allowed: 0.02 to 1.5' last.err
for over in weather.friction weather.friction= weather.friction=0.5 weather.friction=0.5..0.5 \
    'drive.hold_speed=20 km/h..10 m/s' weather.friction=nan..1 weather.friction=0x1..1 weather.friction=0,2..0,8 \
    weather.friction=..0.5 weather.friction=0.5.. vehicle.file=1..2 weather.friction=1e999..1 =1..2 \
    weather.rain=0..1e-300 weather.friction=0.5..0.5000000000001; do
    run 2 boundary in/circle.ini --over "$over"
done
run 2 boundary in/circle.ini --over weather.friction=0.2..0.8 --over weather.rain=0..1
run 2 boundary in/circle.ini --over weather.friction=0.2..0.8 --tolerance 0
run 2 boundary in/circle.ini --over weather.friction=0.2..0.8 --tolerance '1 m'
run 2 boundary in/circle.ini --over weather.friction=0.2..0.8 -j 0
run 3 boundary nosuch.ini --over weather.friction=0.2..0.8
run 3 boundary in --over weather.friction=0.2..0.8
{ cat in/circle.ini; printf '\n[weather]\nfrction = 1\n'; } >in/wrong.ini
run 3 boundary in/wrong.ini --over weather.friction=0.2..0.8
check "a mistake of the file is told with its line" has '^in/wrong.ini:30: \[weather\] frction: ' last.err
{ cat in/circle.ini; printf '\n[sweep]\nweather.friction = 0.2..3 step 0.1\n'; } >in/wrong_sweep.ini
run 3 boundary in/wrong_sweep.ini
check "so is one of its [sweep]" has '^in/wrong_sweep.ini:30: \[sweep\] weather.friction: ' last.err
run 5 boundary in/circle.ini --over weather.friction=0.2..0.8 --sim-limit 1
check "a trial without a verdict is told with its command" has 'no verdict of artsim run in/circle.ini' last.err
"$ARTSIM" boundary in/circle.ini --over 'manoeuvre.steer=0.1..2 deg' >/dev/full 2>last.err
check "output that cannot be written is exit code 8" test $? -eq 8
"$ARTSIM" boundary @scenarios/zhuzhou_a1.ini --over weather.friction=0.4..0.8 --tolerance 1e-6 >last.out 2>last.err &
search=$!
sleep 0.3
kill -TERM $search
wait $search
check "an interrupted search is exit code 130" test $? -eq 130
rm -f last.out last.err told again
check "nothing is left behind" test "$(ls)" = in
exit $failed
