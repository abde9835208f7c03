import PythonSemantics
import Testing

@Suite struct FrozenSymbolTableTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func `names added to a copy of a frozen table stand beside those that it had`() {
    var table = SymbolTable()
    let sleep = table.intern(dotted: bytes("time.sleep"))
    let time = table.parent(of: sleep)
    let frozen = table.frozen()
    var first = frozen
    var second = frozen
    let monotonic = first.intern(dotted: bytes("time.monotonic"))
    let other = second.intern(dotted: bytes("sleep.time"))
    #expect(first.intern(dotted: bytes("time.sleep")) == sleep)
    #expect(first.parent(of: monotonic) == time)
    #expect(first.name(of: monotonic) == bytes("time.monotonic"))
    #expect(second.name(of: other) == bytes("sleep.time"))
    #expect(first.symbol(dotted: bytes("sleep.time")) == nil)
    #expect(frozen.symbol(dotted: bytes("time.monotonic")) == nil)
    #expect(frozen.symbolCount == table.symbolCount)
    #expect(first.symbolCount == table.symbolCount + 1)
    #expect(monotonic.index == frozen.frozenSymbolCount)
    #expect(second.atomCount == table.atomCount)
  }

  @Test func `a name of a frozen table may get its first member in a copy`() {
    var table = SymbolTable()
    let sleep = table.intern(dotted: bytes("time.sleep"))
    let frozen = table.frozen()
    #expect(!frozen.hasMembers(sleep))
    var copy = frozen
    let member = copy.intern(dotted: bytes("time.sleep.wait"))
    #expect(copy.hasMembers(sleep))
    #expect(!copy.hasMembers(member))
    #expect(!frozen.hasMembers(sleep))
  }

  @Test func `a copy may have many names of its own`() {
    var table = SymbolTable()
    for index in 0..<500 { _ = table.intern(dotted: bytes("a.b\(index)")) }
    var copy = table.frozen()
    var flat = table
    for index in 0..<500 {
      let name = bytes("a.c\(index).b\(index)")
      #expect(copy.intern(dotted: name) == flat.intern(dotted: name))
    }
    for index in 0..<500 {
      let name = bytes("a.c\(index).b\(index)")
      #expect(copy.symbol(dotted: name) == flat.symbol(dotted: name))
      let member = bytes("a.b\(index)")
      #expect(copy.symbol(dotted: member) == flat.symbol(dotted: member))
    }
  }
}
