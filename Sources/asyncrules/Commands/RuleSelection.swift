import AsyncChecks

/// Which rules are reported, from the options and the configuration.
struct RuleSelection {
  /// By rule index.
  let selected: [Bool]

  /// - Parameters:
  ///   - select: Codes, beginnings of codes, names, or `ALL`; the configuration's choice when
  ///     empty, which it replaces otherwise.
  ///   - extendSelect: The same, added.
  ///   - ignore: The same, taken out afterwards.
  /// - Throws: ``Complaint`` for a selector that names no rule.
  init(
    table: RuleTable, select: [String], extendSelect: [String] = [], ignore: [String],
    configuration: Configuration = Configuration(),
  ) throws {
    var selected = table.rules.map(\.isDefault)
    func choose(_ isSelected: Bool, _ selectors: [String], _ source: String) throws {
      let matching = try Self.rules(matching: selectors, in: table, source: source)
      for (index, matches) in matching.enumerated() where matches { selected[index] = isSelected }
    }
    if select.isEmpty {
      let file = configuration.path ?? ""
      if !configuration.select.isEmpty {
        selected = selected.map { _ in false }
        try choose(true, configuration.select, "select of \(file)")
      }
      try choose(true, configuration.extendSelect, "extend-select of \(file)")
      try choose(false, configuration.ignore, "ignore of \(file)")
    } else {
      selected = selected.map { _ in false }
      try choose(true, select, "--select")
    }
    try choose(true, extendSelect, "--extend-select")
    try choose(false, ignore, "--ignore")
    self.selected = selected
  }

  /// Which rules some selectors name, by rule index.
  ///
  /// - Parameter source: Where the selectors stand, for the error.
  /// - Throws: ``Complaint`` for a selector that names no rule.
  static func rules(
    matching values: [String], in table: RuleTable, source: String,
  ) throws -> [Bool] {
    var result = table.rules.map { _ in false }
    for selector in selectors(values) {
      for index in try rules(matching: selector, in: table, source: source) { result[index] = true }
    }
    return result
  }

  private static func selectors(_ values: [String]) -> [String] {
    values.flatMap { value in
      value.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
    }
  }

  private static func rules(
    matching selector: String, in table: RuleTable, source: String,
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
        "\(source): no rule is called '\(selector)'; wanted a code (AR101), the beginning of "
          + "codes (AR1), a name (blocking-sleep) or ALL; see 'asyncrules rules'")
    }
    return matches
  }
}
