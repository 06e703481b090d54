#!/bin/sh
# Hostile input through the whole program: each case ends with exit code 3, a message that names the file, and nothing
# written. The messages word by word are in the unit tests of the readers.
set -u
: "${ART_BUILD_DIR:?}" "${ARTSIM:?}"
work=$ART_BUILD_DIR/hostile
rm -rf "$work"
mkdir -p "$work/in/below"
cd "$work/in" || exit 2
failed=0
cases=0

# refused MESSAGE FILE [option...]
refused()
{
    message=$1
    shift
    cases=$((cases + 1))
    timeout 20 "$ARTSIM" run "$@" --out "$work/out" >"$work/log" 2>&1 </dev/null
    code=$?
    if [ $code -ne 3 ] || ! grep -qF -- "$message" "$work/log" || [ -e "$work/out" ]; then
        echo "artsim run $*: exit code $code, expected 3, \"$message\" and no output; it said:"
        head -n 5 "$work/log"
        failed=1
        rm -rf "$work/out"
    fi
}

# unchecked MESSAGE FILE: a mistake that `run` does not meet and `check` finds
unchecked()
{
    cases=$((cases + 1))
    timeout 20 "$ARTSIM" check "$2" >"$work/log" 2>&1 </dev/null
    [ $? -eq 3 ] && grep -qF -- "$1" "$work/log" && return
    echo "artsim check $2 does not find: $1"
    head -n 5 "$work/log"
    failed=1
}

base='extends = @scenarios/line/emergency_stop.ini'
# body FILE TEXT: a scenario that is whole but for what the text says
body()
{
    printf '%s\n%b\n' "$base" "$2" >"$1"
}

printf 'a\000b = 1\n' >nul.ini
refused "NUL" nul.ini
printf '\357\273\277[scenario]\n' >bom.ini
refused "byte order mark" bom.ini
printf '[scenario]\rname = x\r' >cr.ini
refused "cr.ini" cr.ini
printf '[scenario]\r\nname = x\r\n' >crlf.ini
refused "crlf.ini" crlf.ini
cases=$((cases + 1))
for words in "--out=" "--set=foo" "--seed=-1"; do
    timeout 20 "$ARTSIM" run thing.ini "$words" >"$work/log" 2>&1 </dev/null
    [ $? -eq 2 ] || { echo "artsim run $words is no misuse:"; cat "$work/log"; failed=1; }
done
# a timetable that leads out of the folder, is a folder, is none
body away.ini '[service]\ntimetable = ../../../etc/passwd'
refused "away.ini:3: [service] timetable" away.ini
body folder.ini '[service]\ntimetable = below'
refused "folder" folder.ini
body zero.ini '[service]\ntimetable = /dev/zero'
refused "zero.ini:3: [service] timetable" zero.ini
body turn.ini "[service]\nline = northbound 105 m -> 900 m, southbound 700 m -> 105 m"
refused "begins a run back that the train does not stand on" turn.ini
body place.ini "[initial]\nx = 3 m"
refused "x, y, yaw, lateral_speed, yaw_rate and hinge_N are the endless plane's" place.ini
body sight.ini "[sensor.camera.1]\nrange_min = 30 m\nrange_max = 20 m"
refused "must lie beyond range_min" sight.ini
printf '[\000s\000c\000]\000' >wide.ini
refused "UTF-16" wide.ini
printf '[vehicle]\nname = x\n[module.1]\nlength_front = 4 m\n[axle.1]\nmodule = 1\n' >thing.ini
refused "this is a vehicle, a scenario is wanted" thing.ini
refused "shipped files begin with @assets/ or @scenarios/" @scenarois/zhuzhou_a1.ini
body tyre.ini "[vehicle.axle.1]\ntyre = 385_56"
refused 'did you mean "385_55"?' tyre.ini
refused "below" below
refused "/dev/zero" /dev/zero
[ -e pipe ] || mkfifo pipe
refused "pipe" pipe
{ printf '[scenario]\nname = '; head -c 2000 /dev/zero | tr '\0' x; printf '\n'; } >long.ini
refused "at most 1000 are read" long.ini
truncate -s 1G giant.ini
refused "giant.ini" giant.ini
printf 'extends = b.ini\n' >a.ini
printf 'extends = a.ini\n' >b.ini
refused "goes round in a circle" a.ini
for i in 1 2 3 4 5 6 7 8 9 10; do printf 'extends = deep%d.ini\n' $((i + 1)) >deep$i.ini; done
printf '[scenario]\n' >deep11.ini
refused "more than 8 files in a row" deep1.ini
printf '[scenario]\nname = x\n' >../outside.ini
printf 'extends = ../outside.ini\n' >up.ini
refused "up.ini:1: extends" up.ini
ln -s ../outside.ini link.ini
printf 'extends = link.ini\n' >symbolic.ini
refused "symbolic.ini:1: extends" symbolic.ini

for value in 0x10 nan inf 1e999 0,5 '1 parsec' ''; do
    body number.ini "[weather]\nfriction = $value"
    refused "number.ini:3: [weather] friction" number.ini
done
body count.ini "[sweep]\nscenario.seed = 1..999999999"
unchecked "count.ini:3: [sweep] scenario.seed" count.ini
body step.ini "[sweep]\nscenario.step = 1 ms, 3 ms"
unchecked "case 2 of the 2 of its [sweep]: scenario.step=3 ms" step.ini
body axle.ini "[vehicle.axle.4294967297]\nx = 1"
refused "axle.ini:2: [vehicle.axle.4294967297]" axle.ini
body when.ini "[event.e]\nwhen = (((((((((((((((((((((((((((((((((speed_mps > 1\nthen = weather.rain -> 1"
refused "when.ini:3: [event.e] when" when.ini
body fixed.ini "[event.e]\nat = 1 s\nthen = vehicle.axle.1.x -> 3"
refused "fixed.ini:4: [event.e] then" fixed.ini
body fault.ini "[fault.f]\nunit = steering.99\nkind = stuck\nat = 1 s"
refused "fault.ini:3: [fault.f] unit" fault.ini

[ $failed -ne 0 ] || echo "$cases cases, each refused"
exit $failed
