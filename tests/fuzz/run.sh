#!/bin/bash
# run.sh FOLDER: builds every fuzzer into the folder and runs each for FUZZ_SECONDS (default 8) from its kept corpus. TAP.
# What a fuzzer finds goes into the folder; add it to tests/fuzz/corpus/<name>/ with the fix.
set -eu
cd "$(dirname "$0")/../.."
into=$1 seconds=${FUZZ_SECONDS:-8} n=0 bad=0
mkdir -p "$into"

# One line of a fuzzer's head comment: `sources:` or `pkgs:`.
head_line() { sed -n "s/^.*$2: *\([^*]*\).*/\1/p" "$1" | head -1; }

for fuzzer in tests/fuzz/fuzz_*.c; do
  name=$(basename "$fuzzer" .c); name=${name#fuzz_}; n=$((n + 1)); mkdir -p "$into/$name"
  packages=$(head_line "$fuzzer" pkgs)
  if # shellcheck disable=SC2046,SC2086
    clang-14 -std=gnu17 -g -O1 -D_GNU_SOURCE -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
      ${packages:+$(pkg-config --cflags $packages)} "$fuzzer" $(head_line "$fuzzer" sources) ${packages:+$(pkg-config --libs $packages)} \
      -o "$into/fuzz_$name" >"$into/$name.log" 2>&1 &&
    "$into/fuzz_$name" -max_total_time="$seconds" -timeout=5 -artifact_prefix="$into/$name-" -print_final_stats=1 \
      "$into/$name" "tests/fuzz/corpus/$name" >>"$into/$name.log" 2>&1
  then
    echo "ok $n - $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$into/$name.log") inputs without a fault"
  else
    bad=1
    echo "not ok $n - $name"
    tail -20 "$into/$name.log" | sed 's/^/# /'
  fi
done
echo "1..$n"
exit $bad
