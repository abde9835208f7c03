/// A fast hash of bytes that tells texts apart; it is no protection against malice.
struct ContentHash {
  private var state: UInt64

  private static let factor: UInt64 = 0x9FB2_1C65_1E98_DF25

  init(seed: UInt64 = 0) { state = seed ^ 0xA076_1D64_78BD_642F }

  mutating func add(_ word: UInt64) {
    let product = (state ^ word).multipliedFullWidth(by: Self.factor)
    state = (product.high ^ product.low) &+ word
  }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    add(UInt64(bytes.count))
    var at = 0
    while at + 8 <= bytes.count {
      add(bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian)
      at += 8
    }
    var rest: UInt64 = 0
    while at < bytes.count {
      rest = rest << 8 | UInt64(bytes[at])
      at += 1
    }
    add(rest)
  }

  mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { add($0) } }

  /// The hash of all that was added; never 0.
  var value: UInt64 {
    var end = self
    end.add(0x2545_F491_4F6C_DD1D)
    end.add(0)
    return end.state == 0 ? 1 : end.state
  }

  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash = ContentHash()
    hash.add(bytes)
    return hash.value
  }

  static func of(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { of($0) } }
}
