/// The arrays of a tree while it grows.
struct TreeBuilder {
  private(set) var kinds: GrowingBuffer<NodeKind>
  private(set) var flags: GrowingBuffer<UInt8>
  private(set) var records: GrowingBuffer<NodeRecord>
  private(set) var extra: GrowingBuffer<UInt32>
  /// The elements of lists that are not complete; nested lists lie on top of outer ones.
  var scratch: GrowingBuffer<UInt32>

  init(tokenCount: Int) {
    // The standard library has 0.6 nodes per token.
    let nodes = tokenCount - tokenCount / 4
    kinds = GrowingBuffer(capacity: nodes)
    flags = GrowingBuffer(capacity: nodes)
    records = GrowingBuffer(capacity: nodes)
    extra = GrowingBuffer(capacity: nodes)
    scratch = GrowingBuffer(capacity: 256)
  }

  func free() {
    kinds.free()
    flags.free()
    records.free()
    extra.free()
    scratch.free()
  }

  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func add(
    _ kind: NodeKind, _ start: UInt32, _ end: UInt32, _ a: UInt32, _ b: UInt32, flag: UInt8 = 0
  ) -> UInt32 {
    let id = UInt32(truncatingIfNeeded: kinds.count)
    kinds.append(kind)
    flags.append(flag)
    records.append(NodeRecord(start: start, end: end, a: a, b: b))
    return id
  }

  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func push(_ element: UInt32) { scratch.append(element) }

  /// The place in ``extra`` where the next element goes.
  @inline(__always)
  var extraCount: UInt32 { UInt32(truncatingIfNeeded: extra.count) }

  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func addExtra(_ element: UInt32) { extra.append(element) }

  /// Appends a list as two slots.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func addExtra(_ list: NodeList) {
    extra.append(list.start)
    extra.append(list.count)
  }

  @inline(__always)
  func setExtra(_ slot: Int, _ element: UInt32) { extra[slot] = element }

  /// Moves the scratch elements from a mark on into ``extra``.
  #if !hasFeature(Embedded)
    @inline(__always)
  #endif
  mutating func list(from mark: Int) -> NodeList {
    let start = extraCount
    var index = mark
    while index < scratch.count {
      extra.append(scratch[index])
      index &+= 1
    }
    scratch.truncate(to: mark)
    return NodeList(start: start, count: extraCount &- start)
  }

  @inline(__always)
  func setFlag(_ node: UInt32, _ flag: UInt8) { flags[Int(node)] = flag }

  /// Gives a node another span.
  func setSpan(_ node: UInt32, _ start: UInt32, _ end: UInt32) {
    let old = records[Int(node)]
    records[Int(node)] = NodeRecord(start: start, end: end, a: old.a, b: old.b)
  }

  /// Drops the nodes and list elements made since a mark.
  mutating func rewind(to mark: (nodes: Int, extra: Int, scratch: Int)) {
    kinds.truncate(to: mark.nodes)
    flags.truncate(to: mark.nodes)
    records.truncate(to: mark.nodes)
    extra.truncate(to: mark.extra)
    scratch.truncate(to: mark.scratch)
  }

  /// Drops the last node.
  @inline(__always)
  mutating func dropLast() {
    kinds.truncate(to: kinds.count &- 1)
    flags.truncate(to: flags.count &- 1)
    records.truncate(to: records.count &- 1)
  }

  var mark: (nodes: Int, extra: Int, scratch: Int) { (kinds.count, extra.count, scratch.count) }

  /// The parent of every node.
  func parents() -> [UInt32] {
    let count = kinds.count
    let walk = ChildWalk(extra: UnsafePointer(extra.base))
    return [UInt32](unsafeUninitializedCapacity: count) { buffer, initialized in
      guard let parents = buffer.baseAddress else { return }
      parents.initialize(repeating: NodeRecord.none, count: count)
      var index = 0
      while index < count {
        let record = records[index]
        let parent = UInt32(truncatingIfNeeded: index)
        walk.visit(kinds[index], a: record.a, b: record.b) { parents[Int($0)] = parent }
        index &+= 1
      }
      initialized = count
    }
  }

  /// Widens nodes to cover their children; only broken source needs it.
  func widenParents() {
    let walk = ChildWalk(extra: UnsafePointer(extra.base))
    for index in 0..<kinds.count {
      let kind = kinds[index]
      let isDefinition = kind == .functionDef || kind == .asyncFunctionDef || kind == .classDef
      let record = records[index]
      var start = record.start
      var end = record.end
      walk.visit(kind, a: record.a, b: record.b) { child in
        let other = records[Int(child)]
        if !isDefinition { start = min(start, other.start) }
        end = max(end, other.end)
      }
      end = max(start, end)
      records[index] = NodeRecord(start: start, end: end, a: record.a, b: record.b)
    }
  }
}
