import PythonSyntax

/// Byte strings with numbers of their own, in the order in which they were inserted.
///
/// The bytes of all lie in one array, so that a lookup follows no pointers.
struct AtomTable: Sendable {
  /// A number beside the hash of its string, so that few strings are compared in vain.
  private struct Slot: Sendable {
    var hash: UInt32
    /// `UInt32.max` in an empty slot.
    var id: UInt32
  }

  private var bytes: [UInt8] = []
  /// Where each string ends in ``bytes``; it begins where the one before ends.
  private var ends: [UInt32] = []
  private var slots: [Slot]

  init(minimumCapacity: Int) {
    var capacity = 16
    while capacity < minimumCapacity * 2 { capacity *= 2 }
    slots = [Slot](repeating: Slot(hash: 0, id: .max), count: capacity)
  }

  var count: Int { ends.count }

  /// The string with a number.
  subscript(_ id: Int) -> ArraySlice<UInt8> { bytes[start(of: id)..<Int(ends[id])] }

  private func start(of id: Int) -> Int { id == 0 ? 0 : Int(ends[id - 1]) }

  /// The number of a string, if it was inserted.
  @inline(__always)
  func id(of text: UnsafeBufferPointer<UInt8>, hash: UInt32) -> UInt32? {
    let mask = slots.count - 1
    var index = Int(hash) & mask
    while slots[index].id != .max {
      if slots[index].hash == hash, isEqual(text, Int(slots[index].id)) { return slots[index].id }
      index = (index + 1) & mask
    }
    return nil
  }

  private func isEqual(_ text: UnsafeBufferPointer<UInt8>, _ id: Int) -> Bool {
    let start = start(of: id)
    guard Int(ends[id]) - start == text.count else { return false }
    for index in 0..<text.count where bytes[start + index] != text[index] { return false }
    return true
  }

  /// Gives a string that is not there yet the next number.
  mutating func append(_ text: UnsafeBufferPointer<UInt8>, hash: UInt32) {
    bytes.append(contentsOf: text)
    ends.append(UInt32(bytes.count))
    if ends.count * 2 > slots.count { grow() }
    place(Slot(hash: hash, id: UInt32(ends.count - 1)))
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(hash: 0, id: .max), count: old.count * 2)
    for slot in old where slot.id != .max { place(slot) }
  }

  private mutating func place(_ slot: Slot) {
    let mask = slots.count - 1
    var index = Int(slot.hash) & mask
    while slots[index].id != .max { index = (index + 1) & mask }
    slots[index] = slot
  }
}

extension Collection<UInt8> {
  /// Calls the body with the bytes in one piece of memory.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = withContiguousStorageIfAvailable(body) { return result }
    return Array(self).withUnsafeBufferPointer(body)
  }
}
