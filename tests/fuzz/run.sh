#!/bin/bash
# run.sh FOLDER: builds every fuzzer into the folder and runs each for FUZZ_SECONDS (default 8) from its kept corpus, two at once. TAP.
# What a fuzzer finds goes into the folder; add it to tests/fuzz/corpus/<name>/ with the fix.
set -eu
cd "$(dirname "$0")/../.."
into=$1 seconds=${FUZZ_SECONDS:-8} n=0 bad=0
mkdir -p "$into"

# One line of a fuzzer's head comment: `sources:` or `pkgs:`.
head_line() { sed -n "s/^.*$2: *\([^*]*\).*/\1/p" "$1" | head -1; }

# fuzz FUZZER NAME: its log, and beside it whether all is well
fuzz() {
  local packages; packages=$(head_line "$1" pkgs)
  mkdir -p "$into/$2"
  if # shellcheck disable=SC2046,SC2086
    clang-14 -std=gnu17 -g -O1 -D_GNU_SOURCE -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
      ${packages:+$(pkg-config --cflags $packages)} "$1" $(head_line "$1" sources) ${packages:+$(pkg-config --libs $packages)} \
      -o "$into/fuzz_$2" >"$into/$2.log" 2>&1 &&
    "$into/fuzz_$2" -max_total_time="$seconds" -timeout=5 -artifact_prefix="$into/$2-" -print_final_stats=1 \
      "$into/$2" "tests/fuzz/corpus/$2" >>"$into/$2.log" 2>&1
  then echo good >"$into/$2.end"; else echo bad >"$into/$2.end"; fi
}

name_of() { basename "$1" .c | sed 's/^fuzz_//'; }
rm -f "$into"/*.end
for fuzzer in tests/fuzz/fuzz_*.c; do
  [ "$(jobs -r | wc -l)" -lt 2 ] || wait -n
  fuzz "$fuzzer" "$(name_of "$fuzzer")" &
done
wait

for fuzzer in tests/fuzz/fuzz_*.c; do
  name=$(name_of "$fuzzer"); n=$((n + 1))
  if [ "$(cat "$into/$name.end" 2>/dev/null)" = good ]; then
    echo "ok $n - $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$into/$name.log") inputs without a fault"
  else
    bad=1
    echo "not ok $n - $name"
    tail -20 "$into/$name.log" | sed 's/^/# /'
  fi
done
echo "1..$n"
exit $bad
