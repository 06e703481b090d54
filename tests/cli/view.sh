#!/bin/sh
# artsim view becomes the artview that stands beside it, else that of PATH, with all words and its exit code.
set -u
: "${ARTSIM:?}" "${ART_BUILD_DIR:?}" "${ART_SOURCE_DIR:?}"
work=$ART_BUILD_DIR/cli_view
rm -rf "$work" && mkdir -p "$work/bin" "$work/path" && cd "$work" || exit 2
. "$ART_SOURCE_DIR/tests/cli/parts/checks.sh"

# an artview that tells its words
window() # FILE WORD CODE
{
    printf '#!/bin/sh\nprintf "%s"\nprintf " <%%s>" "$@"\nexit %s\n' "$2" "$3" >"$1" && chmod 755 "$1"
}
cp "$ARTSIM" bin/artsim || exit 2
ARTSIM=$work/bin/artsim
PATH=$work/path:/usr/bin:/bin
export PATH

if ! command -v artview >/dev/null; then
    run 2 view a.ini
    check "without artview it says where it looked" grep -q "no artview beside artsim ($work/bin/artview), nor in PATH" last.err
fi
window path/artview found 1
run 1 view a.ini --at '42 s' -- '' --json
check "the artview of PATH gets every word" test "$(cat last.out)" = "found <a.ini> <--at> <42 s> <--> <> <--json>"
window bin/artview beside 130
run 130 view
check "the artview beside artsim comes first" test "$(cat last.out)" = "beside <>"
ln -s "$ARTSIM" path/linked
ARTSIM=path/linked
run 130 view
check "a link to artsim leads to the artview beside the program itself" test "$(cat last.out)" = "beside <>"
ARTSIM=$work/bin/artsim
chmod 644 bin/artview
rm path/artview
if ! command -v artview >/dev/null; then
    run 2 view
    check "an artview that cannot be started is named" grep -q "bin/artview cannot be started: " last.err
fi
run 0 view --help
exit $failed
