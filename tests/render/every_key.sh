#!/bin/sh
# Every key does what the key table says: every_key.txt states for each what it changes; each is pushed through SDL's event
# queue and the window's state before and after it is compared. A row of the table without a line there fails.
set -u
: "${ART_SOURCE_DIR:?}" "${ART_BUILD_DIR:?}" "${ARTVIEW:?}"
work=$ART_BUILD_DIR/every_key
rm -rf "$work"
mkdir -p "$work"
cd "$work" || exit 2
failed=0
sed '/^#/d' "$ART_SOURCE_DIR/tests/render/every_key.txt" >list
"$ARTVIEW" --keys >table || exit 1
[ "$(wc -l <table)" -gt 60 ] || { echo "--keys prints only $(wc -l <table) rows"; exit 1; }
cut -f 1,2 table | tr '\t' ' ' | sort >rows
cut -d ' ' -f 1,2 list | sort -u >tested
comm -23 rows tested >missing
[ -s missing ] && { echo "rows of render/keys.c that no line of tests/render/every_key.txt tries:"; cat missing; failed=1; }

awk '
function frame(what) { printf "t=%.2f %s\n", t, what; t += 0.1 }
BEGIN { t = 0.1 }
{
    for (i = 5; i <= NF; i++) frame("key " $i)
    frame("say")
    frame("key " ($1 == "0-9" ? "7" : $1))
    frame("say")
}
END { frame("leave") }' list >input
# the key that records is tried, not the encoder, which need not be installed: this one keeps the raw frames
mkdir bin
printf '#!/bin/sh\nfor out; do :; done\nexec cat >"$out"\n' >bin/ffmpeg
chmod +x bin/ffmpeg
PATH=$work/bin:$PATH
timeout 300 "$ARTVIEW" "$ART_SOURCE_DIR/scenarios/line/late_leader.ini" --at 70 --size 320x180 --quality low \
    --input input >said 2>log </dev/null || { tail -n 3 said; cat log; echo "artview ended with exit code $?"; exit 1; }

awk '
function field(line, name,    parts, i, n) {
    if (name == "message") { sub(/.* message="/, "", line); return line }
    n = split(line, parts, " ")
    for (i = 1; i <= n; i++) if (index(parts[i], name "=") == 1) return substr(parts[i], length(name) + 2)
    return "nothing"
}
FNR == NR { said[FNR] = $0; next }
{
    before = field(said[2 * FNR - 1], $3); after = field(said[2 * FNR], $3); kind = substr($4, 1, 1); word = substr($4, 2)
    good = after != before
    if (kind == "=") good = good && after == word
    if (kind == "+") good = after + 0 > before + 0
    if (kind == "-") good = after + 0 < before + 0
    if (kind == "~") good = index(after, word) > 0
    if (good) next
    printf "%s (%s): %s goes from %s to %s, not %s\n", $1, $2, $3, before, after, $4
    bad++
}
END { exit bad > 0 }' said list || failed=1
[ $failed -eq 0 ] && echo "each of $(wc -l <rows) rows does what it says"
exit $failed
