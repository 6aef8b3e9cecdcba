#!/bin/bash
# test.sh [KIND...]: installs what is missing, builds, and runs every kind of test, or the ones named:
#   unit api contract spa browser sanitizers fuzz faults
# A line per kind; the last line says how many passed and failed. What each test said stands in var/test/.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. scripts/lib.sh

ALL='unit api contract spa browser sanitizers fuzz faults'
kinds=${*:-$ALL}
for kind in $kinds; do
    case " $ALL " in *" $kind "*) ;; *) die "test.sh: there is no kind '$kind'; there are: $ALL" ;; esac
done
out=$PWD/var/test
rm -rf "$out"
mkdir -p "$out"
passed=0 failed=0
at_once=2

install_packages "$out/install.log" build run test
install_node "$out/npm.log"
build build "$out/build.log"

. tests/lib/cluster.sh
# What runs in the background does not hear Ctrl-C: it is told, so that its portals and databases end with it.
finish() {
    trap - EXIT
    local parents
    # shellcheck disable=SC2046
    parents=$(printf ',%s' $$ $(jobs -p))
    pkill -TERM -x -P "${parents#,}" timeout && wait
    cluster_stop
}
trap finish EXIT
trap 'exit 130' INT TERM HUP
cluster_start || die 'The database for the tests does not start'

# count FILE...: adds what TAP files say. A file without a plan, with another number of tests than planned, or that bailed out, is a failure.
count() {
    local file good bad plan status
    for file; do
        good=$(grep -c '^ok' "$file"); bad=$(grep -c '^not ok' "$file")
        plan=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$file" | tail -n 1)
        status=$(cat "$file.status" 2>/dev/null || echo 1)
        if grep -q '^Bail out' "$file" || [ "${plan:-0}" = 0 ] || [ "$plan" != $((good + bad)) ] || { [ "$status" != 0 ] && [ "$bad" = 0 ]; }; then
            bad=$((bad + 1))
            echo "# $file: $good of ${plan:-no plan}, status $status"
        fi
        grep -A 6 '^not ok\|^Bail out' "$file" | head -n 40
        kind_passed=$((kind_passed + good)); kind_failed=$((kind_failed + bad))
    done
}

# tap NAME COMMAND...: runs one thing that speaks TAP
tap() {
    local file=$out/$kind.$1
    shift
    timeout 900 "$@" >"$file" 2>"$file.err" </dev/null &
    wait $!
    echo $? >"$file.status"
}

# scripts_of FOLDER [NAME...]: runs its .t scripts, several at once
scripts_of() {
    local script running=0
    for script in "$1"/*.t; do
        [ -f "$script" ] || continue
        [ $# = 1 ] || case " ${*:2} " in *" $(basename "$script" .t) "*) ;; *) continue ;; esac
        [ $running -lt $at_once ] || { wait -n || true; running=$((running - 1)); }
        tap "$(basename "$script" .t)" bash "$script" &
        running=$((running + 1))
    done
    wait
}

kind_unit() {
    local test
    for test in build/test-*; do
        [ -x "$test" ] && [ -f "$test" ] && tap "$(basename "$test" | sed 's/^test-//')" "$test"
    done
}
kind_api() { EXCHANGES=$out/exchanges.jsonl scripts_of tests/api; }
kind_contract() {
    # It looks at what the API tests were answered, so they come first.
    [ -f "$out/exchanges.jsonl" ] || EXCHANGES=$out/exchanges.jsonl kind=contract-api scripts_of tests/api
    EXCHANGES='' ANSWERS=$out/exchanges.jsonl scripts_of tests/contract
}
kind_spa() { tap node node --test --test-reporter=tap tests/spa/*.test.mjs; }
kind_browser() { tap node node --test --test-reporter=tap --test-concurrency=$at_once tests/browser/*.test.mjs; }
kind_fuzz() { tap fuzz tests/fuzz/run.sh "$PWD/build/fuzz"; }
kind_faults() { at_once=1 scripts_of tests/faults; }
# The whole API suite against ASan and UBSan; TSan on the parts that threads share, and on the scripts that use them most.
kind_sanitizers() {
    local common=(-Db_lundef=false -Dbuildtype=debugoptimized)
    BUILD_ONLY=serviceportal build build-asan "$out/build-asan.log" "${common[@]}" -Db_sanitize=address,undefined
    BUILD_ONLY='serviceportal test-hasher' build build-tsan "$out/build-tsan.log" "${common[@]}" -Db_sanitize=thread
    export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:exitcode=99 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
        LSAN_OPTIONS=suppressions=$PWD/tests/lib/lsan.supp:print_suppressions=0 TSAN_OPTIONS=exitcode=99:suppressions=$PWD/tests/lib/tsan.supp
    tap tsan-hasher build-tsan/test-hasher
    PORTAL_PROGRAM=$PWD/build-asan/serviceportal scripts_of tests/api
    kind=sanitizers-tsan PORTAL_PROGRAM=$PWD/build-tsan/serviceportal scripts_of tests/api session login registration
    unset ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS TSAN_OPTIONS
}

# node's TAP nests its tests; the counts at its end are of the leaves.
count_node() {
    local file=$1 good bad
    good=$(sed -n 's/^# pass //p' "$file" | tail -n 1); bad=$(sed -n 's/^# fail //p' "$file" | tail -n 1)
    grep -A 12 '^ *not ok' "$file" | head -n 60
    if [ -z "$good" ] || [ -z "$bad" ] || { [ "$(cat "$file.status")" != 0 ] && [ "$bad" = 0 ]; }; then bad=$((${bad:-0} + 1)); fi
    kind_passed=$((kind_passed + ${good:-0})); kind_failed=$((kind_failed + bad))
}

for kind in $kinds; do
    kind_passed=0 kind_failed=0 started=$SECONDS
    "kind_$kind"
    for file in "$out/$kind".* "$out/$kind"-tsan.*; do
        case $file in *.status | *.err) continue ;; esac
        [ -f "$file" ] || continue
        case $kind in spa | browser) count_node "$file" ;; *) count "$file" ;; esac
    done
    if [ $((kind_passed + kind_failed)) = 0 ]; then
        kind_failed=1
        echo "# $kind: not a single test ran"
    fi
    printf '%-11s %4d passed, %d failed (%d s)\n' "$kind" "$kind_passed" "$kind_failed" $((SECONDS - started))
    passed=$((passed + kind_passed)) failed=$((failed + kind_failed))
done
echo
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
