import AsyncChecks
import TOMLKit

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

  /// Whether a line of Python or of an `.ini` file says so.
  func areFound(in text: [UInt8]) -> Bool {
    text.split(separator: UInt8(ascii: "\n")).contains {
      areFound(inLine: String(decoding: $0, as: UTF8.self))
    }
  }

  /// Whether a value of a TOML table, with its keys, says so.
  func areFound(in table: TOMLTable) -> Bool { areFound(in: table, below: "") }

  private func areFound(in value: any TOMLValueConvertible, below keys: String) -> Bool {
    if let table = value.table {
      return areFound(inLine: keys)
        || table.contains { areFound(in: $1, below: "\(keys).\($0)") }
    }
    if let array = value.array {
      return array.contains { areFound(in: $0, below: keys) }
    }
    return areFound(inLine: "\(keys) = \(value.string ?? "")")
  }

  /// Whether a line names a plugin or hook, or sets an option to its value. Distributions and
  /// options of the command line are written with hyphens.
  private func areFound(inLine line: String) -> Bool {
    let line = line.replacing("-", with: "_")
    if words.contains(where: line.contains) { return true }
    return options.contains { option in
      line.contains(option.name) && line.lowercased().contains(option.value)
    }
  }
}
