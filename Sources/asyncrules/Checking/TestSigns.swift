import AsyncChecks

/// What in a configuration, as the rule files say it, tells that coroutine tests need no marks.
struct TestSigns {
  /// Plugins that run every coroutine test, and hooks that may.
  private var words: [String] = []
  /// Options and their values.
  private var options: [(name: String, value: String)] = []

  init(_ table: RuleTable) {
    for callable in table.callables where !callable.trait.isEmpty {
      let parts = callable.qualifiedName.split(separator: UInt8(ascii: "."))
        .map { String(decoding: $0, as: UTF8.self) }
      guard let first = parts.first, let last = parts.last else { continue }
      switch String(decoding: callable.trait, as: UTF8.self) {
      case "\(TestMode.pluginTrait)": words.append(first)
      case "\(TestMode.hookTrait)": words.append(last)
      case "\(TestMode.optionTrait)" where parts.count > 1:
        options.append((parts[parts.count - 2], last))
      default: continue
      }
    }
  }

  /// Whether a line names a plugin or hook, or sets an option to its value. Distributions and
  /// options of the command line are written with hyphens.
  func areFound(in text: [UInt8]) -> Bool {
    text.split(separator: UInt8(ascii: "\n")).contains { line in
      let line = String(
        decoding: line.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
      if words.contains(where: line.contains) { return true }
      return options.contains { option in
        line.contains(option.name) && line.lowercased().contains(option.value)
      }
    }
  }
}
