#!/bin/bash
# Fuzzes the parser with libFuzzer: fuzz.sh [SECONDS] [CORPUS DIRECTORY]
# New inputs go to the corpus directory; a crash is written to crash-* in the work directory.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
seconds=${1:-60}
work=${FUZZ_WORK:-$root/.build/fuzz}
corpus=${2:-$work/corpus}
mkdir -p "$work" "$corpus"
mapfile -t sources < <(find "$root/Sources/PythonSyntax" -name '*.swift' | sort)
swiftc -O -wmo -parse-as-library -sanitize=fuzzer -swift-version 6 -package-name asyncrules \
  -module-name PythonFuzz -enable-upcoming-feature ExistentialAny \
  "${sources[@]}" "$here/FuzzTarget.swift" -o "$work/fuzz"
cd "$work"
# The runtime of Swift would catch the trap before libFuzzer could save the input.
export SWIFT_BACKTRACE=enable=no
exec ./fuzz -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
  -dict="$here/python.dict" -print_final_stats=1 "$corpus" "$here/Corpus"
