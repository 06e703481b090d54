#!/bin/sh
# Order of the rooms: a file in sim/<room> may include only its own room and rooms above it; render may include sim and
# render; sim never includes render. The core (base .. world) takes from the C library only what needs no library.
# usage: includes.sh [ROOT]
set -u
root=${1:-$(cd "$(dirname "$0")/../.." && pwd)}
cd "$root" || exit 2

find sim render -name '*.[ch]' 2>/dev/null | LC_ALL=C sort | xargs awk '
BEGIN {
    count = split("base route train surroundings sense guide operate fault world io verify cli", rooms, " ")
    for (i = 1; i <= count; i++) rank[rooms[i]] = i
    core_last = rank["world"]
    core_headers = " <float.h> <limits.h> <stdbool.h> <stddef.h> <stdint.h> <string.h> "
}
function wrong(why) { printf "%s:%d: %s: %s\n", FILENAME, FNR, target, why; failed = 1 }
FNR == 1 {
    files++
    split(FILENAME, own, "/")
    in_render = own[1] == "render"
    room = own[2]
    if (!in_render && !(room in rank)) { target = room; wrong("a folder that has no place in the order") }
}
/^[ \t]*#[ \t]*include/ {
    line = $0
    sub(/^[ \t]*#[ \t]*include[ \t]*/, "", line)
    if (line ~ /^</) {
        target = substr(line, 1, index(line, ">"))
        if (target == "<ini.h>" && FILENAME != "sim/io/ini_source.c") wrong("only sim/io/ini_source.c knows inih")
        if (!in_render && rank[room] <= core_last && index(core_headers, " " target " ") == 0)
            wrong("the core uses no such part of the library; it may include" core_headers)
        if (!in_render && target ~ /^<(SDL|GL|EGL|cglm|stb|fontconfig)/) wrong("only render draws")
        next
    }
    if (line !~ /^"/) { target = line; wrong("a file is included by its name"); next }
    target = substr(line, 2)
    target = substr(target, 1, index(target, "\"") - 1)
    split(target, part, "/")
    if (target ~ /\.\./) wrong("includes are written from the root")
    else if (part[1] == "render") {
        if (!in_render) wrong("sim does not know render")
    } else if (part[1] == "sim") {
        if (!(part[2] in rank)) wrong("there is no such room")
        else if (!in_render && rank[part[2]] > rank[room]) wrong("sim/" part[2] " stands below sim/" room)
    } else if (!((in_render || room == "io") && target ~ /^[a-z_]+_embedded\.h$/)) wrong("includes are written from the root")
}
END {
    if (files == 0) { print "includes: no files found"; exit 2 }
    if (!failed) printf "%d files keep the order of the rooms\n", files
    exit failed
}'
status=$?
[ $status -eq 0 ] ||
    echo "the order: base, route, train, surroundings, sense, guide, operate, fault, world, io, verify, cli; then render"
exit $status
