#!/bin/sh
# What can be done with a run: bless and compare, diff, replay, fork, explain, watch; and files to begin with.
set -u
: "${ARTSIM:?}" "${ART_BUILD_DIR:?}" "${ART_SOURCE_DIR:?}"
work=$ART_BUILD_DIR/cli_runs
rm -rf "$work" && mkdir -p "$work" && cd "$work" || exit 2
. "$ART_SOURCE_DIR/tests/cli/parts/checks.sh"
has() { grep -q -- "$1" "$2"; }

scenario=$ART_SOURCE_DIR/scenarios/guidance/lane_change.ini

# ---- goldens ----
run 2 bless "$scenario" --out golden
run 0 bless "$scenario" --why "for this test" --out golden
golden=golden/guidance.lane_change.golden
run 0 run "$scenario" --golden $golden --out out --quiet
run 6 run "$scenario" --golden $golden --out out --quiet --set scenario.seed=2
check "a golden says where the two part" has 'first divergence between tick 0 and 1000' last.out
check "and what moved most" has 'moved most, by .* of its range' last.out
run 0 bless "$scenario" --why "again" --out golden
check "blessing the same run changes nothing" has 'the same' last.out
run 3 run "$scenario" --golden nosuch.golden --out out --quiet

# ---- diff, replay ----
first=$(ls -d out/lane_change-* | head -n 1)
second=$(ls -d out/lane_change-* | tail -n 1)
run 0 diff "$first" "$first"
run 6 diff "$first" "$second"
check "diff tells time, signal and both values" has 'first divergence: row .* time_s .* against' last.out
run 0 diff "$first" "$second" --abs 1 --rel 2
run 3 diff "$first" "$scenario"
run 0 replay "$first"
cp -r "$first" changed
sed 's/^\(2\.5,.*\)[0-9]$/\19/; s/^\(2\.6,.*\)[0-9]$/\18/' changed/trace.csv >trace && mv trace changed/trace.csv
run 6 replay changed/trace.csv
check "replay tells tick and signal" has 'first divergence: tick 2[56]00' last.out

sed '$d' "$first/trace.csv" | sed '$d' >changed/trace.csv
run 6 replay changed/trace.csv
check "replay says that the last rows are missing" has 'rows are missing' last.out
sed '20,22d' "$first/trace.csv" >changed/trace.csv
run 6 replay changed/trace.csv
check "and those between" has 'no rows for some time after 1.7 s: rows are missing' last.out
sed '2,4d' "$first/trace.csv" >changed/trace.csv
run 6 replay changed/trace.csv
check "and the first ones" has 'no rows of the start' last.out
run 0 run "$scenario" --out sparse --sample 0.7 --quiet
run 0 replay sparse/lane_change-*

run 0 run "$scenario" --out some --columns speed_mps,axle*_steer_rad,speed_mps --quiet
some=$(ls -d some/lane_change-*)
check "a list of columns begins with time and train" sh -c "head -n 1 $some/trace.csv | grep -q '^time_s,train,speed_mps,axle1_steer_rad,.*axle6_steer_rad\$'"
run 0 replay "$some"
cut -d, -f1,3- "$some/trace.csv" >changed/trace.csv
run 3 replay changed/trace.csv
run 0 run "$scenario" --out mcap --trace mcap --quiet
run 2 replay mcap/lane_change-*/trace.mcap
check "replay says what it compares" has 'rows are compared in trace.csv alone' last.err
run 0 replay mcap/lane_change-*
check "of a run without trace.csv replay compares the last state" has 'the last state is the same' last.out
rm mcap/lane_change-*/result.json
run 3 replay mcap/lane_change-*

# ---- limits of time ----
run 5 run "$scenario" --sim-limit "3 s" --out late --quiet
check "a run that is ended says why" has 'timeout (it did not end within the limit of simulated time)' last.out
check "its repro.sh ends at the same limit" sh -c 'tail -n 1 late/*/repro.sh | grep -q -- "--sim-limit 3 "'
run 0 replay late/lane_change-*
run 0 run "$scenario" --out twice --quiet
twice=$(ls -d twice/*)
cp -r "$twice" kept
run 5 run "$scenario" --sim-limit 3 --out twice --trace mcap --quiet
check "a run that a limit ended leaves the finished one as it was" diff -r kept "$twice"
check "it has a folder beside it" has '"verdict": "timeout"' "$twice-unfinished/result.json"
check "with its trace" test -s "$twice-unfinished/trace.mcap"
run 0 run "$scenario" --out late --quiet
check "a finished run takes the place of one that a limit ended" has '"verdict": "pass"' late/lane_change-*/result.json
check "and no half file is left" test -z "$(find late twice -name '*.tmp*')"
run 5 run "$ART_SOURCE_DIR/scenarios/zhuzhou_a1.ini" --wall-limit 0.001 --out late --quiet
run 2 run "$scenario" --wall-limit never --out late

# ---- fork ----
run 0 fork "$first" --at 7.123 s --out forked --quiet
check "a fork without other settings is the straight run" diff -r -x perf.json "$first" "forked/$(basename "$first")"
run 1 fork "$first" --at 7s --set weather.friction=0.05 --out slid --quiet
check "a fork has a case id of its own" test "$(ls slid)" != "$(basename "$first")"
run 0 replay slid/lane_change-*
check "replay repeats a fork as a fork" has 'rows and the last state are the same' last.out
sed 's/"at_s": 7/"at_s": 7.2/' slid/lane_change-*/fork.json >fork.json && mv fork.json slid/lane_change-*/
run 6 replay slid/lane_change-*
run 0 replay forked/lane_change-*
run 2 explain slid/lane_change-*
run 2 fork slid/lane_change-* --at 8s
check "a fork is no run to go on from" has 'is a fork, and its resolved.ini is of the run before it' last.err
run 1 fork "$first" --at 0 --set weather.friction=0.05 --out slid_whole --quiet
run 0 replay slid_whole/lane_change-*
run 2 fork "$first" --at 7s --set service.load=AW3 --out refused
for set in vehicle.battery.initial=20 atp.tacho_error=2 passengers.boarding=9 estimator.start_error=0.4 sensor.imu.gyro_bias=1 \
    sensor.camera.1.along_bias=9 sensor.gnss.map_offset=50 sensor.wheel_speed.radius_error=2 train.1.load=AW3; do
    run 2 fork "$first" --at 7s --set $set --out refused
    check "the past has fixed $set" has 'the past has fixed it' last.err
done
run 2 fork "$first" --at 7s --set event.ice.at=5 --set 'event.ice.then=weather.friction -> 0.1' --out refused
check "an event before the fork is refused" has 'lies before the fork' last.err
: >in_the_way
run 8 fork "$first" --at 7s --out in_the_way/deeper
run 2 fork "$first" --at 700s --out refused
run 2 fork "$first" --at 7s --set scenario.duration=5s --out refused
check "a fork whose run would be over is refused" has 'with these settings the run ends before that time' last.err
run 2 fork "$first" --at soon --out refused
check "a time that is none is refused with what would be right" has 'soon: --at wants the time of the fork' last.err

# ---- explain ----
{
    cat "$scenario"
    printf '\n[event.ice]\nat = 6 s\nthen = weather.friction -> 0.05\n\n[event.drizzle]\nat = 5 s\nthen = weather.rain -> 0.2\n'
    printf '\n[fault.later]\nunit = camera.1\nkind = freeze\nat = 900 s\n'
} >ice.ini
run 1 explain ice.ini
check "explain tells by how much" has 'every_axle_on_track failed: .* beyond' last.out
check "explain tells what came before" has 'setting weather.friction to 0.05' last.out
check "explain finds the event that made the difference" has 'without event ice: .*would have held' last.out
check "explain acquits the other" has 'without event drizzle: .*would fail all the same' last.out
check "explain runs without causes that happened alone" has 'fault later never began' last.out
check "explain tells an event once, whatever failed after it" test "$(grep -c 'setting weather.friction to 0.05' last.out)" -eq 1
check "explain leaves no doubled blanks inside a line" sh -c '! sed "s/^ *//;s/^[0-9.]* s  //" last.out | grep -q "  "'

# a train that stands names what holds it; values with names have no distance; a value of the whole run has no moment
cat >held.ini <<'END'
extends = @scenarios/zhuzhou_a1.ini
[scenario]
name = held
duration = 30 s
[fault.eye]
unit = camera.1
kind = freeze
at = 5 s
[expect.ends]
signal = mode
op = =
limit = finished
window = eventually
[expect.starts]
signal = mode
op = =
limit = driving
window = eventually
END
run 1 explain held.ini
check "explain says why the train stood" has 'Train 1 stood at chainage .* to the end: its supervision has stopped it: alarm camera 1' last.out
check "explain shows values by name" has 'ends failed: mode was never finished' last.out
check "explain says when a value is of no moment" has 'It is a value of the whole run' last.out
check "explain lists what led to the standstill" has 'fault_detected: eye, .* s after it began' last.out
run 1 run held.ini --out held
check "the table shows values by name" has 'ends  *margin does not hold  *mode .*, at some time = finished' last.out
check "of a value that was waited for it shows the best moment" has 'starts  *margin holds  *mode driving, .*, best at ' last.out
check "the page says why the train stood" has 'At the end train 1 stood at .*: its supervision has stopped it' held/held-*/report.html
check "the page shows values by name" has '<td data-of="limit" class="number">at some time = finished</td>' held/held-*/report.html
run 0 explain "$scenario" --set scenario.duration=2s --set expect.settles.unexercised=ok
check "explain of a run that passed takes the thinnest margin" has 'Nothing failed; this is the thinnest margin' last.out

# ---- watch ----
mkdir watched && cp "$scenario" watched/a.ini
run 0 watch watched --once
"$ARTSIM" watch watched >watch.out 2>&1 </dev/null &
watch=$!
until grep -q '^watched/a.ini: pass' watch.out; do sleep 0.1; done
echo 'durration = 3 s' >>watched/a.ini
tries=0
until grep -q 'durration: unknown key' watch.out || [ $tries -gt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
kill -INT $watch 2>/dev/null || kill -TERM $watch
wait $watch
check "watch ends with 130" test $? -eq 130
check "watch tells a mistake as soon as it is saved" has 'durration: unknown key' watch.out

# ---- ageing: paint between the wheels lasts, paint under them does not ----
circle=$ART_SOURCE_DIR/scenarios/guidance/circle_r15.ini
route=$ART_SOURCE_DIR/assets/routes/circle_r15.ini
run 0 age "$route" "$circle" --passes 100000 --out kept.ini
check "a train that keeps to its track wears no dash" has ' 0 stretches' last.out
run 0 age "$route" "$circle" --passes 100000 --set guidance.trail=hinge_angle --out worn.ini
check "one that cuts the curve does" has '^wear = 0\.0[1-9]' worn.ini
check "the worn route takes the rest from the old one" has '^extends = @assets/routes/circle_r15.ini' worn.ini
run 0 check worn.ini
run 0 run "$circle" --set route.file=worn.ini --root . --out worn --quiet
run 0 run "$circle" --out fresh --quiet
faintest() { cut -d, -f5 "$1"/circle_r15-*/marks.csv | sort -g | sed -n 2p; }
check "its marks are fainter there" sh -c "awk 'BEGIN { exit !($(faintest worn) < $(faintest fresh)) }'"
run 2 age "$route" "$circle"
run 3 age "$circle" "$circle" --out no.ini
run 2 age "$route" "$circle" --passes none --out no.ini
check "nothing is written after a mistake" test ! -e no.ini

# ---- new, limits ----
run 0 new scenario mine
run 0 check mine.ini
run 0 run mine.ini --out mine --quiet
run 0 new vehicle train
run 0 check train.ini
run 0 run mine.ini --set vehicle.file=train.ini --out mine --quiet
run 2 new scenario mine
run 2 new scenario 'a b'
run 0 run mine.ini --explain-limits --out mine --quiet
check "limits name their causes" has 'braking to a stop: Zhujiang North Road' last.out
exit $failed
