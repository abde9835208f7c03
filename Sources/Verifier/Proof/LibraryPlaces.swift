extension String {
  /// The text without the folders above Python's library, which differ from machine to machine:
  /// `/usr/lib/python3.12/asyncio/tasks.py` becomes `lib/python3.12/asyncio/tasks.py`.
  package var withoutLibraryFolders: String {
    guard contains("lib/python3.") else { return self }
    var parts = split(separator: "/lib/python3.", omittingEmptySubsequences: false)[...]
    var result = ""
    while let part = parts.popFirst() {
      guard !parts.isEmpty else { return result + part }
      // A path reaches back to a blank, a quotation mark or a bracket.
      let start = part.lastIndex { " \t\n\"'<>()[]=,".contains($0) }.map { part.index(after: $0) }
      result += part[..<(start ?? part.startIndex)] + "lib/python3."
    }
    return result
  }
}

extension ObservedException {
  /// The exception as it is recorded.
  var recorded: ObservedException {
    var record = self
    record.message = message.withoutLibraryFolders
    record.parts = parts?.map(\.recorded)
    return record
  }
}

extension ObservedWarning {
  /// The warning as it is recorded.
  var recorded: ObservedWarning {
    var record = self
    record.message = message.withoutLibraryFolders
    return record
  }
}
