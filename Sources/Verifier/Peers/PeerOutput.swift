import Foundation

/// What a tool printed, taken apart.
struct PeerOutput {
  /// A line of an example that a tool marks with a code.
  struct Mark: Hashable {
    let entry: Int
    let file: String
    let line: Int
    let code: String
  }

  private(set) var marks: Set<Mark> = []

  /// Finds the lines that name a file of an example, a line of it and one of the codes.
  init(_ text: String, of tool: PeerTool, codes: [String], entries: [PeerFolder.Entry]) {
    var entryOfFile: [String: (Int, String)] = [:]
    for (index, entry) in entries.enumerated() {
      for file in entry.files { entryOfFile["\(entry.path)/\(file)"] = (index, file) }
    }
    let lines =
      switch tool.name {
      case "pyright", "basedpyright": Self.pyrightLines(text)
      case "ruff": Self.ruffLines(text)
      default: text.split(separator: "\n").map(String.init)
      }
    for line in lines {
      guard let found = Self.path(in: line, among: entryOfFile) else { continue }
      let rest = " " + line[found.end...] + " "
      guard let number = Self.firstNumber(in: rest) else { continue }
      for code in codes where Self.contains(rest, tool.written(code)) {
        marks.insert(
          Mark(entry: found.entry.0, file: found.entry.1, line: number, code: code))
      }
    }
  }

  /// The diagnostics of Ruff's JSON, each in one line: `path:3 ASYNC251`.
  ///
  /// Its other formats write the name of a rule instead of its code.
  private static func ruffLines(_ text: String) -> [String] {
    let value = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
    return (value ?? []).compactMap { diagnostic in
      guard let file = diagnostic["filename"] as? String, let code = diagnostic["code"] as? String,
        let line = (diagnostic["location"] as? [String: Int])?["row"]
      else { return nil }
      return "\(file):\(line) \(code)"
    }
  }

  /// The diagnostics of Pyright's JSON, each in one line: `path:3 (reportUnusedCoroutine)`.
  private static func pyrightLines(_ text: String) -> [String] {
    let value = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let diagnostics = value?["generalDiagnostics"] as? [[String: Any]] ?? []
    return diagnostics.compactMap { diagnostic in
      guard let file = diagnostic["file"] as? String, let rule = diagnostic["rule"] as? String,
        let range = diagnostic["range"] as? [String: [String: Int]],
        let line = range["start"]?["line"]
      else { return nil }
      return "\(file):\(line + 1) (\(rule))"
    }
  }

  /// The longest run of path characters in a line that ends with the path of an example's file.
  private static func path(
    in line: String, among entries: [String: (Int, String)],
  ) -> (entry: (Int, String), end: String.Index)? {
    for ending in [".py", ".pyi", ".ipynb"] {
      guard let end = line.range(of: ending)?.upperBound else { continue }
      let before = line[..<end]
      let start = before.lastIndex { $0 == " " }.map { line.index(after: $0) } ?? line.startIndex
      var parts = line[start..<end].split(separator: "/")
      while parts.count >= 3 {
        if let entry = entries[parts.joined(separator: "/")] { return (entry, end) }
        parts.removeFirst()
      }
    }
    return nil
  }

  /// The number behind `:` or `@`.
  private static func firstNumber(in rest: String) -> Int? {
    Int(rest.drop { !$0.isNumber }.prefix { $0.isNumber })
  }

  /// Whether a text has a part that is not within a longer word.
  private static func contains(_ text: String, _ part: String) -> Bool {
    func isWord(_ character: Character) -> Bool {
      character.isLetter || character.isNumber || character == "-" || character == "_"
    }
    var rest = text[...]
    while let found = rest.range(of: part) {
      let before =
        found.lowerBound == text.startIndex
        ? " " : text[text.index(before: found.lowerBound)]
      let after = found.upperBound == text.endIndex ? " " : text[found.upperBound]
      let startsWord = part.first.map(isWord) ?? false
      let endsWord = part.last.map(isWord) ?? false
      if !(startsWord && isWord(before)), !(endsWord && isWord(after)) { return true }
      rest = text[found.upperBound...]
    }
    return false
  }
}
