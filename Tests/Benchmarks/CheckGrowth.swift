import Glibc

/// CPU time of `asyncrules check` with all rules over growing inputs, ordinary and made to hurt.
enum CheckGrowth {
  private static let start = "import asyncio, time\n"

  /// A text before, one again and again, and one at the end.
  private static let shapes: [(name: String, before: [UInt8], unit: [UInt8], after: [UInt8])] = [
    shape(
      "ordinary code", start,
      "async def f(a, b=1):\n    x = await g(a, key=b)\n    time.sleep(1)\n    return [y for y in x]\n"
    ),
    shape("one long line", start + "async def f(): x = [", "g(a, b), ", "]\n"),
    shape("findings in a line", start + "async def f(): x = [", "time.sleep(1), ", "]\n"),
    shape("one function", start + "async def f():\n", "    x = await g(a)\n"),
    shape("attribute chain", start + "async def f(): return asyncio", ".a", "\n"),
    shape("open brackets", start + "async def f(): ", "("),
    shape("closing brackets", start + "async def f(): ", ")"),
    shape("broken lines", start + "async def f(): await x\n", "x = = 1\n"),
    shape("string pieces", start + "async def f(): x = (", "'x' f'{await y}' ", ")\n"),
    shape("open f-strings", start, "f'{"),
    shape("lone surrogates", start + "x = '", "\\ud800", "'\n"),
    ("surrogates in UTF-8", Array("x = '".utf8), [0xED, 0xA0, 0x80], Array("'\n".utf8)),
    ("NUL bytes", Array("x = '".utf8), [0], Array("'\n".utf8)),
    ("invalid UTF-8", Array("x = '".utf8), [0xFF], Array("'\n".utf8)),
    ("UTF-16", [0xFF, 0xFE], [0x78, 0, 0x0A, 0], []),
    ("latin-1", Array("# coding: latin-1\n# ".utf8), [0xE9], [0x0A]),
    ("shift_jis", Array("# coding: shift_jis\n# ".utf8), [0x95, 0x5C], [0x0A]),
  ]

  private static func shape(
    _ name: String, _ before: String, _ unit: String, _ after: String = "",
  ) -> (name: String, before: [UInt8], unit: [UInt8], after: [UInt8]) {
    (name, Array(before.utf8), Array(unit.utf8), Array(after.utf8))
  }

  /// Prints a row for each shape; findings and errors are ends like any other, a crash is none.
  static func show(asyncrules: String, megabytes: [Int]) {
    print("")
    print(
      padded("CPU seconds to check:", 22)
        + megabytes.map { right("\($0) MB", 11) }.joined() + "   last / first")
    for shape in shapes {
      let times = megabytes.map { size -> Double? in
        let path = "/tmp/asyncrules-growth-\(getpid()).py"
        defer { unlink(path) }
        let count = size * 1_000_000 / shape.unit.count
        var bytes = shape.before
        bytes.reserveCapacity(size * 1_000_000 + 100)
        for _ in 0..<count { bytes += shape.unit }
        guard write(bytes + shape.after, to: path) else { return nil }
        return Process.cost(
          of: [
            asyncrules, "check", "--every-file", "--select", "ALL", "--output-format", "concise",
            path,
          ])?.cpu
      }
      var row = padded(shape.name, 22)
      for time in times { row += right(time.map(decimal) ?? "crashed", 11) }
      if let first = times.first ?? nil, let last = times.last ?? nil {
        row += right(decimal(last / max(first, 0.000_1)), 15)
      }
      print(row)
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) -> Bool {
    guard let file = fopen(path, "w") else { return false }
    defer { fclose(file) }
    return fwrite(bytes, 1, bytes.count, file) == bytes.count
  }
}
