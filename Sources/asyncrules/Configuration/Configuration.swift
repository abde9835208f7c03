/// What a project states of how it is checked: the table `tool.asyncrules` of its
/// `pyproject.toml`, or its `asyncrules.toml`.
struct Configuration: Equatable {
  /// Files that a pattern names, and rules that are left out there.
  struct FileRules: Equatable {
    let pattern: String
    let rules: [String]
  }

  /// The file; `nil` when there is none.
  var path: String?
  /// The folder that the patterns count from, absolute.
  var folder = FileSystem.workingDirectory
  /// The rules to report instead of the usual ones.
  var select: [String] = []
  /// Rules to report besides.
  var extendSelect: [String] = []
  /// Rules to leave out.
  var ignore: [String] = []
  /// Files and folders to leave out when folders are searched.
  var exclude: [String] = []
  var perFileIgnores: [FileRules] = []
  /// Folders of rules, relative to ``folder``.
  var rules: [String] = []

  /// The folders of rules as they can be opened.
  var ruleFolders: [String] { rules.map { $0.hasPrefix("/") ? $0 : "\(folder)/\($0)" } }
}

extension Configuration {
  /// The names of configuration files, the first one that says anything counts in its folder.
  private static let names = ["asyncrules.toml", "pyproject.toml"]

  /// The configuration that is nearest above what is checked.
  ///
  /// - Parameter paths: Files and folders; the search begins in the folder that holds them all.
  /// - Throws: ``Complaint`` for a file that is not what it should be.
  static func nearest(to paths: [String]) throws -> Configuration {
    var folder = commonFolder(of: paths)
    while true {
      for name in names {
        let path = folder == "/" ? "/" + name : "\(folder)/\(name)"
        guard FileSystem.kind(of: path) == .file else { continue }
        if let found = try ConfigurationReader(path: path, folder: folder).configuration() {
          return found
        }
      }
      guard let slash = folder.lastIndex(of: "/"), folder != "/" else { return Configuration() }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }

  /// The configuration of a file that the user names.
  static func file(_ path: String) throws -> Configuration {
    let absolute = FileSystem.realPath(path) ?? path
    let folder = absolute.lastIndex(of: "/").map { String(absolute[..<$0]) } ?? ""
    let reader = ConfigurationReader(path: path, folder: folder.isEmpty ? "/" : folder)
    guard let found = try reader.configuration() else {
      throw Complaint("\(path): there is no table [tool.asyncrules]")
    }
    return found
  }

  /// The deepest folder that holds all of some paths.
  private static func commonFolder(of paths: [String]) -> String {
    var common: [Substring]?
    for path in paths where path != "-" {
      guard let absolute = FileSystem.realPath(path) else { continue }
      var segments = absolute.split(separator: "/")
      if FileSystem.kind(of: absolute) != .directory { _ = segments.popLast() }
      let shared = common.map { zip($0, segments).prefix { $0 == $1 }.map(\.0) }
      common = shared ?? segments
    }
    guard let common else { return FileSystem.workingDirectory }
    return "/" + common.joined(separator: "/")
  }
}
