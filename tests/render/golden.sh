#!/bin/sh
# Frames without a display against golden ones: cameras by day, in rain and at night, each overlay, the diagram. A failure
# leaves actual, golden and difference in the build's folder golden/.
# After an intended change, on any machine: ART_BLESS=1 sh tests/render/golden.sh, look at what changed, commit it alone.
set -u
here=$(cd "$(dirname "$0")" && pwd)
: "${ART_SOURCE_DIR:=$(cd "$here/../.." && pwd)}"
: "${ART_BUILD_DIR:=$ART_SOURCE_DIR/build/ci}"
: "${ARTVIEW:=$ART_BUILD_DIR/artview}"
compare=$ART_BUILD_DIR/tests/render_unit/picture_compare
work=$ART_BUILD_DIR/golden
golden=$here/golden
[ -x "$compare" ] || { echo "skipped: picture_compare was not built"; exit 77; }
rm -rf "$work"
mkdir -p "$work" "$golden"
failed=0
count=0

# frames NAME FILE SHOT...: a shot is name:keys
frames()
{
    name=$1 file=$2
    : "${size:=640x360}"
    shift 2
    list=$*
    set --
    for shot in $list; do
        set -- "$@" --shot "size=$size,quality=med,${shot#*:}" "$work/$name-${shot%%:*}.png"
    done
    timeout 300 "$ARTVIEW" "$file" ${ghost:+--ghost "$ghost"} "$@" >"$work/log" 2>&1 </dev/null || { cat "$work/log"; echo "$name: artview failed"; exit 1; }
    for shot in $list; do
        picture=$name-${shot%%:*}.png
        count=$((count + 1))
        if [ -n "${ART_BLESS:-}" ]; then
            "$compare" "$work/$picture" - "$golden/$picture" || exit 1
        else
            said=$("$compare" "$work/$picture" "$golden/$picture" "$work/diff-$picture" 2>&1) && continue
            cp "$golden/$picture" "$work/golden-$picture" 2>/dev/null
            echo "$picture: $said"
            failed=1
        fi
    done
}

data=$ART_SOURCE_DIR/tests/data/view
t=t=12s
frames day "$data/day.ini" chase:$t,camera=chase driver:$t,camera=driver top:$t,camera=top wayside:$t,camera=wayside \
    overview:$t,camera=overview axle:$t,camera=axle,axle=2 hinge:$t,camera=hinge free:$t,camera=free plan:$t,camera=plan \
    trails:$t,camera=chase,hud=no,trails=50 sensors:$t,camera=free,hud=no,sensors=yes \
    envelope:$t,camera=top,hud=no,envelope=yes braking:$t,camera=driver,hud=no,braking=yes \
    forces:$t,camera=overview,hud=no,slip=yes comfort:$t,camera=overview,hud=no,comfort=yes \
    help:$t,camera=chase,sheet=help diagram:$t,camera=chase,sheet=diagram
frames rain "$data/rain.ini" chase:$t,camera=chase driver:$t,camera=driver top:$t,camera=top wayside:$t,camera=wayside \
    overview:$t,camera=overview
frames night "$data/night.ini" chase:$t,camera=chase driver:$t,camera=driver top:$t,camera=top wayside:$t,camera=wayside \
    overview:$t,camera=overview
ghost=$data/night.ini frames twin "$data/rain.ini" chase:$t,camera=chase,twin=yes plan:$t,camera=plan,twin=yes
# every vehicle that is shipped, on the test pad: its mesh is built from its file
for file in "$ART_SOURCE_DIR"/assets/vehicles/*.ini; do
    vehicle=$(basename "$file" .ini)
    printf 'extends = @scenarios/manoeuvres/steady_circle.ini\n[scenario]\nname = %s\n[vehicle]\nfile = @assets/vehicles/%s.ini\n' \
        "$vehicle" "$vehicle" >"$work/$vehicle.ini"
    size=400x226 frames "vehicle-$vehicle" "$work/$vehicle.ini" free:t=1s,camera=free,hud=no
done
[ $failed -eq 0 ] && echo "$count frames ${ART_BLESS:+written anew: they }are as they should be"
exit $failed
