import PythonSemantics

/// Which files, beyond the relevant ones, tell what the names of the relevant ones mean.
///
/// Follows names from statement to statement: a relevant file wants the names that it imports; the
/// statement that binds such a name in another file wants the names that it uses itself, and so on.
/// A file that no wanted name leads to need not even be parsed.
///
/// Code with anything of `async` wants all its names, as it may call what blocks. Code that uses a
/// known callable of which only the call itself matters wants the definitions of its names. Other
/// code wants the names that carry (``Carriers``): nothing else can make a finding there.
struct Demand {
  /// How many of the names that a statement uses are wanted.
  private enum Extent: UInt8, Comparable {
    case none
    /// Those that carry.
    case carriers
    /// Those that carry; the statement itself is wanted even if its names do not.
    case definition
    /// All, with what defines them.
    case definitions
    /// All, and so on.
    case all

    static func < (left: Extent, right: Extent) -> Bool { left.rawValue < right.rawValue }
  }

  /// A statement that wants something.
  private struct Source: Hashable {
    let file: Int32
    let unit: Int32
    let extent: Extent

    var key: UInt64 {
      UInt64(UInt32(bitPattern: file)) << 35 | UInt64(UInt32(bitPattern: unit)) << 3
        | UInt64(extent.rawValue)
    }

    /// What it wants of the names that it uses.
    var next: Source {
      let next: Extent =
        switch extent {
        case .none, .carriers, .all: extent
        case .definition: .carriers
        case .definitions: .definition
        }
      return Source(file: file, unit: unit, extent: next)
    }
  }

  private enum Wish {
    /// A name of a file; the source matters where the name is that of a module.
    case name(UInt32, by: Source)
    /// A module, of which the names that the source uses are wanted.
    case module(by: Source)
  }

  private let carriers: CarrierTable
  private var isWanted: [Bool]
  private var visited: [[Extent]]
  private var wishes: [[Wish]]
  private var knownNames: [IDTable?]
  private var knownModules: [IDTable?]
  private var work: [Source] = []
  /// Files that are wanted and have not been parsed.
  private(set) var missing: [Int] = []

  init(fileCount: Int, carriers: CarrierTable) {
    self.carriers = carriers
    isWanted = [Bool](repeating: false, count: fileCount)
    visited = [[Extent]](repeating: [], count: fileCount)
    wishes = [[Wish]](repeating: [], count: fileCount)
    knownNames = [IDTable?](repeating: nil, count: fileCount)
    knownModules = [IDTable?](repeating: nil, count: fileCount)
  }

  /// Whether a file's definitions are wanted.
  func wants(_ file: Int) -> Bool { isWanted[file] }

  /// Which statements of a file are wanted.
  func wantedUnits(of file: Int) -> [Bool] { visited[file].map { $0 > .none } }

  /// Wants what some statements of some files use.
  mutating func add(_ concerned: [(file: Int, units: [Bool])], _ uses: [ModuleUses?]) {
    for (file, units) in concerned {
      isWanted[file] = true
      guard let fileUses = uses[file] else { continue }
      prepare(file, fileUses)
      for unit in units.indices where units[unit] {
        let extent: Extent =
          fileUses.isAsync(unit)
          ? .all : fileUses.usesTrigger(unit) ? .definitions : .carriers
        visit(Source(file: Int32(file), unit: Int32(unit), extent: extent))
      }
    }
    follow(uses)
  }

  /// Goes on with files that were missing and have been parsed.
  mutating func resume(_ uses: [ModuleUses?]) {
    let parsed = missing
    missing = []
    for file in parsed {
      guard let fileUses = uses[file] else { continue }
      prepare(file, fileUses)
      let waiting = wishes[file]
      wishes[file] = []
      for wish in waiting { grant(wish, file, uses) }
    }
    follow(uses)
  }

  private mutating func prepare(_ file: Int, _ uses: ModuleUses) {
    if visited[file].isEmpty {
      visited[file] = [Extent](repeating: .none, count: uses.unitCount)
    }
  }

  private mutating func visit(_ source: Source) {
    guard visited[Int(source.file)][Int(source.unit)] < source.extent else { return }
    visited[Int(source.file)][Int(source.unit)] = source.extent
    work.append(source)
  }

  private mutating func follow(_ uses: [ModuleUses?]) {
    while let source = work.popLast() {
      let file = Int(source.file)
      guard let fileUses = uses[file] else { continue }
      let next = source.next
      for entry in fileUses.imports(of: Int(source.unit)) {
        if let member = entry.member {
          want(.name(member, by: next), Int(entry.file), uses)
        } else if !entry.isStar {
          want(.module(by: next), Int(entry.file), uses)
        }
      }
      let used =
        fileUses.starFiles.isEmpty
        ? fileUses.usedOwn(by: Int(source.unit)) : fileUses.used(by: Int(source.unit))
      for name in used where next.extent > .carriers || carriers.mayPass(name, file) {
        want(.name(name, by: next), file, uses)
      }
    }
  }

  private mutating func want(_ wish: Wish, _ file: Int, _ uses: [ModuleUses?]) {
    if case .name(let name, let source) = wish, source.extent == .carriers,
      !carriers.mayPass(name, file)
    {
      return
    }
    if !isWanted[file] {
      isWanted[file] = true
      if uses[file] == nil { missing.append(file) }
    }
    guard let fileUses = uses[file] else {
      wishes[file].append(wish)
      return
    }
    prepare(file, fileUses)
    grant(wish, file, uses)
  }

  private mutating func grant(_ wish: Wish, _ file: Int, _ uses: [ModuleUses?]) {
    guard let fileUses = uses[file] else { return }
    switch wish {
    case .module(let source):
      if knownModules[file] == nil { knownModules[file] = IDTable() }
      guard knownModules[file]?[source.key] == nil else { return }
      knownModules[file]?[source.key] = 1
      guard let wanting = uses[Int(source.file)] else { return }
      for name in wanting.used(by: Int(source.unit))
      where fileUses.binds(name) || !fileUses.starFiles.isEmpty {
        if source.extent == .carriers, !carriers.mayPass(name, file) { continue }
        grant(.name(name, by: source), file, uses)
      }
    case .name(let name, let source):
      let isNew = isNewName(name, source.extent, file)
      var isBound = false
      var imported: [ModuleUses.Import] = []
      fileUses.forEachUnit(binding: name) { unit in
        isBound = true
        imported += fileUses.imports(of: unit).filter { $0.bound == name }
        if isNew {
          visit(Source(file: Int32(file), unit: Int32(unit), extent: source.extent))
        }
      }
      for entry in imported where entry.member == nil || isNew {
        if let member = entry.member {
          want(.name(member, by: source), Int(entry.file), uses)
        } else if Int(entry.file) != file {
          want(.module(by: source), Int(entry.file), uses)
        }
      }
      guard !isBound, isNew else { return }
      for star in fileUses.starFiles where Int(star) != file {
        want(.name(name, by: source), Int(star), uses)
      }
    }
  }

  private mutating func isNewName(_ name: UInt32, _ extent: Extent, _ file: Int) -> Bool {
    if knownNames[file] == nil { knownNames[file] = IDTable() }
    if let known = knownNames[file]?[UInt64(name)], known >= UInt32(extent.rawValue) {
      return false
    }
    knownNames[file]?[UInt64(name)] = UInt32(extent.rawValue)
    return true
  }
}
