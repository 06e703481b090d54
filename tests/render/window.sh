#!/bin/sh
# The window on a display of its own: opened, resized by full screen, every quality, keys and closing; any error that the
# driver reports ends it. Skipped where there is no Xvfb.
set -u
: "${ART_SOURCE_DIR:?}" "${ART_BUILD_DIR:?}" "${ARTVIEW:?}"
command -v Xvfb >/dev/null || { echo "skipped: there is no Xvfb here"; exit 77; }
work=$ART_BUILD_DIR/window
rm -rf "$work"
mkdir -p "$work"
cd "$work" || exit 2
Xvfb -displayfd 1 -screen 0 1280x720x24 -nolisten tcp >display 2>log.x &
server=$!
trap 'kill $server 2>/dev/null' EXIT
for wait in 1 2 3 4 5 6 7 8 9 10; do
    [ -s display ] && break
    sleep 0.5
done
[ -s display ] || { echo "skipped: Xvfb did not start"; exit 77; }
awk 'BEGIN {
    n = split("F9 F9 F9 F9 F9 F11 F11 G G F Escape F1 F1 0 8 2 H H F3", keys, " ")
    for (i = 1; i <= n; i++) printf "t=%.2f key %s\nt=%.2f shot last.png\n", 0.2 * i, keys[i], 0.2 * i + 0.1
    printf "t=%.2f say\nt=%.2f leave\n", 0.2 * n + 0.3, 0.2 * n + 0.4
}' >input
DISPLAY=:$(head -n 1 display) SDL_VIDEODRIVER=x11 timeout 300 "$ARTVIEW" "$ART_SOURCE_DIR/tests/data/view/day.ini" \
    --size 320x240 --quality low --debug --input input >said 2>log </dev/null
code=$?
cat said log
[ $code -eq 0 ] || { echo "artview ended with exit code $code"; exit 1; }
grep -q 'profile=1' said || { echo "the last key did not arrive"; exit 1; }
[ -s last.png ] || { echo "no picture was taken"; exit 1; }
