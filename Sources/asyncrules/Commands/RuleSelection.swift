import AsyncChecks

/// Which rules are reported, from `--select` and `--ignore`.
struct RuleSelection {
  /// By rule index.
  let selected: [Bool]

  /// - Parameters:
  ///   - select: Codes, beginnings of codes, names, or `ALL`; the defaults when empty.
  ///   - ignore: The same, taken out afterwards.
  /// - Throws: ``Complaint`` for a selector that names no rule.
  init(table: RuleTable, select: [String], ignore: [String]) throws {
    var selected = table.rules.map(\.isDefault)
    if !select.isEmpty {
      selected = Array(repeating: false, count: table.rules.count)
      for selector in Self.selectors(select) {
        for index in try Self.rules(matching: selector, in: table, option: "--select") {
          selected[index] = true
        }
      }
    }
    for selector in Self.selectors(ignore) {
      for index in try Self.rules(matching: selector, in: table, option: "--ignore") {
        selected[index] = false
      }
    }
    self.selected = selected
  }

  private static func selectors(_ values: [String]) -> [String] {
    values.flatMap { value in
      value.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
    }
  }

  private static func rules(
    matching selector: String, in table: RuleTable, option: String,
  ) throws -> [Int] {
    let upper = selector.uppercased()
    let lower = selector.lowercased()
    let matches = table.rules.indices.filter { index in
      let code = String(decoding: table.rules[index].code, as: UTF8.self)
      let name = String(decoding: table.rules[index].name, as: UTF8.self)
      return upper == "ALL" || code.hasPrefix(upper) || name == lower
    }
    guard !matches.isEmpty else {
      throw Complaint(
        "\(option): no rule is called '\(selector)'; wanted a code (AR101), the beginning of "
          + "codes (AR1), a name (blocking-sleep) or ALL; see 'asyncrules rules'")
    }
    return matches
  }
}
