import AsyncChecks

/// What can only be said of all rules together.
struct RuleCrossChecks {
  private let files: [ParsedRuleFile]
  private let names: [String]
  private let codes: [String]
  private let knownCodes: Set<String>
  /// The first file of each name; names of files count too, so that a broken file makes no links
  /// to it dangle.
  private let fileOfName: [String: Int]

  init(_ files: [ParsedRuleFile]) {
    self.files = files
    var fileOfName: [String: Int] = [:]
    for (index, file) in files.enumerated() {
      for name in [file.rule.name, RulePath(file.rule.path).name]
      where !name.isEmpty && fileOfName[name] == nil {
        fileOfName[name] = index
      }
    }
    self.fileOfName = fileOfName
    names = fileOfName.keys.sorted()
    codes = files.map(\.rule.code).filter { !$0.isEmpty }.sorted()
    knownCodes = Set(codes)
  }

  /// Everything wrong between the files.
  func errors() -> [RuleFileError] {
    var reports = files.map { RuleFileReport(file: $0.file) }
    checkIdentities(&reports)
    // A file that failed to say its code may be the one that is meant.
    let areCodesKnown = files.allSatisfy { TextForm.isCode($0.rule.code) }
    for index in files.indices {
      checkMentions(of: index, &reports[index])
      if areCodesKnown { checkExpectations(of: index, &reports[index]) }
    }
    checkCallables(&reports)
    return reports.flatMap(\.errors)
  }

  private func checkIdentities(_ reports: inout [RuleFileReport]) {
    var codeOwner: [String: Int] = [:]
    var nameOwner: [String: Int] = [:]
    for (index, file) in files.enumerated() {
      let (code, name) = (file.rule.code, file.rule.name)
      if !code.isEmpty {
        if let owner = codeOwner[code] {
          reports[index].add(
            .duplicateCode(code, other: files[owner].file), line: file.marks.code)
        } else {
          codeOwner[code] = index
        }
      }
      if !name.isEmpty {
        if let owner = nameOwner[name] {
          reports[index].add(
            .duplicateName(name, other: files[owner].file), line: file.marks.name)
        } else {
          nameOwner[name] = index
        }
      }
    }
  }

  private func checkMentions(of index: Int, _ report: inout RuleFileReport) {
    for mention in files[index].marks.mentions {
      let target = fileOfName[mention.name]
      guard let target else {
        let near = NearestWord.to(mention.name, among: names)
        let problem: RuleFileProblem =
          mention.isLink
          ? .deadLink(mention.what, near: near.map { "rule:\($0)" })
          : .unknownRule(what: mention.what, found: mention.name, near: near)
        report.add(problem, line: mention.line)
        continue
      }
      if target == index, mention.anchor == nil {
        report.add(.linkToItself(what: mention.what), line: mention.line)
      }
      // A file without sections was reported and has no anchors that one could miss.
      guard let anchor = mention.anchor, !files[target].rule.sections.isEmpty else { continue }
      let anchors = files[target].marks.anchors
      if anchors[anchor] == nil {
        let near = NearestWord.to(anchor, among: anchors.keys.sorted())
        report.add(
          .deadLink(mention.what, near: near.map { "rule:\(mention.name)#\($0)" }),
          line: mention.line)
      }
    }
  }

  private func checkExpectations(of index: Int, _ report: inout RuleFileReport) {
    for example in files[index].rule.examples {
      for expectation in example.files.flatMap(\.expectations)
      where !knownCodes.contains(expectation.code) {
        let near = NearestWord.to(expectation.code, among: codes)
        report.add(.unknownCode(expectation.code, near: near), line: expectation.markdownLine)
      }
    }
  }

  private func checkCallables(_ reports: inout [RuleFileReport]) {
    var statements: [String: [(file: Int, callable: Int)]] = [:]
    // A rule that takes the place of a removed one says the same of the same names.
    for (index, file) in files.enumerated() where file.rule.status.state != .removed {
      for (position, callable) in file.rule.callables.enumerated() {
        let earlier = statements[callable.name] ?? []
        if let problem = problem(of: callable, in: index, earlier: earlier) {
          reports[index].add(problem, line: file.marks.callables[position])
        }
        statements[callable.name, default: []].append((index, position))
      }
    }
  }

  /// The first thing that an earlier statement about the same name says against a callable.
  private func problem(
    of callable: RuleCallable, in file: Int, earlier: [(file: Int, callable: Int)],
  ) -> RuleFileProblem? {
    for statement in earlier {
      let other = files[statement.file].rule.callables[statement.callable]
      let place =
        "\(files[statement.file].file):\(files[statement.file].marks.callables[statement.callable])"
      if other.role == callable.role, other.trait == callable.trait, statement.file != file {
        return .duplicateCallable(callable.name, role: callable.role.word, other: place)
      }
      if Self.contradict(callable.role, other.role) {
        return .contradictingRoles(
          callable.name, found: callable.role.word, other: place, role: other.role.word)
      }
      if let returns = callable.returns, let otherReturns = other.returns, returns != otherReturns {
        return .contradictingReturns(
          callable.name, found: returns, other: place, returns: otherReturns)
      }
    }
    return nil
  }

  /// Whether no callable can have both roles: a call that holds up its thread returns no awaitable.
  private static func contradict(_ left: CallableRole, _ right: CallableRole) -> Bool {
    blocks(left) && isAwaitable(right) || blocks(right) && isAwaitable(left)
      || left == .blocking && right == .runner || left == .runner && right == .blocking
  }

  private static func blocks(_ role: CallableRole) -> Bool {
    switch role {
    case .blocking, .runner, .evaluator: true
    case .coroutine, .offload, .bridge, .concurrent, .spawn, .asgiApp, .request, .plain: false
    }
  }

  private static func isAwaitable(_ role: CallableRole) -> Bool {
    switch role {
    case .coroutine, .request, .concurrent: true
    case .blocking, .offload, .bridge, .runner, .spawn, .asgiApp, .evaluator, .plain: false
    }
  }
}
