import RuleBase
import Verifier

/// What other tools find in our examples: rules by tools.
struct ComparisonPage {
  static let path = "comparison.html"

  let context: PageContext

  var file: OutputFile {
    EvidencePages.file(
      Self.path, heading: words.comparison, main: introduction + table, context: context)
  }

  private var words: EvidenceWords { context.evidence }

  private var rules: [VerifiedRule] { context.site.rules }

  /// The tools that were measured, in the order of their first rules.
  private var tools: [String] {
    var tools: [String] = []
    for measurement in rules.flatMap({ $0.peers?.measured ?? [] })
    where !tools.contains(measurement.tool) {
      tools.append(measurement.tool)
    }
    return tools
  }

  /// The release that was measured.
  private func version(of tool: String) -> String {
    rules.lazy.flatMap { $0.peers?.measured ?? [] }.first { $0.tool == tool }?.version ?? ""
  }

  private var introduction: HTML {
    let days = Set(rules.compactMap { $0.peers?.date }).sorted()
    return """
      <p>\(words.comparisonText)</p>
      <p>\(words.measuredOn(days.joined(separator: ", ")))</p>

      """
  }

  private var table: HTML {
    guard !tools.isEmpty else { return "<p>\(words.nothingMeasured)</p>\n" }
    return EvidenceTable(
      caption: words.rulesAndTools,
      columns: ["\(words.rule)" as HTML]
        + tools.map { "\($0)<small>\(version(of: $0))</small>" as HTML },
      rows: rules.filter { $0.peers != nil }.map { rule in
        let link: HTML = """
          <a href="\(context.link(to: rule.rule))"><span class="code-name">\(rule.rule.code)</span> \
          \(BackquotedText(rule.rule.title).html)</a>
          """
        return [link]
          + tools.map { tool in
            let list = (rule.peers?.measured ?? []).filter { $0.tool == tool }
            return PeerCell(list, words: words).html
          }
      }
    ).html
  }
}

/// What all codes of one tool find together in the examples of one rule.
struct PeerCell {
  private let measurements: [PeerMeasurement]
  private let words: EvidenceWords

  init(_ measurements: [PeerMeasurement], words: EvidenceWords) {
    self.measurements = measurements
    self.words = words
  }

  var html: HTML {
    guard let first = measurements.first else { return "" }
    let found = first.bad.indices.count { index in
      measurements.contains { $0.bad.indices.contains(index) && $0.bad[index].found > 0 }
    }
    let alarms = Set(measurements.flatMap(\.alarms)).count
    let codes = measurements.map { "<code>\($0.code)</code>" as HTML }.joined(by: " ")
    let wrong: HTML = alarms == 0 ? "" : "<br>\(words.alarmed((alarms, first.clean)))"
    return "\(words.found((found, first.bad.count)))\(wrong)<br><small>\(codes)</small>"
  }
}

/// The codes of other tools with our rules for them.
struct MigrationPage {
  static let path = "migration.html"

  let context: PageContext

  var file: OutputFile {
    EvidencePages.file(
      Self.path, heading: words.migration,
      main: "<p>\(words.migrationText)</p>\n\(sections)", context: context)
  }

  private var words: EvidenceWords { context.evidence }

  private struct Entry {
    let alias: RuleAlias
    let rule: VerifiedRule
  }

  private var sections: [HTML] {
    let entries = context.site.rules.flatMap { rule in
      rule.rule.aliases.map { Entry(alias: $0, rule: rule) }
    }
    let tools = Dictionary(grouping: entries, by: \.alias.tool)
    var anchors: Set<String> = []
    return tools.sorted { $0.key < $1.key }.map { tool, entries in
      // Names of tools that differ in what no id may hold.
      var anchor = PathPart(tool).text
      while !anchors.insert(anchor).inserted { anchor += "-" }
      let sorted = entries.sorted {
        ($0.alias.rule, $0.rule.rule.code) < ($1.alias.rule, $1.rule.rule.code)
      }
      let table = EvidenceTable(
        caption: words.codesOf(tool),
        columns: [words.theirs, words.ours, words.relation, words.measured].map { "\($0)" },
        rows: sorted.map(row))
      return """
        <section>
        <h2 id="\(anchor)">\(tool)</h2>
        \(table.html)</section>

        """
    }
  }

  private func row(_ entry: Entry) -> [HTML] {
    let rule = entry.rule.rule
    return [
      "<code>\(entry.alias.rule)</code>",
      """
      <a href="\(context.link(to: rule))"><span class="code-name">\(rule.code)</span> \
      \(BackquotedText(rule.title).html)</a>
      """,
      "\(context.model.relation(entry.alias.relation))",
      MeasuredText(
        entry.rule.peers?.measurement(of: entry.alias.tool, code: entry.alias.rule), words: words
      ).html,
    ]
  }
}

/// What was measured of one code of another tool.
struct MeasuredText {
  private let measurement: PeerMeasurement?
  private let words: EvidenceWords

  init(_ measurement: PeerMeasurement?, words: EvidenceWords) {
    self.measurement = measurement
    self.words = words
  }

  var html: HTML {
    guard let measurement else { return "\(words.notMeasured)" }
    let text = words.marks(
      measurement.version, (measurement.foundCount, measurement.bad.count),
      (measurement.alarms.count, measurement.clean))
    return "\(text)"
  }
}
