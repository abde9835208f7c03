import TestSupport
import Testing

@testable import PythonSyntax

@Suite("Every fixture")
struct FixtureTests {
  @Test("has the tree that was approved", arguments: Fixture.all)
  func outline(fixture: Fixture) {
    let tree = parse(fixture.bytes)
    var text = tree.outline()
    for message in tree.messages { text += Array("! \(message)\n".utf8) }
    for message in tree.compilerMessages { text += Array("? \(message)\n".utf8) }
    Golden.expect(text, equals: "\(fixture.name).txt")
  }

  @Test("cut at any byte gives a sound tree", arguments: Fixture.all)
  func truncation(fixture: Fixture) {
    for count in 0...fixture.bytes.count {
      guard case .success(let source) = SourceText.decode(Array(fixture.bytes.prefix(count))) else {
        continue
      }
      for isNotebook in [false, true] {
        let tree = Parser.parse(source, options: ParserOptions(isNotebook: isNotebook))
        #expect(tree.verify().isEmpty, "at byte \(count)")
        _ = tree.compilerErrors(includesAwait: true)
        _ = tree.json(path: [])
        _ = tree.outline()
      }
    }
  }

  @Test("has the same nodes with CRLF line breaks", arguments: Fixture.all)
  func carriageReturns(fixture: Fixture) {
    guard !fixture.bytes.contains(0x0D) else { return }
    let converted = fixture.bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
    #expect(parse(converted).kinds == parse(fixture.bytes).kinds)
  }
}
