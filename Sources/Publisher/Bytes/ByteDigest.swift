/// A digest of bytes by which they are told apart from others: FNV-1a, 64 bits.
struct ByteDigest: Hashable, Comparable, Sendable {
  private let value: UInt64

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    self.value = value
  }

  init(_ text: String) { self = text.withBytes { ByteDigest($0) } }

  static func < (left: ByteDigest, right: ByteDigest) -> Bool { left.value < right.value }
}
