# What the scripts of this folder share; sourced by them. $failed is 1 after any failure.
failed=0

check()
{
    what=$1
    shift
    if "$@"; then
        echo "ok: $what"
    else
        echo "FAILED: $what"
        failed=1
    fi
}

# run CODE WORDS...: artsim with these words must end with this code
run()
{
    wanted=$1
    shift
    "$ARTSIM" "$@" >last.out 2>last.err </dev/null
    got=$?
    [ $got -eq "$wanted" ] && return
    echo "FAILED: artsim $* ended with $got, expected $wanted"
    cat last.out last.err
    failed=1
}
