#!/bin/sh
# The core cannot print, allocate, read a clock or use libm: the symbols that its archive leaves undefined must stand in
# core_symbols.allow. An archive made with sanitizers or for coverage is skipped.
# usage: core_symbols.sh ARCHIVE
set -u
here=$(cd "$(dirname "$0")" && pwd)
archive=${1:?usage: core_symbols.sh ARCHIVE}
command -v nm >/dev/null || { echo "skipped: there is no nm here"; exit 77; }
symbols=$(LC_ALL=C nm -A "$archive" 2>&1) || { printf '%s\n' "$symbols"; exit 2; }

# a line of nm -A: archive:member:[value] type name
printf '%s\n' "$symbols" | awk -v allow_file="$here/core_symbols.allow" '
BEGIN {
    while ((getline line < allow_file) > 0) if (line !~ /^#/ && line != "") allowed[line] = 1
}
NF >= 2 && $(NF - 1) ~ /^[A-Za-z]$/ {
    type = $(NF - 1); name = $NF
    if (name ~ /^_?_(asan|ubsan|tsan|msan|gcov|llvm_prof|sanitizer)_/) instrumented = 1
    if (type == "U" || type == "w") { user[++count] = $1; used[count] = name }
    else { defined[name] = 1; definitions++ }
}
END {
    if (instrumented) { print "skipped: the archive is instrumented"; exit 77 }
    if (!definitions) { print "core_symbols: the archive defines nothing"; exit 2 }
    for (i = 1; i <= count; i++) {
        if (used[i] in defined || used[i] in allowed) continue
        sub(/:$/, "", user[i])
        printf "%s: uses %s, which the core may not\n", user[i], used[i]
        failed = 1
    }
    if (!failed) printf "%d symbols are used across files, none that the core may not\n", count
    exit failed
}'
