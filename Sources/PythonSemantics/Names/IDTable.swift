/// A hash table from 64-bit keys to 32-bit values, with open addressing.
///
/// `Dictionary` hashes with SipHash; on the checker's lookups (names and name parts) this table is
/// several times faster. Keys are never removed.
package struct IDTable: Sendable {
  private var keys: [UInt64]
  private var values: [UInt32]
  private var count = 0
  private var mask: Int

  private static let empty = UInt64.max

  package init(minimumCapacity: Int = 16) {
    var capacity = 16
    while capacity < minimumCapacity * 2 { capacity *= 2 }
    keys = [UInt64](repeating: Self.empty, count: capacity)
    values = [UInt32](repeating: 0, count: capacity)
    mask = capacity - 1
  }

  /// The value of the key.
  ///
  /// - Precondition: The key is not `UInt64.max`, on writing.
  package subscript(_ key: UInt64) -> UInt32? {
    get {
      var slot = Self.hash(key) & mask
      while true {
        let found = keys[slot]
        if found == key { return values[slot] }
        if found == Self.empty { return nil }
        slot = (slot + 1) & mask
      }
    }
    set {
      guard let newValue else { return }
      if (count + 1) * 2 > keys.count { grow() }
      insert(key, newValue)
    }
  }

  /// Calls the body with every key, in no order.
  package func forEachKey(_ body: (UInt64) -> Void) {
    for key in keys where key != Self.empty { body(key) }
  }

  private mutating func insert(_ key: UInt64, _ value: UInt32) {
    var slot = Self.hash(key) & mask
    while keys[slot] != Self.empty && keys[slot] != key { slot = (slot + 1) & mask }
    if keys[slot] == Self.empty { count += 1 }
    keys[slot] = key
    values[slot] = value
  }

  private mutating func grow() {
    let oldKeys = keys
    let oldValues = values
    keys = [UInt64](repeating: Self.empty, count: oldKeys.count * 2)
    values = [UInt32](repeating: 0, count: oldKeys.count * 2)
    mask = keys.count - 1
    count = 0
    for (key, value) in zip(oldKeys, oldValues) where key != Self.empty { insert(key, value) }
  }

  private static func hash(_ key: UInt64) -> Int {
    let mixed = key &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: (mixed ^ (mixed >> 32)) & 0x7FFF_FFFF)
  }
}
