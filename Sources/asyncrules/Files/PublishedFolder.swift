import CExchange
import Glibc
import Publisher

/// A folder that `publish` writes whole and swaps in.
///
/// A list of its files, kept in the folder, tells later runs that the folder is ours to replace.
struct PublishedFolder {
  private static let listName = ".asyncrules-files"

  /// As the user named it.
  let path: String

  /// Where the folder really is: links resolved, no slash at the end.
  private var target: String {
    var target = FileSystem.realPath(path) ?? path
    while target.count > 1, target.last == "/" { target.removeLast() }
    return target
  }

  /// Makes sure that replacing the folder loses nothing that is not ours.
  ///
  /// - Throws: ``Complaint`` for a file, a folder of somebody else, or files added to ours.
  func validate() throws {
    switch FileSystem.kind(of: target) {
    case nil: return
    case .file, .symbolicLink, .other:
      throw Complaint("'\(path)' is not a folder; wanted a folder to write, or a new name")
    case .directory: break
    }
    let entries = try FileSystem.list(target)
    if entries.isEmpty { return }
    guard let list = try? FileSystem.read(target + "/" + Self.listName) else {
      throw Complaint(
        "'\(path)' was not written by asyncrules (it holds '\(entries[0].name)'), so it is not "
          + "replaced; name another folder, or remove it yourself")
    }
    let ours = Set(String(decoding: list, as: UTF8.self).split(separator: "\n").map(String.init))
    if let foreign = try firstForeign(in: target, prefix: "", ours: ours) {
      throw Complaint(
        "'\(path)/\(foreign)' was not written by asyncrules, so '\(path)' is not replaced; move "
          + "the file elsewhere")
    }
  }

  private func firstForeign(
    in folder: String, prefix: String, ours: Set<String>,
  ) throws -> String? {
    for entry in try FileSystem.list(folder) {
      let name = prefix + entry.name
      if entry.kind == .directory {
        if let found = try firstForeign(
          in: folder + "/" + entry.name, prefix: name + "/", ours: ours)
        {
          return found
        }
      } else if !ours.contains(name), name != Self.listName {
        return name
      }
    }
    return nil
  }

  /// Writes the files beside the folder, then exchanges the two in one step.
  func replace(with files: [OutputFile]) throws {
    let staged = try stage()
    for file in files { staged.write(file) }
    try replace(with: staged)
  }

  /// A new folder beside this one, for ``replace(with:)``.
  func stage() throws -> StagedFolder {
    try StagedFolder(path: "\(target).asyncrules-\(getpid())")
  }

  /// Exchanges the folder for one that was written beside it.
  ///
  /// - Throws: What went wrong in writing it, too; then nothing is left of it.
  func replace(with staged: StagedFolder) throws {
    let target = target
    defer { staged.discard() }
    try staged.finish(listing: Self.listName)
    // Once more: the check before the work may be long ago.
    try validate()
    if FileSystem.kind(of: target) == nil {
      guard rename(staged.path, target) == 0 else {
        throw FileError(action: "write", path: path, code: errno)
      }
    } else {
      try exchange(staged.path, target)
    }
  }

  /// **Source:** renameat2(2), `RENAME_EXCHANGE`; file systems without it take two renames.
  private func exchange(_ new: String, _ old: String) throws {
    if exchange_paths(new, old) == 0 { return }
    let aside = old + ".asyncrules-old-\(getpid())"
    guard rename(old, aside) == 0 else {
      throw FileError(action: "replace", path: path, code: errno)
    }
    guard rename(new, old) == 0 else {
      let code = errno
      rename(aside, old)
      throw FileError(action: "replace", path: path, code: code)
    }
    guard rename(aside, new) == 0 else {
      throw FileError(action: "remove the old", path: aside, code: errno)
    }
  }
}
