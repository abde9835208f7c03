import AsyncChecks
import RuleBase
import Testing

@Suite("The encoded rule table")
struct RuleTableCodingTests {
  /// A table in which every field has a value that is not the default one.
  static let table = RuleTable(
    rules: [
      RuleEntry(
        code: Array("AR101".utf8), name: Array("blocking-sleep".utf8), severity: .suggestion,
        isDefault: false, check: Array("blocking-call".utf8),
        messages: [
          MessageTemplate(id: Array("call".utf8), text: Array("a\tb\nc\\d\r`é` {call}".utf8)),
          MessageTemplate(id: [], text: []),
        ], fix: nil, foreignCodes: [Array("ASYNC251".utf8), Array("S7488".utf8)]),
      RuleEntry(
        code: [], name: [], severity: .error, isDefault: true, check: [], messages: [],
        fix: .displayOnly),
    ],
    callables: CallableRole.allCases.map { role in
      KnownCallable(
        qualifiedName: Array("time.sleep".utf8), role: role, rule: RuleIndex(1),
        replacements: [
          Replacement(dialect: .anyio, text: Array("anyio.sleep".utf8)),
          Replacement(dialect: nil, text: Array("\t".utf8)),
        ], isDropIn: true, returns: Array("a.B".utf8),
        unless: [
          ArgumentCondition(isNegated: true, keyword: Array("x".utf8), position: nil, value: []),
          ArgumentCondition(isNegated: false, keyword: [], position: 255, value: Array("0".utf8)),
        ], argument: 255)
    })

  @Test func `a table survives encoding and decoding`() throws {
    let bytes = Self.table.encode()
    let decoded = try #require(RuleTable(decoding: bytes))
    #expect(decoded.encode() == bytes)
    #expect(decoded.rules.map(\.code) == Self.table.rules.map(\.code))
    #expect(decoded.rules.map(\.severity) == [.suggestion, .error])
    #expect(decoded.rules.map(\.isDefault) == [false, true])
    #expect(decoded.rules.map(\.fix) == [nil, .displayOnly])
    #expect(decoded.rules[0].messages == Self.table.rules[0].messages)
    #expect(decoded.rules.map(\.foreignCodes) == Self.table.rules.map(\.foreignCodes))
    #expect(decoded.callables.map(\.role) == CallableRole.allCases)
    let (callable, original) = (decoded.callables[3], Self.table.callables[3])
    #expect(callable.qualifiedName == original.qualifiedName)
    #expect(callable.rule == original.rule)
    #expect(callable.replacements == original.replacements)
    #expect(callable.isDropIn)
    #expect(callable.returns == original.returns)
    #expect(callable.unless == original.unless)
    #expect(callable.argument == 255)
  }

  @Test func `the encoded table is text without carriage returns`() throws {
    let bytes = Self.table.encode()
    #expect(String(validating: bytes, as: UTF8.self) != nil)
    #expect(!bytes.contains(0x0D))
    #expect(bytes.filter { $0 == 0x0A }.count == 2 + 2 + CallableRole.allCases.count)
  }

  @Test func `an empty table survives too`() throws {
    let decoded = try #require(RuleTable(decoding: RuleTable(rules: [], callables: []).encode()))
    #expect(decoded.rules.isEmpty && decoded.callables.isEmpty)
  }

  @Test func `every shortened text is refused`() {
    let bytes = Self.table.encode()
    for count in bytes.indices {
      #expect(RuleTable(decoding: Array(bytes[..<count])) == nil)
    }
  }

  @Test func `bytes behind the table are refused`() {
    #expect(RuleTable(decoding: Self.table.encode() + [0x0A]) == nil)
  }

  @Test(
    arguments: [
      "", "\n", "asyncrules-table 1\n0\t0\n", "asyncrules-table 2\n0\t1\n",
      "asyncrules-table 2\n999999999\t0\n", "asyncrules-table 2\n99999999999999999999\t0\n",
      "asyncrules-table 2\n-1\t0\n", "asyncrules-table 2\n00\t0\n", "asyncrules-table 2\n0 0\n",
      "asyncrules-table 2\n0\t1\na\t0\t0\t0\t0\t\t0\t0\n",
      "asyncrules-table 2\n1\t0\na\tb\t3\t0\tc\t0\t0\n",
      "asyncrules-table 2\n1\t0\na\tb\t0\t2\tc\t0\t0\n",
      "asyncrules-table 2\n1\t0\na\tb\t0\t0\tc\t4\t0\n",
      "asyncrules-table 2\n1\t0\na\tb\t0\t0\tc\t0\t999999999\n",
      "asyncrules-table 2\n1\t0\na\\x\tb\t0\t0\tc\t0\t0\n",
      "asyncrules-table 2\n1\t0\na\tb\t0\t0\tc\t0\t0\textra\n",
    ])
  func `a wrong table is refused`(text: String) {
    #expect(RuleTable(decoding: Array(text.utf8)) == nil)
  }

  @Test func `changed bytes are refused or another table, never a trap`() {
    var generator = SeededGenerator(seed: 0x5EED)
    let bytes = Self.table.encode()
    for _ in 0..<5_000 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: changed.indices, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: changed[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: changed.remove(at: place)
        default:
          changed.insert([0x09, 0x0A, 0x30, 0x5C].randomElement(using: &generator)!, at: place)
        }
      }
      if let table = RuleTable(decoding: changed) { #expect(table.encode() == changed) }
    }
  }
}
