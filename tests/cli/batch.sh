#!/bin/sh
# artsim batch and sweep: the same bytes for any number of workers, in shards, and after a kill; crashes, hangs and full
# disks cost what they must and no more.
set -u
: "${ARTSIM:?}" "${ART_BUILD_DIR:?}" "${ART_SOURCE_DIR:?}"
work=$ART_BUILD_DIR/cli_batch
rm -rf "$work" && mkdir -p "$work/files/deep" && cd "$work" || exit 2
. "$ART_SOURCE_DIR/tests/cli/parts/checks.sh"

same() { diff -r -x perf.json "$1" "$2"; }
has() { grep -q -- "$1" "$2"; }

scenario() # NAME DURATION EXTRA
{
    printf 'extends = @scenarios/guidance/lane_change.ini\n\n[scenario]\nname = %s\nduration = %s\ntags = short%s\n' \
        "$1" "$2" "${3:-}"
}
{ scenario swept '1 s'; printf '\n[sweep]\nweather.friction = 0.3, 0.5, 0.8\nscenario.seed = 1..3\n'; } >files/swept.ini
{ scenario good '2 s'; printf '\n[expect.settles]\nunexercised = ok\n'; } >files/good.ini
{ scenario bad '2 s'; printf '\n[expect.impossible]\nsignal = speed_max_mps\nlimit = 1 m/s\n'; } >files/deep/bad.ini
{ scenario hoped '2 s' '\nexpect = fail' | sed 's/\\n/\n/'; printf '\n[expect.impossible]\nsignal = speed_max_mps\nlimit = 1 m/s\n'; } >files/hoped.ini
{ scenario manual '2 s' ', manual'; } >files/manual.ini
printf '[vehicle]\nname = no scenario\n' >files/vehicle.ini

# ---- any number of workers and shards ----
run 1 batch files -j 1 --out j1 --junit copy.xml
check "failures are shown at once and again at the end" test "$(grep -c 'again: artsim run files/deep/bad.ini' last.out)" -eq 2
check "the last line names the thinnest margin and how to look at it" \
    sh -c 'tail -n 1 last.out | grep -q "^thinnest margin: .* artview .* --at "'
check "a manual scenario and a vehicle are no part of a folder" test "$(grep -c '"index"' j1/manifest.json)" -eq 12
check "an expected failure passes" has '"scenario": "hoped", "verdict": "pass"' j1/summary.json
check "only failed cases leave a folder" test "$(ls -d j1/bad-* j1/good-* j1/hoped-* 2>/dev/null | wc -l)" -eq 1
check "the second copy of junit.xml is the first" cmp copy.xml j1/junit.xml
run 1 batch files -j2 --out j2
check "-j 1 and -j 2 leave the same bytes" same j1 j2
run 1 batch files --shard 1/2 --out a
run 1 batch files --shard 2/2 --out b
run 1 sweep merge a b --out merged
check "two shards merged leave the same bytes" same j1 merged
if command -v xmllint >/dev/null; then check "junit.xml is well-formed" xmllint --noout j1/junit.xml; fi
if command -v xmllint >/dev/null; then check "report.html is well-formed" xmllint --noout j1/report.html; fi
check "report.html needs no network" sh -c '! grep -qE "https?:|src=|@import|url\(" j1/report.html'
check "report.html draws every case of a small batch" test "$(grep -c 'class="player"' j1/report.html)" -eq 12
check "a run that was kept has a page of its own" has 'class="player"' j1/bad-*/report.html
# every test of an expectation has all of them; what was never exercised lacks what it cannot have and says so
tests=$(grep -c '<testcase' j1/junit.xml)
unexercised=$(grep -c 'name="exercised" value="no"' j1/junit.xml)
count() { test "$(grep -c "$1" j1/junit.xml)" -eq "$2"; }
for word in exercised signal op unit limit moment time_s chainage_m; do
    check "junit.xml shows $word of every test" count "property name=\"$word\"" "$tests"
done
for word in actual margin; do
    check "junit.xml shows $word of what was exercised" count "property name=\"$word\"" $((tests - unexercised))
done
check "an unexercised expectation that may be so is skipped" has '<skipped message="unexercised: .* was not looked at: its .when. did not hold' j1/junit.xml
check "a test has no time of its own" sh -c '! grep -q "<testcase.* time=" j1/junit.xml'
total() { grep '<testsuite ' j1/junit.xml | sed "s/.* $1=\"\([^\"]*\)\".*/\1/" | awk '{sum += $1} END {print sum}'; }
for word in tests failures errors skipped time; do
    check "junit.xml sums up $word" has "<testsuites .* $word=\"$(total $word)\"" j1/junit.xml
done

check "summary.json has the swept values" has '"sets": {"weather.friction": "0.3", "scenario.seed": "1"}' j1/summary.json
check "the page is headed by them" has '<h2>swept (weather.friction=0.3 scenario.seed=1) ' j1/report.html
check "the page has statistics over all cases" has 'data-of="metric">speed_<wbr/>max_<wbr/>mps</td><td class="number" data-of="cases">12</td>' j1/report.html
check "and the metrics of each" test "$(grep -c '<summary>metrics</summary>' j1/report.html)" -eq 12
check "a failure names the command that explains it" has '<p class="cause">.*artsim explain files/deep/bad.ini' j1/report.html
{ scenario many '50 ms'; printf '\n[sweep]\nscenario.seed = 1..97\n'; } >many.ini
run 1 batch many.ini --keep none --out many
check "of a large batch it draws the first case of each file" test "$(grep -c 'class="player"' many/report.html)" -eq 1
check "the page plots margins over a swept key, with zero" has '<h3>scenario.seed</h3>.*class="zero"' many/report.html

# ---- selection and exit codes ----
run 0 batch files/good.ini files/hoped.ini --out good
run 7 batch files --tag nosuch --out none
run 3 batch nosuch.ini --out none
run 2 batch files --shard 3/2 --out none
run 2 batch files --keep some --out none
printf '[scenario]\nname = wrong\ndurration = 3 s\n' >wrong.ini
run 3 batch wrong.ini files/deep/bad.ini --out wrong
check "an invalid file is told with its line" has 'wrong.ini:3: .*durration' last.out
printf '[scenario]\ndurration = 3 s\n' >nameless.ini
printf 'what is this?\n' >prose.ini
run 3 batch wrong.ini nameless.ini ./prose.ini --out invalid
check "an invalid file goes by its name or its path" sh -c 'tail -n +12 last.out | grep "^error" | cut -d, -f1 | tr "\n" "+" | grep -q "^error wrong+error nameless+error ./prose+$"'
check "junit.xml tells invalid files apart" has 'name="nameless"' invalid/junit.xml
run 0 batch files/good.ini --keep all --out kept
run 0 batch files/good.ini --keep none --out kept
check "a batch removes no run" test -e kept/good-*/result.json
run 0 list files
check "list counts the cases of a sweep" has 'swept  *9 cases' last.out

# ---- kill -9 and resume ----
printf '\n[expect.impossible]\nsignal = speed_max_mps\nlimit = 1 m/s\n\n[sweep]\nscenario.seed = 1..40\n' >more.ini
{ scenario long '24 s'; cat more.ini; } >long.ini
run 1 batch long.ini -j 2 --keep none --out straight
"$ARTSIM" batch long.ini -j 2 --keep none --out killed >/dev/null 2>&1 </dev/null &
batch=$!
while [ "$(cat killed/shards/*.records 2>/dev/null | wc -l)" -lt 5 ]; do sleep 0.05; done
kill -9 $batch
wait $batch 2>/dev/null
done_before=$(cat killed/shards/*.records | wc -l)
check "the kill came in the middle ($done_before of 40 done)" test "$done_before" -lt 40
check "no worker outlives the batch for long" sh -c \
    'for i in 1 2 3 4 5 6 7 8 9 10; do pgrep -f -- "--out kille[d]" >/dev/null || exit 0; sleep 1; done; exit 1'

printf '0123456789abcdef {"index": 3, "torn' >>killed/shards/1-of-1.records
run 1 batch long.ini -j 2 --keep none --out killed --resume
check "a batch that was killed and resumed leaves the same bytes" same straight killed
run 2 batch files/good.ini --out killed --resume
check "resume refuses another batch" has 'another plan' last.err

# ---- workers that die or hang ----
# children PID: the workers of a batch
children() { ps -o pid= --ppid "$1" 2>/dev/null; }
if ps -o pid= --ppid $$ >/dev/null 2>&1; then
    "$ARTSIM" batch long.ini -j 2 --keep none --out crash >crash.out 2>crash.err </dev/null &
    batch=$!
    while [ "$(cat crash/shards/*.records 2>/dev/null | wc -l)" -lt 3 ]; do sleep 0.05; done
    kill -SEGV $(children $batch | head -n 1)
    wait $batch
    check "a worker that crashes makes exit code 4" test $? -eq 4
    check "its case has verdict error, with the signal" has '"verdict": "error".*signal 11' crash/summary.json
    check "the other cases end as ever" test "$(grep -c '"verdict": "fail"' crash/summary.json)" -eq 39
    check "the thinnest margin is not taken while a case may run again" test -z "$(ls -d crash/long-* 2>/dev/null)"
    run 1 batch long.ini -j 2 --keep none --out crash --resume
    check "resume runs the lost case again" same straight crash

    "$ARTSIM" batch long.ini -j 2 --keep none --out hang --wall-limit 3 >hang.out 2>hang.err </dev/null &
    batch=$!
    while [ "$(cat hang/shards/*.records 2>/dev/null | wc -l)" -lt 3 ]; do sleep 0.05; done
    kill -STOP $(children $batch | head -n 1)
    wait $batch
    check "a worker that hangs makes exit code 5" test $? -eq 5
    check "its case has verdict timeout" has '"timeout": 1' hang/summary.json
else
    echo "crashing workers are not tested: ps cannot list children here"
fi
run 5 batch files/good.ini --sim-limit 1 --out limited
check "a case beyond the simulated limit has verdict timeout" has '"verdict": "timeout"' limited/summary.json
check "the line that repeats it has the limit" has 'again: artsim run files/good.ini --sim-limit 1$' last.out
run 5 batch files/good.ini --sim-limit 1 --out limited --resume
check "a limit that is still in force is final" test "$(wc -l <limited/cases.jsonl)" -eq 1
run 0 batch files/good.ini --out limited --resume
check "without the limit the case is run again" has '"pass": 1' limited/summary.json
run 0 batch files/good.ini --out limited --resume

# ---- interruption ----
"$ARTSIM" batch long.ini -j 2 --keep none --out stopped >stopped.out 2>stopped.err </dev/null &
batch=$!
while [ "$(cat stopped/shards/*.records 2>/dev/null | wc -l)" -lt 3 ]; do sleep 0.05; done
kill -TERM $batch
wait $batch
check "an interrupted batch ends with 130" test $? -eq 130
check "and leaves its reports" has '"not_run"' stopped/summary.json

# ---- output that cannot be written ----
: >in_the_way
run 8 batch files/good.ini --out in_the_way/deeper
if [ "$(id -u)" -eq 0 ] && mkdir -p full && mount -t tmpfs -o size=16k tmpfs full 2>/dev/null; then
    run 8 batch files --keep all -j 1 --out full/out
    check "a full disk leaves no half file" test -z "$(find full -name '*.tmp*')"
    for file in $(find full -name '*.json'); do check "$file is whole" sh -c "tail -c 2 $file | grep -q '}'"; done
    check "each thing that could not be written has a line" sh -c '! grep -q "No space left on device." last.out last.err'
    check "the last lines say that not all was written" has 'NOT ALL COULD BE WRITTEN in: full/out' last.out
    umount full
    mount -t tmpfs -o size=40k tmpfs full
    run 8 batch files/good.ini files/hoped.ini --keep none -j 1 --out full/out
    check "reports that could not be written are told beside cases that passed" has 'NOT ALL COULD BE WRITTEN' last.out
    check "and once" test "$(grep -c 'No space left' last.err)" -ge 1
    umount full
else
    echo "the full disk is not tested: no tmpfs can be mounted here"
fi

# ---- sweeps ----
run 0 sweep plan long.ini --out one
run 1 sweep run one -j 2 --quiet
run 0 sweep plan long.ini --out eight
for k in 1 2 3 4 5 6 7 8; do run 1 sweep run eight --shard $k/8 -j 1 --quiet; done
head -c -40 eight/shards/5-of-8.records >cut && cp cut eight/shards/5-of-8.records
run 4 sweep merge eight
check "a merge with missing cases says so" has '1 of 40 cases have no record' last.err
run 1 sweep run eight --shard 5/8
run 0 sweep status eight
check "status counts" has '40 of 40 done, 40 failed' last.out
run 1 sweep merge eight
check "eight shards, one cut in a record, merge to the same bytes" same one eight
run 2 sweep plan files/good.ini --out one
check "a plan never changes" has 'a plan never changes' last.err
cp -r one twisted && sed -i 's/"distance_m": [0-9]/"distance_m": 9/;q' twisted/cases.jsonl
run 1 sweep merge twisted one --out ignored
check "a record with a wrong checksum is passed over" has 'damaged record is passed over' last.err
run 0 sweep plan long.ini --out other
run 5 sweep run other --sim-limit 1 --quiet
run 4 sweep merge one other --out ignored
check "two different results of one case are nondeterminism" has 'nondeterminism: two records differ' last.err
{ scenario mistaken '1 s'; printf '\n[sweep]\nweather.frction = 0.3, 0.5\n'; } >mistaken.ini
run 3 sweep plan mistaken.ini --out mistaken
check "a sweep with a mistake is no plan" has 'mistaken.ini:9: .sweep. weather.frction: ' last.err
check "and leaves nothing" test ! -e mistaken/manifest.json
mkdir -p garbage && head -c 4000 /dev/urandom >garbage/manifest.json
run 3 sweep run garbage
head -c 300 one/manifest.json >garbage/manifest.json
run 3 sweep run garbage
check "a manifest that was cut is refused" has 'is no JSON' last.err
run 0 sweep script one --shard 1/4
check "script prints a shell script" sh -n last.out
exit $failed
