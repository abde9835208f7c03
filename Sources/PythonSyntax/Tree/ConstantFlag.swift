/// Bits of a constant's flag beside its ``ConstantKind``.
enum ConstantFlag {
  /// The first literal has the prefix `u`: CPython's `kind`.
  static let unicodePrefix: UInt8 = 0x10
}
