import RuleBase

extension PeerFolder {
  /// Sets what a tool marked against what is wrong in each example.
  func measurements(
    by tool: PeerTool, version: String, of rules: [Rule], marks: Set<PeerOutput.Mark>,
  ) -> [String: [PeerMeasurement]] {
    var lines: [String: [Place: Int]] = [:]
    for mark in marks {
      lines[mark.code, default: [:]][entries[mark.entry].place, default: 0] += 1
    }
    let unread = Set(entries.filter { $0.isNotebook && !tool.readsNotebooks }.map(\.place))
    return Dictionary(
      uniqueKeysWithValues: rules.map { rule in
        let read = rule.examples.filter {
          !unread.contains(Place(rule: rule.name, example: $0.id))
        }
        let list = rule.aliases.filter { $0.tool == tool.name }.map { alias in
          let found = lines[alias.rule] ?? [:]
          func count(_ example: Example) -> Int {
            found[Place(rule: rule.name, example: example.id)] ?? 0
          }
          let bad = read.filter { $0.kind == .bad }.map { example in
            let wrong = example.files.reduce(0) { sum, file in
              sum + Set(file.expectations.filter { $0.code == rule.code }.map(\.start.line)).count
            }
            return PeerCount(id: example.id, found: min(count(example), wrong), of: wrong)
          }
          let clean = read.filter { $0.kind != .bad }
          return PeerMeasurement(
            tool: tool.name, code: alias.rule, version: version, bad: bad,
            alarms: clean.filter { count($0) > 0 }.map(\.id), clean: clean.count)
        }
        return (rule.name, list)
      })
  }
}
