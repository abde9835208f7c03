#!/bin/bash
# Fuzzes the core with libFuzzer: fuzz.sh [SECONDS] [CORPUS DIRECTORY]
# New inputs go to the corpus directory; a crash is written to crash-* in the work directory.
# Without libFuzzer in the toolchain it says so and succeeds.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
seconds=${1:-60}
work=${FUZZ_WORK:-$root/.build/fuzz}
corpus=${2:-$work/corpus}
mkdir -p "$work" "$corpus"
flags=(-O -wmo -parse-as-library -swift-version 6 -package-name asyncrules -I "$work"
  -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault
  -enable-upcoming-feature MemberImportVisibility)

echo '@_cdecl("LLVMFuzzerTestOneInput") public func test(_: UnsafePointer<UInt8>, _: Int) -> CInt { 0 }' \
  >"$work/probe.swift"
if ! swiftc -parse-as-library -sanitize=fuzzer "$work/probe.swift" -o "$work/probe" 2>"$work/probe.log"
then
  echo "fuzz: this toolchain has no libFuzzer, nothing is fuzzed"
  exit 0
fi

objects=()
for module in PythonSyntax PythonSemantics AsyncChecks; do
  mapfile -t sources < <(find "$root/Sources/$module" -name '*.swift' | sort)
  swiftc "${flags[@]}" -sanitize=fuzzer -module-name "$module" -c "${sources[@]}" \
    -emit-module -emit-module-path "$work/$module.swiftmodule" -o "$work/$module.o"
  objects+=("$work/$module.o")
done
swiftc "${flags[@]}" -sanitize=fuzzer -module-name PythonFuzz "$here/FuzzTarget.swift" \
  "${objects[@]}" -o "$work/fuzz"
cd "$work"
# The runtime of Swift would catch the trap before libFuzzer could save the input.
export SWIFT_BACKTRACE=enable=no
exec ./fuzz -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
  -dict="$here/python.dict" -print_final_stats=1 "$corpus" "$here/Corpus"
