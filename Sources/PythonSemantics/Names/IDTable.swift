/// A hash table from 64-bit keys to 32-bit values, with open addressing.
///
/// `Dictionary` hashes with SipHash; on the checker's lookups (names and name parts) this table is
/// several times faster. Keys are never removed.
@usableFromInline
package struct IDTable: Sendable {
  /// A key beside its value, so that a lookup touches one place in memory.
  @usableFromInline
  struct Slot: Sendable {
    @usableFromInline var key: UInt64
    @usableFromInline var value: UInt32
  }

  @usableFromInline private(set) var slots: [Slot]
  private var count = 0
  @usableFromInline private(set) var mask: Int

  @inlinable
  static var empty: UInt64 { UInt64.max }

  package init(minimumCapacity: Int = 16) {
    var capacity = 16
    while capacity < minimumCapacity * 2 { capacity *= 2 }
    slots = [Slot](repeating: Slot(key: Self.empty, value: 0), count: capacity)
    mask = capacity - 1
  }

  /// The value of the key.
  ///
  /// - Precondition: The key is not `UInt64.max`, on writing.
  package subscript(_ key: UInt64) -> UInt32? {
    @inlinable
    get {
      let mask = mask
      var index = Self.hash(key) & mask
      return slots.withUnsafeBufferPointer { slots in
        while true {
          // The mask keeps the index inside the table.
          let slot = slots[index]
          if slot.key == key { return slot.value }
          if slot.key == Self.empty { return nil }
          index = (index + 1) & mask
        }
      }
    }
    set {
      guard let newValue else { return }
      if (count + 1) * 2 > slots.count { grow() }
      insert(key, newValue)
    }
  }

  /// Calls the body with every key and its value, in no order.
  package func forEach(_ body: (_ key: UInt64, _ value: UInt32) -> Void) {
    for slot in slots where slot.key != Self.empty { body(slot.key, slot.value) }
  }

  private mutating func insert(_ key: UInt64, _ value: UInt32) {
    var slot = Self.hash(key) & mask
    while slots[slot].key != Self.empty && slots[slot].key != key { slot = (slot + 1) & mask }
    if slots[slot].key == Self.empty { count += 1 }
    slots[slot] = Slot(key: key, value: value)
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(key: Self.empty, value: 0), count: old.count * 2)
    mask = slots.count - 1
    count = 0
    for slot in old where slot.key != Self.empty { insert(slot.key, slot.value) }
  }

  @inlinable
  static func hash(_ key: UInt64) -> Int {
    let mixed = key &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: (mixed ^ (mixed >> 32)) & 0x7FFF_FFFF)
  }
}
