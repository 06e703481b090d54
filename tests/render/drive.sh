#!/bin/sh
# A drive by hand with the window's keys: the lever moves the train, the horn ends by itself, the guidance takes the wheel
# back; in other modes the same keys move the camera. What F2 saves repeats headless to the same state.
set -u
: "${ART_SOURCE_DIR:?}" "${ART_BUILD_DIR:?}" "${ARTVIEW:?}" "${ARTSIM:?}"
work=$ART_BUILD_DIR/drive
rm -rf "$work"
mkdir -p "$work"
cd "$work" || exit 2
failed=0

# value NAME LINE: of what was said
value() { sed -n "$2p" said | tr ' ' '\n' | sed -n "s/^$1=//p"; }
fail() { echo "$1"; failed=1; }
# expect WHAT NAME LINE VALUE
expect() { [ "$(value "$2" "$3")" = "$4" ] || fail "$1: $2 is $(value "$2" "$3"), not $4"; }

cat >input <<'END'
# not driving yet: W is the free camera's
t=0.1 key 8
t=0.2 key W
t=0.3 say
# at the stop: away with two notches
t=0.4 key U
t=0.5 key W
t=0.6 key W
t=1.0 say
t=7.0 say
# a touch of the wheel in the first curve, and back to the guidance; horn
t=7.1 key A
t=7.2 key D
t=7.4 key D
t=7.6 say
t=7.8 key Shift+Q
t=8.0 key Return
t=8.2 say
t=9.6 say
# brake to rest, ask for the doors away from a platform, go on, give back
t=9.7 key Q
t=10.0 key S
t=10.1 key S
t=10.2 key S
t=18.0 say
t=18.1 key Z
t=19.0 say
t=19.1 key Z
t=19.2 key W
t=19.3 key W
t=19.4 key W
t=19.5 key W
t=22.0 say
t=22.1 key U
t=24.0 say
t=24.1 key F2
t=24.2 key =
t=24.3 key =
t=24.4 key =
t=24.5 key =
t=24.6 key =
t=24.7 key =
t=30.0 say
t=30.1 leave
END
SDL_AUDIODRIVER=disk SDL_DISKAUDIOFILE=$work/heard.raw timeout 300 "$ARTVIEW" \
    "$ART_SOURCE_DIR/scenarios/stations/first_station.ini" --size 320x180 --quality low \
    --input input >said 2>log </dev/null || { cat log; echo "artview ended with exit code $?"; exit 1; }

expect 'W before' lever 1 0
expect 'W before' changes 1 0
[ "$(value tilt 1)" != 0.3500 ] || fail "W does not move the free camera of a train that drives itself"
expect 'two notches' lever 2 0.4
awk "BEGIN { exit !($(value speed 3) > $(value speed 2) + 1) }" ||
    fail "the lever at 0.4 takes the train from $(value speed 2) m/s to only $(value speed 3) m/s"
expect 'wheel' hand_steer 4 1
expect 'horn' sounds 5 1
[ "$(od -An -v -tx1 heard.raw | tr -d ' 0\n' | head -c 1 | wc -c)" = 1 ] || fail "the horn is not heard"
expect 'Shift Q' hand_steer 5 0
expect 'a second later' sounds 6 0
awk "BEGIN { exit !($(value speed 7) < 0.05) }" || fail "the brake leaves $(value speed 7) m/s"
expect 'asked' doors 8 1
expect 'away from a platform' opening 8 0.00
awk "BEGIN { exit !($(value speed 9) > 0.2) }" || fail "after closing the train does not leave"
expect 'given back' driving 10 0

saved=artview-session-001.ini
[ -s "$saved" ] || { cat said; echo "F2 wrote no $saved"; exit 1; }
for key in drive lever hand_steer steer horn doors; do
    grep -q "^then = .*manual.$key -> " "$saved" || fail "$saved never sets manual.$key"
done
"$ARTSIM" run "$saved" --trace none --quiet --out out >log 2>&1 </dev/null
headless=$(sed -n 's/.*"state_hash": "\([0-9a-f]*\)".*/\1/p' out/*/result.json)
window=$(value hash 11)
[ -n "$headless" ] && [ "$window" = "$headless" ] || fail "the drive ends in state $window in the window, $headless headless"
[ $failed -eq 0 ] && echo "driven by hand, saved, and repeated headless to $headless"
exit $failed
