import RuleBase
import Verifier

/// What other tools find in our examples: rules by tools.
struct ComparisonPage {
  static let path = "comparison.html"

  let context: PageContext

  var file: OutputFile {
    EvidencePages.file(
      Self.path, title: "Compared with other tools",
      description:
        "What released linters and type checkers find in the examples of these rules, measured.",
      main: introduction + table, context: context)
  }

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

  private var introduction: HTML {
    let versions = tools.map { tool in
      let found = rules.flatMap { $0.peers?.measured ?? [] }.first { $0.tool == tool }
      return "<li>\(tool) \(found?.version ?? "")</li>\n" as HTML
    }
    let days = Set(rules.compactMap { $0.peers?.date }).sorted()
    return """
      <p>Each tool ran on every example of the rules that name one of its codes, with these codes \
      switched on. A cell says in how many of the bad examples it found something, and in how many \
      of the correct ones it did so too. An empty cell means that no code of the tool is known to \
      be about the mistake. The examples were written for our rules, so the table says what the \
      tools find of them and nothing about what else they find.</p>
      <ul class="versions">
      \(versions)</ul>
      <p>Measured with the releases of \(days.joined(separator: ", ")). \
      Tools that are not programs from PyPI are not in the table.</p>

      """
  }

  private var table: HTML {
    guard !tools.isEmpty else { return "<p>Nothing was measured yet.</p>\n" }
    return EvidenceTable(
      caption: "Rules and tools",
      columns: ["Rule"] + tools.map { "\($0)" as HTML },
      rows: rules.filter { $0.peers != nil }.map { rule in
        let link: HTML = """
          <a href="\(context.link(to: rule.rule))"><span class="code-name">\(rule.rule.code)</span> \
          \(BackquotedText(rule.rule.title).html)</a>
          """
        return [link]
          + tools.map { tool in
            let list = (rule.peers?.measured ?? []).filter { $0.tool == tool }
            return PeerCell(list).html
          }
      }
    ).html
  }
}

/// What all codes of one tool find together in the examples of one rule.
struct PeerCell {
  private let measurements: [PeerMeasurement]

  init(_ measurements: [PeerMeasurement]) { self.measurements = measurements }

  var html: HTML {
    guard let first = measurements.first else { return "" }
    let found = first.bad.indices.count { index in
      measurements.contains { $0.bad.indices.contains(index) && $0.bad[index].found > 0 }
    }
    let alarms = Set(measurements.flatMap(\.alarms)).count
    let codes = measurements.map { "<code>\($0.code)</code>" as HTML }.joined(by: " ")
    let wrong: HTML = alarms == 0 ? "" : "<br>and \(alarms) of \(first.clean) correct"
    return "\(found) of \(first.bad.count) bad\(wrong)<br><small>\(codes)</small>"
  }
}

/// The codes of other tools with our rules for them.
struct MigrationPage {
  static let path = "migration.html"

  let context: PageContext

  var file: OutputFile {
    EvidencePages.file(
      Self.path, title: "Their codes to ours",
      description: "Which rule here is about what a rule of another tool is about.",
      main: "\(introduction)\(sections)", context: context)
  }

  private var introduction: HTML {
    """
    <p>The third column says how the other rule compares with ours; the last one says what was \
    measured on the examples of our rule.</p>

    """
  }

  private struct Entry {
    let alias: RuleAlias
    let rule: VerifiedRule
  }

  private var sections: [HTML] {
    let entries = context.site.rules.flatMap { rule in
      rule.rule.aliases.map { Entry(alias: $0, rule: rule) }
    }
    let tools = Dictionary(grouping: entries, by: \.alias.tool)
    return tools.sorted { $0.key < $1.key }.map { tool, entries in
      let anchor = PathPart(tool).text
      let sorted = entries.sorted {
        ($0.alias.rule, $0.rule.rule.code) < ($1.alias.rule, $1.rule.rule.code)
      }
      let table = EvidenceTable(
        caption: "Codes of \(tool)",
        columns: ["Theirs", "Ours", "Theirs", "Measured"],
        rows: sorted.map(row))
      return """
        <section>
        <h2 id="\(anchor)">\(tool)<a class="anchor" href="#\(anchor)" \
        aria-label="Link to this tool">#</a></h2>
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
      "\(entry.alias.relation.sentence)",
      MeasuredText(entry.rule.peers?.measurement(of: entry.alias.tool, code: entry.alias.rule))
        .html,
    ]
  }
}

/// What was measured of one code of another tool.
struct MeasuredText {
  private let measurement: PeerMeasurement?

  init(_ measurement: PeerMeasurement?) { self.measurement = measurement }

  var html: HTML {
    guard let measurement else { return "not measured" }
    let found = "\(measurement.foundCount) of \(measurement.bad.count) bad examples"
    let alarms = measurement.alarms.count
    let wrong = alarms == 0 ? "no correct one" : "\(alarms) of \(measurement.clean) correct ones"
    return "\(measurement.version) marks \(found) and \(wrong)"
  }
}
