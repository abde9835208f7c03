import AsyncChecks

/// Reads one entry of `calls`, which may stand for several callables.
enum CallableReader {
  private static let keys = [
    "call", "role", "replace", "drop-in", "returns", "unless", "argument", "trait",
    "note",
  ]

  /// The callables of one entry; empty when it has no readable name.
  static func callables(of value: YAMLValue, report: inout RuleFileReport) -> [RuleCallable] {
    let entry = MappingReader(
      value, of: .entry(of: "calls"), known: keys, required: ["call"], report: &report)
    let role =
      entry.word("role", as: RoleWord.self, report: &report)?.role
      ?? (entry["trait"] == nil ? .blocking : .plain)
    let trait = entry.text("trait", report: &report)
    let isDropIn = entry.boolean("drop-in", report: &report) ?? false
    let replacements = replacements(of: entry, areNames: isDropIn, report: &report)
    if isDropIn, entry["replace"] == nil {
      report.add(.missingReplacement, line: entry.line(of: "drop-in"))
    }
    let returns = entry.text("returns", report: &report)
    if let returns {
      checkName(returns, "returns", line: entry.line(of: "returns"), report: &report)
    }
    let unless = entry.texts("unless", report: &report)
    for (text, line) in unless where ArgumentCondition(text) == nil {
      let wanted = "key=value, 0=value, 0:key=value, key or !key"
      report.add(.malformed(what: "unless", found: text, wanted: wanted), line: line)
    }
    let argument = argument(
      of: entry, isAllowed: role == .offload || role == .bridge || trait != nil, report: &report)
    let note = entry.text("note", report: &report)
    if let note, !TextForm.hasPairedBackquotes(note) || note.contains("\n") {
      report.add(
        .malformed(what: "note", found: note, wanted: "one line, backquotes in pairs"),
        line: entry.line(of: "note"))
    }
    return names(of: entry, report: &report).map { name in
      RuleCallable(
        name: name, role: role, replacements: replacements, isDropIn: isDropIn, returns: returns,
        unless: unless.map(\.text), argument: argument, trait: trait, note: note)
    }
  }

  private static func names(of entry: MappingReader, report: inout RuleFileReport) -> [String] {
    guard let text = entry.text("call", report: &report) else { return [] }
    let line = entry.line(of: "call")
    let names: [String]
    do {
      names = try BraceExpansion.names(of: text)
    } catch {
      report.add(.malformed(what: "call", found: text, wanted: error.wanted), line: line)
      return []
    }
    for name in names where !checkName(name, "call", line: line, report: &report) { return [] }
    return names
  }

  private static func replacements(
    of entry: MappingReader, areNames: Bool, report: inout RuleFileReport,
  ) -> [RuleReplacement] {
    guard let value = entry["replace"] else { return [] }
    var replacements: [RuleReplacement] = []
    if value.mapping != nil {
      let texts = MappingReader(
        value, of: .value(of: "replace"), known: DialectWord.allCases.map(\.rawValue), required: [],
        report: &report)
      if texts.keys.isEmpty { report.add(.empty("replace"), line: value.line) }
      for word in DialectWord.allCases {
        guard let text = texts.text(word.rawValue, report: &report) else { continue }
        replacements.append(RuleReplacement(dialect: word.dialect, text: text))
      }
    } else if let text = entry.text("replace", report: &report) {
      replacements = [RuleReplacement(dialect: nil, text: text)]
    }
    if areNames {
      for replacement in replacements {
        checkName(
          replacement.text, "replace", line: value.line, report: &report)
      }
    }
    return replacements
  }

  private static func argument(
    of entry: MappingReader, isAllowed: Bool, report: inout RuleFileReport,
  ) -> Int {
    guard let value = entry["argument"] else { return 0 }
    if !isAllowed {
      report.add(.keyNeedsRole("argument", wanted: ["offload", "bridge"]), line: value.line)
    }
    guard let number = value.integer, UInt8(exactly: number) != nil else {
      report.add(
        .wrongType(of: "argument", found: value.kind, wanted: "a number from 0 to 255"),
        line: value.line)
      return 0
    }
    return number
  }

  @discardableResult
  private static func checkName(
    _ name: String, _ key: String, line: Int, report: inout RuleFileReport,
  ) -> Bool {
    if TextForm.isQualifiedName(name) { return true }
    let wanted =
      TextForm.isIdentifier(name.unicodeScalars)
      ? "a qualified name such as builtins.\(name)" : "a qualified name such as time.sleep"
    report.add(.malformed(what: key, found: name, wanted: wanted), line: line)
    return false
  }
}

/// `role` as a rule file writes it.
private enum RoleWord: String, CaseIterable {
  case blocking, coroutine, offload, bridge, runner, concurrent, spawn
  case asgiApp = "asgi-app"
  case request, evaluator, plain

  var role: CallableRole {
    switch self {
    case .blocking: .blocking
    case .coroutine: .coroutine
    case .offload: .offload
    case .bridge: .bridge
    case .runner: .runner
    case .concurrent: .concurrent
    case .spawn: .spawn
    case .asgiApp: .asgiApp
    case .request: .request
    case .evaluator: .evaluator
    case .plain: .plain
    }
  }
}

/// A dialect as a rule file writes it.
private enum DialectWord: String, CaseIterable {
  case asyncio, trio, anyio

  var dialect: Dialect {
    switch self {
    case .asyncio: .asyncio
    case .trio: .trio
    case .anyio: .anyio
    }
  }
}

extension CallableRole {
  /// The word of the rule files, for example `asgi-app`.
  package var word: String { RoleWord.allCases.first { $0.role == self }?.rawValue ?? "" }
}

extension Dialect {
  /// The word of the rule files, for example `asyncio`.
  package var word: String { DialectWord.allCases.first { $0.dialect == self }?.rawValue ?? "" }
}
