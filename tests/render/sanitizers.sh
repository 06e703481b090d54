#!/bin/sh
# Both programs under the address and undefined-behaviour sanitizers: pictures of all cameras by day, in rain and at night,
# two runs side by side, sheets, every key, and a run with its trace and report. Anything the sanitizers find ends it; leaks
# are not counted, as the driver keeps some.
set -u
: "${ART_SOURCE_DIR:?}" "${ART_BUILD_DIR:?}"
for tool in gcc ninja; do
    command -v $tool >/dev/null || { echo "skipped: there is no $tool here"; exit 77; }
done
work=$ART_BUILD_DIR/sanitized
programs=$work/build
mkdir -p "$work"
cmake -S "$ART_SOURCE_DIR" -B "$programs" -G Ninja -DCMAKE_C_COMPILER=gcc -DCMAKE_BUILD_TYPE=None -DART_TESTS=OFF \
    -DCMAKE_C_FLAGS="-O1 -g0 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all" \
    >"$work/build.log" 2>&1 </dev/null &&
    ninja -C "$programs" -j 2 artsim artview >>"$work/build.log" 2>&1 </dev/null || { tail -n 30 "$work/build.log"; exit 1; }
export ASAN_OPTIONS=detect_leaks=0:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1
failed=0

# clean WHAT COMMAND...: it ends with 0 and the sanitizers say nothing
clean()
{
    what=$1
    shift
    timeout 300 "$@" >"$work/log" 2>&1 </dev/null && ! grep -qE 'Sanitizer|runtime error' "$work/log" && return
    echo "$what:"
    grep -E 'Sanitizer|runtime error| #[0-9] ' "$work/log" | head -n 20
    tail -n 5 "$work/log"
    failed=1
}

SDL_VIDEODRIVER=offscreen
export SDL_VIDEODRIVER
data=$ART_SOURCE_DIR/tests/data/view
for air in day rain night; do
    set --
    for camera in chase driver top wayside overview axle hinge free plan; do
        set -- "$@" --shot "t=8s,size=320x180,camera=$camera,envelope=yes,sensors=yes,braking=yes,slip=yes,comfort=yes" "$work/p.png"
    done
    clean "pictures, $air" "$programs/artview" "$data/$air.ini" --quality low "$@" \
        --shot "t=8s,size=640x360,camera=chase,quality=high" "$work/p.png"
done
clean "side by side" "$programs/artview" "$data/rain.ini" --ghost "$data/night.ini" \
    --shot "t=8s,size=640x360,camera=chase,quality=low,twin=yes" "$work/p.png"
clean "sheets" "$programs/artview" "$data/day.ini" --shot "t=8s,size=640x360,quality=low,sheet=help" "$work/p.png" \
    --shot "t=8s,size=800x600,quality=low,sheet=diagram" "$work/p.png"
ARTVIEW=$programs/artview ART_BUILD_DIR=$work clean "every key" sh "$ART_SOURCE_DIR/tests/render/every_key.sh"
clean "a run" "$programs/artsim" run "$ART_SOURCE_DIR/scenarios/weather/wet.ini" --out "$work/run" --quiet
[ $failed -ne 0 ] || echo "the sanitizers have nothing to say"
exit $failed
