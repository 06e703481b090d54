#!/bin/sh
# The lints can fail: each is run on a small tree that is right, then on copies with one thing wrong, and must name it.
# usage: self_test.sh
set -u
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cases=0
failed=0

# a tree that breaks no rule
fresh()
{
    rm -rf "$work/tree"
    mkdir -p "$work/tree/sim/base" "$work/tree/sim/train" "$work/tree/sim/guide" "$work/tree/sim/io" "$work/tree/render"
    cd "$work/tree" || exit 2
    printf '/* Units. */\n#pragma once\n' >sim/base/units.h
    printf '/* Units. */\n#include "sim/base/units.h"\n#include <string.h>\n' >sim/base/units.c
    printf '/* Tyres. */\n#include "sim/base/units.h"\nconst int *const tyres[] = {&tyre_linear};\n' >sim/train/tyre.c
    printf '/* Linear. */\nconst int tyre_linear = 1;\n' >sim/train/tyre_linear.c
    printf '/* Lines. */\n#include <stdio.h>\n#include "sim/train/tyre.h"\n' >sim/io/lines.c
    printf '/* View. */\n#include "sim/io/lines.h"\n#include "render/view.h"\n#include "x_embedded.h"\n' >render/view.c
}

# expect LINT passes|TEXT WHAT: the lint passes, or fails with TEXT in what it prints
expect()
{
    cases=$((cases + 1))
    printed=$(sh "$here/$1.sh" "${target:-$work/tree}" 2>&1)
    status=$?
    if [ "$2" = passes ]; then
        [ $status -eq 0 ] && return
    else
        [ $status -ne 0 ] && [ $status -ne 77 ] && printf '%s\n' "$printed" | grep -qF -- "$2" && return
    fi
    printf '%s.sh, %s: expected "%s", got status %d and:\n%s\n' "$1" "$3" "$2" $status "$printed"
    failed=1
}

# wrong LINT TEXT WHAT FILE LINE: appends the line to the file of a fresh tree
wrong()
{
    fresh
    printf '%b\n' "$5" >>"$4"
    expect "$1" "$2" "$3"
}

fresh
expect includes passes "a tree in order"
wrong includes "units.c:4: sim/train/t.h" "a room includes one below" sim/base/units.c '#include "sim/train/t.h"'
wrong includes "sim/train/tyre.c:4: render/view.h" "sim includes render" sim/train/tyre.c '#include "render/view.h"'
wrong includes "sim/train/tyre.c:4: units.h" "an include not from the root" sim/train/tyre.c '#include "units.h"'
wrong includes "sim/base/units.c:4: ../io/a.h" "an include upwards" sim/base/units.c '  #  include "../io/a.h"'
wrong includes "sim/base/units.c:4: <stdio.h>" "the core prints" sim/base/units.c '#include <stdio.h>'
wrong includes "sim/base/units.c:4: <math.h>" "the core uses libm" sim/base/units.c '#include <math.h>'
wrong includes "sim/io/lines.c:4: <ini.h>" "inih in a second file" sim/io/lines.c '#include <ini.h>'
wrong includes "sim/io/lines.c:4: <SDL2/SDL.h>" "sim draws" sim/io/lines.c '#include <SDL2/SDL.h>'
wrong includes "there is no such room" "an unknown room" sim/io/lines.c '#include "sim/attic/a.h"'
fresh
mkdir sim/attic && printf '/* A. */\n' >sim/attic/a.c
expect includes "sim/attic/a.c:1:" "a folder outside the order"

fresh
expect model_tables passes "a tree in order"
fresh
printf '/* New. */\nconst int tyre_brush = 2;\n' >sim/train/tyre_brush.c
expect model_tables "tyre_brush has no row in sim/train/tyre.c" "a model without a row"
printf '/* tyre_brush */\nconst char *names[] = {"tyre_brush"};\n' >>sim/train/tyre.c
expect model_tables "tyre_brush has no row in sim/train/tyre.c" "a row only in a comment and in a string"
printf 'const int *const more = &tyre_brush;\n' >>sim/train/tyre.c
expect model_tables passes "the row added"
fresh
printf '/* Law. */\nconst int lead_ghost = 1;\n' >sim/guide/lead_ghost.c
expect model_tables "there is no sim/guide/lateral.c" "a model without a table"
fresh
printf '/* Linear. */\nstatic const int tyre_linear = 1;\n' >sim/train/tyre_linear.c
expect model_tables "defines no tyre_linear" "a model that is not exported"

fresh
expect style passes "a tree in order"
wrong style "sim/base/units.c:4: a tab" "a tab" sim/base/units.c 'int\ta;'
wrong style "sim/base/units.c:4: a note for later" "a note" sim/base/units.c '/* TO''DO */'
wrong style "sim/base/units.c:4: a space or carriage return" "a trailing space" sim/base/units.c 'int a; '
wrong style "sim/base/units.c:4: a cast to a function pointer" "a cast" sim/base/units.c 'f = (void (*)(int, char *))g;'
wrong style "sim/base/units.c:4: a typedef of a pointer" "a pointer type" sim/base/units.c 'typedef struct Unit *Units;'
fresh
printf '/* Units. */\nint units;\n' >sim/base/units.h
expect style "sim/base/units.h:1: a header without #pragma once" "a header without its guard"
printf 'int units;\n' >sim/base/units.c
expect style "sim/base/units.c:1: a file opens with a comment" "no opening comment"
fresh
awk 'BEGIN { for (i = 0; i < 497; i++) print "int a;" }' >>sim/base/units.c
expect style "sim/base/units.c:500: 500 lines" "a long source file"
fresh
awk 'BEGIN { for (i = 0; i < 198; i++) print "int a;" }' >>sim/base/units.h
expect style "sim/base/units.h:200: 200 lines" "a long header"
fresh
awk 'BEGIN { print "int f(void)\n{"; for (i = 0; i < 60; i++) print "    g();"; print "}" }' >>sim/base/units.c
expect style "sim/base/units.c:5: a function of 60 lines" "a long function"

# archives are made by the compiler at hand
if command -v cc >/dev/null && command -v ar >/dev/null && command -v nm >/dev/null; then
    cd "$work" || exit 2
    printf '#include <string.h>\nvoid two(char *p);\nvoid one(char *p) { memset(p, 1, 9); two(p); }\n' >one.c
    printf 'void two(char *p) { *p = 0; }\n' >two.c
    printf 'int puts(const char *);\nvoid two(char *p) { puts(p); }\n' >loud.c
    for name in one two loud; do cc -O0 -fno-builtin -c $name.c -o $name.o || exit 2; done
    ar rc good.a one.o two.o && ar rc bad.a one.o loud.o && ar rc part.a one.o || exit 2
    target=$work/good.a
    expect core_symbols passes "an archive that uses its own and allowed symbols"
    target=$work/bad.a
    expect core_symbols "uses puts" "an archive that prints"
    target=$work/part.a
    expect core_symbols "uses two" "an archive that lacks a part"
    target=$work/none.a
    expect core_symbols "none.a" "no archive"
else
    echo "core_symbols.sh is not tested: cc, ar or nm is missing"
fi

[ $failed -ne 0 ] || echo "$cases cases, each as expected"
exit $failed
