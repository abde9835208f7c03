/// Names that a statement uses, to be compared with those of many modules.
struct UsedNames {
  /// Hashes, each once.
  let names: [UInt32]
  /// Bits for their lowest ten.
  private var bits = [UInt64](repeating: 0, count: 16)

  init(_ names: [UInt32]) {
    self.names = names
    for name in names { bits[Self.word(name)] |= Self.bit(name) }
  }

  private static func word(_ name: UInt32) -> Int { Int(name >> 6 & 15) }

  private static func bit(_ name: UInt32) -> UInt64 { 1 << UInt64(name & 63) }

  /// Calls the body with each name that may be among others too.
  ///
  /// - Parameter others: Those of a module, each once. The shorter list is walked.
  @inline(__always)
  func forEach(in others: [UInt32], _ body: (UInt32) -> Void) {
    if others.count < names.count {
      for name in others where bits[Self.word(name)] & Self.bit(name) != 0 && names.contains(name) {
        body(name)
      }
    } else {
      for name in names { body(name) }
    }
  }
}
