/// A growing array without reference counting, for the hot loops; the owner calls ``free()``.
struct GrowingBuffer<Element: BitwiseCopyable> {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = max(capacity, 8)
    base = UnsafeMutablePointer<Element>.allocate(capacity: self.capacity)
  }

  func free() { base.deallocate() }

  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func append(_ element: Element) {
    if count == capacity { grow() }
    (base + count).initialize(to: element)
    count &+= 1
  }

  /// Drops the elements from an index on.
  @inline(__always)
  mutating func truncate(to count: Int) { self.count = count }

  @inline(__always)
  subscript(index: Int) -> Element {
    get { base[index] }
    nonmutating set { base[index] = newValue }
  }

  /// The elements as an array.
  func array() -> [Element] {
    [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let target = buffer.baseAddress { target.initialize(from: base, count: count) }
      initialized = count
    }
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
    capacity *= 2
  }
}
