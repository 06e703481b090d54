#!/bin/sh
# Jumps by keys are exact, changes by keys are saved and repeat headless, and files are read again when they are saved.
# No user, no display. (every_key.sh tries every key.)
set -u
: "${ART_SOURCE_DIR:?}" "${ART_BUILD_DIR:?}" "${ARTVIEW:?}"
work=$ART_BUILD_DIR/input
rm -rf "$work"
mkdir -p "$work"
cd "$work" || exit 2
failed=0

# field NAME LINE: the value of name=value in line LINE of what was said
field() { sed -n "$2p" said | tr ' ' '\n' | sed -n "s/^$1=//p" | tail -n 1; }

# expect WHAT NAME LINE VALUE
expect()
{
    value=$(field "$2" "$3")
    [ "$value" = "$4" ] && return
    echo "$1: $2 is \"$value\", not \"$4\""
    failed=1
}

# run: the lines of `input` get their times; `say` follows each key in the next frame
run()
{
    awk 'BEGIN { t = 0.1 } { printf "t=%.2f key %s\nt=%.2f say\n", t, $0, t + 0.1; t += 0.2 } END { printf "t=%.2f leave\n", t }' \
        keys >input
    timeout 120 "$ARTVIEW" "$ART_SOURCE_DIR/scenarios/zhuzhou_a1.ini" --at 30 --size 640x360 --quality low --input input \
        >said 2>log </dev/null || { cat log; echo "artview ended with exit code $?"; exit 1; }
}

# going to and fro: every jump is exact, and what is known stays known
printf '%s\n' Space Space . , Left Right Home End = = - J Shift+N N L L F1 F1 G G >keys
run
expect 'two spaces' paused 2 0
expect '.' paused 3 1
before=$(field tick 3)
expect ',' tick 4 $((before - 100))
expect Left tick 5 $((before - 5100))
expect Right tick 6 $((before - 100))
expect Home tick 7 0
expect End tick 8 "$(field known 7)"
expect '=' rate 9 2
expect '=' rate 10 4
expect '-' rate 11 2
expect J bookmarks 12 1
expect L loop 15 1
expect L loop 16 0
expect F1 sheet 17 help
expect F1 sheet 18 none
expect G sheet 19 diagram
expect G sheet 20 none

# a command by keys alone, saved, repeats headless to the same state
printf '%s\n' F Down Down Down Right Return F2 Escape Escape >keys
run
expect F sheet 1 palette
expect Enter changes 6 1
expect Enter sheet 6 none
expect Escape sheet 8 chooser
expect Escape sheet 9 none
saved=artview-session-001.ini
[ -s "$saved" ] || { echo "F2 wrote no $saved"; exit 1; }
grep -q '^then = [a-z_.]* -> ' "$saved" || { echo "$saved holds no command"; cat "$saved"; failed=1; }
# a fault from the middle of the palette, then the speed limit, at the fastest rate
awk 'BEGIN {
    t = 0.1; n = split("F DOWN Return F 5 Left Return F2 = = = = = =", keys, " ")
    for (i = 1; i <= n; i++) {
        times = keys[i] == "DOWN" ? 27 : 1
        for (k = 0; k < times; k++) { printf "t=%.2f key %s\n", t, keys[i] == "DOWN" ? "Down" : keys[i]; t += 0.04 }
    }
    printf "t=%.2f say\nt=%.2f leave\n", t + 0.1, t + 0.2
}' >input
rm -f "$saved"
"$ARTVIEW" "$ART_SOURCE_DIR/scenarios/line/emergency_stop.ini" --at 5 --quality low --input input >said 2>log </dev/null ||
    { cat log; exit 1; }
expect 'fault and setting' changes 1 2
grep -q '^\[fault.window_1\]' "$saved" || { echo "$saved has no fault"; cat "$saved"; failed=1; }
expect 'as fast as it goes' rate 1 0
window=$("$ARTVIEW" "$saved" --hash </dev/null)
headless=$("$ARTSIM" run "$saved" --trace none --quiet --json --out out </dev/null 2>/dev/null | sed -n 's/.*"state_hash": *"\([0-9a-f]*\)".*/\1/p')
[ -n "$headless" ] || headless=$(sed -n 's/.*"state_hash": "\([0-9a-f]*\)".*/\1/p' out/*/result.json)
[ "$window" = "$headless" ] || { echo "saved session: $window in the window, $headless headless"; failed=1; }
# the chooser shows a picture of what is selected, and the run is as it was when it is left
cat >input <<'END'
t=0.5 key Space
t=0.6 shot before.png
t=0.7 key Escape
t=0.8 key End
t=1.2 shot last.png
t=1.3 key Up
t=1.7 shot other.png
t=1.8 key Escape
t=2.0 shot after.png
t=2.1 leave
END
"$ARTVIEW" "$ART_SOURCE_DIR/scenarios/line/emergency_stop.ini" --size 320x180 --quality low --input input >said 2>log \
    </dev/null || { cat log; exit 1; }
cmp before.png after.png || { echo "the picture of the run is another after the chooser"; failed=1; }
cmp -s last.png other.png && { echo "two scenarios have the same picture in the chooser"; failed=1; }
cmp -s last.png before.png && { echo "the chooser shows the run that was open"; failed=1; }
# a file that is saved is read again; one with mistakes shows them while the old run goes on. The script is a pipe: the
# window waits in it until the file is changed
rm -f script edited.ini
mkfifo script
base='extends = @scenarios/line/emergency_stop.ini'
printf '%s\n' "$base" >edited.ini
"$ARTVIEW" edited.ini --quality low --input script >said 2>log </dev/null &
window=$!
exec 3>script
printf 't=0.2 say\n#\n' >&3
sleep 1
printf '%s\n[weather]\nfriction = 0.5\n' "$base" >edited.ini
printf 't=1.0 say\nt=1.1 key Escape\n#\n' >&3
sleep 1
printf '%s\n[weather]\nfriction = wet\n' "$base" >edited.ini
printf 't=2.0 say\nt=2.5 say\nt=2.6 leave\n' >&3
exec 3>&-
wait $window || { cat log; echo "live reload: artview failed"; failed=1; }
expect 'a new value' sheet 2 changes
expect 'a mistake' sheet 3 mistakes
[ "$(field tick 4)" -gt "$(field tick 3)" ] || { echo "the old run does not go on beside the mistakes"; failed=1; }

[ $failed -eq 0 ] && echo "jumps, changes and files read again do what they say"
exit $failed
