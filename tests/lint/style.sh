#!/bin/sh
# House style that a machine can check: source files under 500 lines, headers under 200, functions under 60; no tabs, no
# notes for later, no casts to function pointers, no typedef of a pointer to a struct; headers with #pragma once.
# usage: style.sh [ROOT]
set -u
root=${1:-$(cd "$(dirname "$0")/../.." && pwd)}
cd "$root" || exit 2

find sim render tests -name '*.[ch]' 2>/dev/null | LC_ALL=C sort | xargs awk '
function wrong(line, why) { printf "%s:%d: %s\n", FILENAME, line, why; failed = 1 }
function finish() {
    if (!name) return
    limit = header ? 200 : 500
    if (lines >= limit) { printf "%s:%d: %d lines, must stay under %d\n", name, lines, lines, limit; failed = 1 }
    if (header && !once) { printf "%s:1: a header without #pragma once\n", name; failed = 1 }
}
FNR == 1 {
    finish()
    files++
    name = FILENAME; header = name ~ /\.h$/; once = 0; opened = 0
    if ($0 !~ /^\/\*/) wrong(1, "a file opens with a comment that says what it is")
}
{ lines = FNR }
/\t/ { wrong(FNR, "a tab") }
/[ \r]$/ { wrong(FNR, "a space or carriage return at the end") }
/(TODO|FIXME|XXX)/ { wrong(FNR, "a note for later") }
/^#pragma once$/ { once = 1 }
/\([A-Za-z_][A-Za-z_0-9 *]*\(\*\)\([^()]*\)\)[ ]*[A-Za-z_(&]/ { wrong(FNR, "a cast to a function pointer") }
/^typedef struct [A-Za-z_0-9]+ ?\*/ { wrong(FNR, "a typedef of a pointer") }
/^\{$/ { opened = FNR }
/^\}/ {
    if (opened && FNR - opened - 1 >= 60) wrong(opened, "a function of " FNR - opened - 1 " lines, must stay under 60")
    opened = 0
}
END {
    finish()
    if (!files) { print "style: no files found"; exit 2 }
    if (!failed) printf "%d files keep the style\n", files
    exit failed
}'
