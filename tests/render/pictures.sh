#!/bin/sh
# Pictures without a display: every camera gives a PNG of the asked size that is not of one colour, and the same picture
# twice is the same file.
set -u
: "${ART_SOURCE_DIR:?}" "${ART_BUILD_DIR:?}" "${ARTVIEW:?}"
work=$ART_BUILD_DIR/pictures
rm -rf "$work"
mkdir -p "$work"
scenario=@scenarios/zhuzhou_a1.ini

shots()
{
    set --
    for camera in chase driver top wayside overview; do
        set -- "$@" --shot "t=40s,camera=$camera,size=320x180,quality=low" "$work/$turn-$camera.png"
    done
    timeout 300 "$ARTVIEW" "$scenario" "$@" >"$work/log" 2>&1 </dev/null || {
        cat "$work/log"
        echo "artview ended with exit code $?"
        exit 1
    }
}

for turn in first second; do shots; done
for camera in chase driver top wayside overview; do
    picture=$work/first-$camera.png
    # the size stands in bytes 17 to 24 of a PNG: 0x140 x 0xb4
    size=$(od -An -tx1 -j16 -N8 "$picture" | tr -d ' \n')
    [ "$size" = 00000140000000b4 ] || { echo "$camera: size $size in the PNG, 320 x 180 was asked"; exit 1; }
    # 320 x 180 of one colour packs into less than 2 kB, a street does not
    bytes=$(wc -c <"$picture")
    [ "$bytes" -gt 20000 ] || { echo "$camera: only $bytes bytes, a picture of nothing"; exit 1; }
    cmp "$picture" "$work/second-$camera.png" || { echo "$camera: two pictures of the same moment differ"; exit 1; }
done
echo "5 cameras, each the same twice"
