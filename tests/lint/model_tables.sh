#!/bin/sh
# One file a model, one row in its room's table: each sim/<room>/<kind>_<model>.c defines <kind>_<model> or, say,
# <kind>_<model>_step, and the room's table file names it. A table may be missing only when there is no model.
# usage: model_tables.sh [ROOT]
set -u
root=${1:-$(cd "$(dirname "$0")/../.." && pwd)}
cd "$root" || exit 2
failed=0
models=0

# the file without its comments and without strings: names in either are no rows
code_of()
{
    awk '{
        gsub(/"([^"\\]|\\.)*"/, "\"\"")
        text = $0; out = ""
        while (text != "") {
            if (inside) {
                end = index(text, "*/")
                if (!end) { text = ""; break }
                text = substr(text, end + 2); inside = 0
            } else {
                start = index(text, "/*")
                if (!start) { out = out text; text = ""; break }
                out = out substr(text, 1, start - 1); text = substr(text, start + 2); inside = 1
            }
        }
        print out
    }' "$1"
}

# check KIND FOLDER TABLE
check()
{
    kind=$1 folder=$2 table=$3
    for file in "$folder/${kind}"_*.c; do
        [ -e "$file" ] || continue
        case $file in *_tables.c | *_check.c) continue ;; esac
        models=$((models + 1))
        name=$(basename "$file" .c)
        if [ ! -e "$table" ]; then
            echo "$file:1: a model without a table: there is no $table"
            failed=1
            continue
        fi
        pattern="(^|[^A-Za-z0-9_])${name}(_(init|step|model|table))?([^A-Za-z0-9_]|\$)"
        if ! code_of "$file" | grep -v '^static' | grep -qE "$pattern"; then
            echo "$file:1: defines no ${name} (nor ${name}_step): file and model have one name"
            failed=1
        elif ! code_of "$table" | grep -qE "$pattern"; then
            echo "$file:1: $name has no row in $table"
            failed=1
        fi
    done
}

check tyre sim/train sim/train/tyre.c
check sensor sim/sense sim/sense/sensor.c
check lead sim/guide sim/guide/lateral.c
check trail sim/guide sim/guide/lateral.c
check fault sim/fault sim/fault/fault.c
check route sim/io sim/io/route.c
check trace sim/io sim/io/trace.c
check report sim/io sim/io/report.c

[ $failed -ne 0 ] || echo "$models models, each in its table"
exit $failed
