#!/bin/sh
# artsim shrink keeps what makes a scenario fail and nothing else: what it writes runs, fails in the same way, is smaller, and
# every key that it keeps is needed.
set -u
: "${ARTSIM:?}" "${ART_BUILD_DIR:?}" "${ART_SOURCE_DIR:?}"
work=$ART_BUILD_DIR/cli_shrink
rm -rf "$work" && mkdir -p "$work/in/below" && cd "$work" || exit 2
. "$ART_SOURCE_DIR/tests/cli/parts/checks.sh"
has() { grep -q -- "$1" "$2"; }
lacks() { ! grep -q -- "$1" "$2"; }

# ---- one event of three makes the difference ----
{
    printf 'extends = @scenarios/guidance/lane_change.ini\n\n[scenario]\nname = ice\nduration = 16 s\n'
    printf '\n[event.ice]\nat = 6 s\nthen = weather.friction -> 0.05\n\n[event.drizzle]\nat = 5 s\nthen = weather.rain -> 0.2\n'
    printf '\n[event.late]\nat = 15 s\nthen = weather.friction -> 0.5\n\n[fault.camera]\nunit = camera.1\nkind = freeze\nat = 1 s\nfor = 100 ms\n'
    printf '\n[sweep]\nweather.rain = 0, 0.5\n'
} >in/ice.ini
cp in/ice.ini kept
run 0 shrink in/ice.ini -o one.ini -j 2
check "FILE is not touched" cmp kept in/ice.ini
check "it says how FILE fails" has '^in/ice.ini fails: lead_axle_on_track: lead_lateral_error_peak_m' last.out
check "it counts keys" has '^1[0-2] of 3[0-9] keys and [78] of 1[5-7] sections are left, after' last.out
check "the event that makes the difference stays" has '^then = weather.friction -> 0.05$' one.ini
check "other events, faults, the sweep and other expectations go" lacks '^.\(event.[dl]\|fault\|sweep\|expect.[^l]\)' one.ini
check "it ends behind the failure" sh -c 'seconds=$(sed -n "s/^duration = \([0-9]*\).*/\1/p" one.ini); test $seconds -ge 7 && test $seconds -le 14'
run 0 check one.ini
run 1 run one.ini --out out --quiet
check "the failure is the same" has '^  fail        lead_axle_on_track ' last.out

# every key but the name and the expectation is needed
needed=0
for line in $(grep -n ' = ' one.ini | grep -v ':;\|:name\|:duration\|:signal\|:limit' | cut -d : -f 1); do
    sed "${line}d" one.ini >less.ini
    "$ARTSIM" run less.ini --out out --quiet >last.out 2>last.err
    [ $? -eq 1 ] && has '^  fail        lead_axle_on_track ' last.out && {
        echo "FAILED: it fails in the same way without: $(sed -n "${line}p" one.ini)"
        failed=1
    }
    needed=$((needed + 1))
done
check "several keys are left to be needed" test $needed -ge 5
rm -rf out one.ini less.ini

# ---- files beside FILE, in another folder than the result; a failure that is no expectation ----
cp "$ART_SOURCE_DIR/scenarios/manoeuvres/rollover_threshold.csv" in/below/steer.csv
sed '/^\[expect.it_goes/,$d; s/rollover_threshold.csv/steer.csv/' "$ART_SOURCE_DIR/scenarios/manoeuvres/rollover_threshold.ini" >in/below/base.ini
printf 'extends = base.ini\n\n[weather]\nrain = 0.1\n' >in/below/over.ini
mkdir beside
run 0 shrink in/below/over.ini -o beside/one.ini -j 1
run 0 shrink in/below/over.ini -o beside/over.ini -j 3
check "one worker and three find the same" sh -c 'sed "s/one.ini/over.ini/" beside/one.ini | cmp - beside/over.ini'
check "how it fails needs no expectation" has 'fails: the train rolled over' last.out
check "what makes it roll over stays" has '^cg_height = 2.1 m' beside/over.ini
check "rain goes" lacks '^rain' beside/over.ini
sed -n 's/^beside.over.ini; artsim //p' last.out >again
check "the command names the folder of the table" has ' --root in/below' again
eval "run 1 $(cat again) --out out --quiet"
check "and repeats the failure" has 'the train rolled over' last.out
rm -rf out
run 0 shrink in/below/over.ini -o in/over.ini
run 1 run in/over.ini --out out --quiet
check "a file above names the table below" has '^open_loop = below/steer.csv' in/over.ini
rm -rf out

# ---- what would claim something else is not shortened ----
cat >in/end.ini <<'INI'
[scenario]
name = end
duration = 12 s

[vehicle]
file = @assets/vehicles/single_track_car.ini

[initial]
speed = 36 km/h

[drive]
hold_speed = 36 km/h

[expect.far]
signal = distance_m
op = >=
limit = 1 km

[expect.stands]
signal = abs(speed_mps)
limit = 1 m/s
window = end
INI
run 0 shrink in/end.ini -o far.ini
check "a distance that is not reached needs all its time" has '^duration = 12 s' far.ini
run 0 shrink in/end.ini --set 'expect.far.limit=1 m' -o stands.ini
check "so does what is looked at at the end" has '^duration = 12 s' stands.ini
check "which stays what it claims" has '^window = end' stands.ini
run 0 shrink in/end.ini --set 'expect.far.limit=1 m' -o brief.ini --runs 2
check "a search that is cut off says so" has '^; The search ended before everything was tried' brief.ini
run 1 run brief.ini --out out --quiet
rm -rf out far.ini stands.ini brief.ini

# ---- what is refused ----
run 7 shrink in/end.ini --set 'expect.far.limit=1 m' --set 'expect.stands.limit=20 m/s'
check "what passes cannot be shrunk" has 'it does not fail' last.err
run 7 shrink in/end.ini --set scenario.expect=fail
check "of an expected failure it says what to do" has 'add --set scenario.expect=pass' last.err
run 2 shrink
run 2 shrink in/end.ini in/ice.ini
run 2 shrink in/end.ini -o in/end.ini
run 2 shrink in/ice.ini -o kept
ln -s nowhere link.ini
run 2 shrink in/ice.ini -o link.ini
check "a link is not followed" test ! -e nowhere
for words in '--runs 0' '--runs 1e9' '--runs x' '-j 0' '--json'; do
    # shellcheck disable=SC2086
    run 2 shrink in/end.ini $words
done
run 3 shrink nosuch.ini
run 3 shrink "$ART_SOURCE_DIR/assets/vehicles/art3.ini"
{ cat in/end.ini; printf '\n[weather]\nfrction = 1\n'; } >in/wrong.ini
run 3 shrink in/wrong.ini
check "a mistake of the file is told with its line" has '^in/wrong.ini:25: \[weather\] frction: ' last.err
run 8 shrink in/end.ini -o kept/deeper.ini
"$ARTSIM" shrink in/end.ini -o full.ini >/dev/full 2>last.err
check "output that cannot be written is exit code 8" test $? -eq 8
rm -f full.ini
"$ARTSIM" shrink @scenarios/zhuzhou_a1.ini --set weather.friction=0.1 -o never.ini >last.out 2>last.err &
search=$!
sleep 0.4
kill -TERM $search
wait $search
check "an interrupted search is exit code 130" test $? -eq 130
rm -rf last.out last.err again kept link.ini beside
check "nothing is left behind" test "$(ls)" = in
exit $failed
