import PythonSemantics
import PythonSyntax

/// How much of a project is parsed.
package enum ParsingScope: Sendable {
  /// Files that a rule can concern, and what these need.
  case needed
  /// Every file, so that the syntax errors of all are known. What rules find is the same.
  case everything
}

/// Finds out which files of a project have to be analysed, and parses those.
///
/// A file is *relevant* when a rule can report something in it: it has coroutines, uses a known
/// asynchronous callable, or uses something asynchronous of a file that it imports (``Carriers``).
/// Other files are *needed* when they tell what names of relevant files mean (``Demand``). The rest
/// is looked through eight bytes at a time (``SourceSketch``) and left alone.
struct ProjectLoader {
  private let files: SourceFiles
  private let scope: ParsingScope
  private let names: ModuleNames
  private let modules: ModuleTable
  private let triggers: TriggerNames
  private let executor: Executor
  private var parsed: [ParsedFile?]
  private var uses: [ModuleUses?]
  /// By file: whether it could be read.
  private var isReadable: [Bool]
  private var isRelevant: [Bool]
  /// By file: whether it has coroutines or uses known asynchronous callables itself; then the
  /// checks look at all of it.
  private var isAsynchronous: [Bool]
  /// In ascending order; the relevant files are among them.
  private var needed: [Int] = []
  /// What of each needed file is taken in.
  private var selections: [NodeSelection] = []
  private var sketches: [SourceSketch]
  /// By file: whether another one imports it.
  private var isImported: [Bool]
  /// By file that was not parsed for what carries: its words, where these were looked at.
  private var lookedAtWords: [[UInt32]?]
  /// What a later run can build on.
  private(set) var record = ProjectRecord()

  /// - Parameter looksAtAll: Takes every file for relevant, as a test of the choice does.
  init(
    _ files: SourceFiles, triggers: TriggerNames, scope: ParsingScope, looksAtAll: Bool,
    executor: Executor,
  ) {
    self.files = files
    self.scope = scope
    self.triggers = triggers
    self.executor = executor
    names = ModuleNames(paths: files.paths)
    modules = ModuleTable(names)
    parsed = [ParsedFile?](repeating: nil, count: files.count)
    uses = [ModuleUses?](repeating: nil, count: files.count)
    isReadable = [Bool](repeating: true, count: files.count)
    isRelevant = [Bool](repeating: false, count: files.count)
    isAsynchronous = isRelevant
    isImported = isRelevant
    lookedAtWords = [[UInt32]?](repeating: nil, count: files.count)
    sketches = [SourceSketch](repeating: SourceSketch(), count: files.count)
    sketch(parsesAll: looksAtAll)
    if looksAtAll || isMostlyAsynchronous {
      takeAll()
      // Any file may matter to others, so any change does.
      record = ProjectRecord(
        files: files.paths.indices.map { _ in .connected }, names: NameFilter())
    } else {
      var carriers = Carriers(fileCount: files.count, modules: modules)
      let concerned = chooseRelevant(&carriers)
      choose(followed(concerned, carriers.table))
      record = makeRecord(carriers)
    }
    uses = []
    lookedAtWords = []
  }

  /// What was loaded.
  var project: LoadedProject {
    LoadedProject(
      files: files, names: names, scope: scope, parsed: parsed, isReadable: isReadable,
      isRelevant: isRelevant, needed: needed, selections: selections)
  }

  private func makeRecord(_ carriers: Carriers) -> ProjectRecord {
    var isNeeded = [Bool](repeating: false, count: files.count)
    for file in needed { isNeeded[file] = true }
    let records = files.paths.indices.map { file in
      let sketch = sketches[file]
      let isCandidate =
        sketch.hasCoroutines || sketch.importsTrigger || files.isNotebook[file]
      return ProjectRecord.File(
        standsApart: isReadable[file] && !isCandidate && uses[file] == nil && !isNeeded[file],
        // A file that nobody imported may carry when somebody does.
        carries: carriers.versions[file] > 0 || lookedAtWords[file] != nil,
        imports: sketch.imports.contains { carriers.versions[Int($0.file)] > 0 }
          ? sketch.imports : [],
        words: lookedAtWords[file].map { $0.filter(carriers.table.mayMatter) })
    }
    return ProjectRecord(files: records, names: carriers.table.mattering)
  }

  // MARK: Reading

  private enum Look: Sendable {
    case unreadable
    case sketched(SourceSketch)
    case parsed(ParsedFile, SourceSketch)
  }

  /// Looks through all files and parses those that may be relevant by themselves.
  private mutating func sketch(parsesAll: Bool) {
    let (files, scope, modules, triggers) = (files, scope, modules, triggers)
    let looks = executor.map(files.count) { file -> Look in
      var sketch = SourceSketch()
      var bytes: [UInt8] = []
      var isCandidate = false
      let isReadable = files.look(file) { text in
        if let foreign = files.codecs.foreignText(text) {
          // A quote or a backslash may be part of a character there.
          sketch = foreign.withUnsafeBufferPointer {
            SourceSketch($0, file: file, modules: modules, triggers: triggers.callables)
          }
        } else {
          sketch = SourceSketch(
            text, file: file, modules: modules, triggers: triggers.callables)
        }
        isCandidate =
          sketch.hasCoroutines || sketch.importsTrigger || files.isNotebook[file] || parsesAll
        if isCandidate || scope == .everything { bytes = Array(text) }
      }
      guard isReadable else { return .unreadable }
      guard isCandidate || scope == .everything else { return .sketched(sketch) }
      let parsed = ParsedFile(
        bytes, isNotebook: files.isNotebook[file], codecs: files.codecs)
      return .parsed(
        isCandidate ? parsed : parsed.errorsOnly(includesCompiler: true), sketch)
    }
    for (file, look) in looks.enumerated() {
      switch look {
      case .unreadable: isReadable[file] = false
      case .sketched(let sketch): sketches[file] = sketch
      case .parsed(let file_, let sketch):
        parsed[file] = file_
        sketches[file] = sketch
      }
    }
    for sketch in sketches {
      for entry in sketch.imports { isImported[Int(entry.file)] = true }
    }
  }

  private mutating func parse(_ wanted: [Int]) {
    let files = files
    let results = executor.map(wanted.count) { index -> ParsedFile? in
      let file = wanted[index]
      return files.read(file).map {
        ParsedFile($0, isNotebook: files.isNotebook[file], codecs: files.codecs)
      }
    }
    for (file, result) in zip(wanted, results) {
      // A file that went away meanwhile is analysed as far as it is known.
      parsed[file] = result ?? parsed[file]
    }
  }

  /// Finds out what files that have been parsed use.
  private mutating func findUses(of wanted: [Int]) {
    let (parsed, modules, triggers) = (parsed, modules, triggers)
    let results = executor.map(wanted.count) { index -> ModuleUses? in
      parsed[wanted[index]]?.tree.map {
        ModuleUses($0, file: wanted[index], modules: modules, triggers: triggers.callables)
      }
    }
    for (file, result) in zip(wanted, results) { uses[file] = result }
  }

  // MARK: Choosing

  /// Whether there is little to leave alone, so that to find out what it is costs more than to look
  /// at everything.
  private var isMostlyAsynchronous: Bool {
    files.count >= 256 && sketches.count { $0.hasCoroutines } * 4 >= files.count
  }

  /// Takes every file for relevant.
  private mutating func takeAll() {
    parse(files.paths.indices.filter { parsed[$0]?.tree == nil && isReadable[$0] })
    needed = files.paths.indices.filter { parsed[$0]?.tree != nil }
    selections = [NodeSelection](repeating: .everything, count: needed.count)
    for file in needed { isRelevant[file] = true }
  }

  /// Finds what tells what the names of relevant statements mean.
  private mutating func followed(
    _ concerned: [(file: Int, units: [Bool])], _ carriers: CarrierTable,
  ) -> Demand {
    var demand = Demand(fileCount: files.count, carriers: carriers)
    demand.add(concerned, uses)
    while !demand.missing.isEmpty {
      parse(demand.missing)
      findUses(of: demand.missing)
      demand.resume(uses)
    }
    return demand
  }

  /// Keeps what is wanted, and the errors of the rest.
  private mutating func choose(_ demand: Demand) {
    needed = files.paths.indices.filter { demand.wants($0) && parsed[$0]?.tree != nil }
    selections = needed.map { file in
      guard !isAsynchronous[file], let fileUses = uses[file] else { return .everything }
      return NodeSelection(fileUses, demand.wantedUnits(of: file))
    }
    for file in files.paths.indices where !demand.wants(file) {
      parsed[file] = parsed[file]?.errorsOnly(includesCompiler: scope == .everything)
      uses[file] = nil
    }
  }

  /// Finds the relevant files.
  ///
  /// - Returns: Those files, and which of their statements anything can be found in.
  private mutating func chooseRelevant(
    _ carriers: inout Carriers,
  ) -> [(file: Int, units: [Bool])] {
    for file in files.paths.indices where isImported[file] {
      for entry in sketches[file].imports {
        if let name = entry.module { carriers.add(entry.file, named: name, of: Int32(file)) }
      }
    }
    findUses(of: files.paths.indices.filter { parsed[$0]?.tree != nil })
    var added = files.paths.indices.filter { uses[$0] != nil }
    carriers.add(added, uses)
    var seen = [Int32](repeating: 0, count: files.count)
    var words = [[UInt32]?](repeating: nil, count: files.count)
    while true {
      let wanted = carrierUsers(carriers, &seen, &words)
      if wanted.isEmpty { break }
      parse(wanted)
      findUses(of: wanted)
      added = wanted.filter { uses[$0] != nil }
      carriers.add(added, uses)
    }
    lookedAtWords = words
    let triggered = triggeredFiles()
    var concerned: [(file: Int, units: [Bool])] = []
    for file in files.paths.indices {
      guard let fileUses = uses[file] else { continue }
      let isNotebook = files.isNotebook[file]
      var units = carriers.table.concernedUnits(of: file, fileUses)
      isAsynchronous[file] = isNotebook || fileUses.hasCoroutines || triggered[file]
      isRelevant[file] = isAsynchronous[file] || units.contains(true)
      guard isRelevant[file] else { continue }
      if isNotebook { units = units.map { _ in true } }
      concerned.append((file, units))
    }
    return concerned
  }

  private func triggeredFiles() -> [Bool] {
    let (parsed, uses, sketches, triggers) = (parsed, uses, sketches, triggers)
    return executor.map(files.count) { file in
      guard let tree = parsed[file]?.tree, let fileUses = uses[file] else { return false }
      return !fileUses.hasCoroutines && sketches[file].importsTrigger && triggers.occur(in: tree)
    }
  }

  /// Files that have not been parsed and use what carries in a file that they import, either to get
  /// hold of something asynchronous or to pass it on.
  ///
  /// - Parameters:
  ///   - seen: By file: the versions of its imports when it was last looked at.
  ///   - words: By file: its words, once it has been looked at.
  private func carrierUsers(
    _ carriers: Carriers, _ seen: inout [Int32], _ words: inout [[UInt32]?],
  ) -> [Int] {
    var candidates: [Int] = []
    for file in files.paths.indices where uses[file] == nil && isReadable[file] {
      var version: Int32 = 0
      for entry in sketches[file].imports { version += carriers.versions[Int(entry.file)] }
      guard version > seen[file] else { continue }
      seen[file] = version
      let mayUse = sketches[file].imports.contains { entry in
        carriers.versions[Int(entry.file)] > 0 && carriers.table.mayCarry(entry) != false
      }
      if mayUse { candidates.append(file) }
    }
    let (sketches, isImported) = (sketches, isImported)
    var users: [Int] = []
    var open: [Int] = []
    for file in candidates {
      if carriers.pass(sketches[file].imports, isImported: isImported[file]) {
        users.append(file)
      } else {
        open.append(file)
      }
    }
    let unread = open.filter { words[$0] == nil }
    let files = files
    let read = executor.map(unread.count) { index -> [UInt32] in
      var words: [UInt32] = []
      _ = files.look(unread[index]) { words = WordScan.uniqueWords($0) }
      return words
    }
    for (file, read) in zip(unread, read) { words[file] = read }
    let (known, asked) = (words, open)
    let isUser = executor.map(asked.count) { index -> Bool in
      let file = asked[index]
      return carriers.matter(
        to: known[file] ?? [], takenBy: sketches[file].imports, isImported: isImported[file])
    }
    for (file, isUser) in zip(asked, isUser) where isUser { users.append(file) }
    return users.sorted()
  }
}
