import AsyncChecks
import PythonSyntax

/// The findings of a request as JSON, byte for byte as `check --output-format json` prints them.
struct PlaygroundAnswer {
  private let table: RuleTable
  private let files: [(file: SourceFile, checked: CheckedFile)]
  private var json = JSONText()
  private var isEmpty = true

  /// The answer to a request with all rules of its table; `null` when it is not a request.
  static func json(for request: [UInt8]) -> [UInt8] {
    guard let request = PlaygroundRequest(decoding: request) else {
      var json = JSONText()
      json.append("null\n")
      return json.bytes
    }
    var answer = PlaygroundAnswer(request)
    answer.appendFindings()
    return answer.json.bytes
  }

  private init(_ request: PlaygroundRequest) {
    table = request.rules.table
    let checked = request.rules.checker.check(project: request.files)
    files = request.files.indices.map { (request.files[$0], checked[$0]) }
  }

  // MARK: - Findings

  private mutating func appendFindings() {
    json.append("[")
    for index in files.indices { appendFindings(ofFileAt: index) }
    json.append(isEmpty ? "]\n" : "\n]\n")
  }

  /// Syntax errors stand before the diagnostics that begin where they do.
  private mutating func appendFindings(ofFileAt index: Int) {
    let (file, checked) = files[index]
    guard !checked.syntaxErrors.isEmpty || !checked.diagnostics.isEmpty else { return }
    let lines = checked.source.map { LineIndex($0) } ?? LineIndex(file.bytes)
    var errors = checked.syntaxErrors.sorted { $0.span.start < $1.span.start }[...]
    for diagnostic in checked.diagnostics {
      while let error = errors.first, error.span.start <= diagnostic.span.start {
        append(error, path: file.path, lines)
        errors.removeFirst()
      }
      append(diagnostic, ofFileAt: index, lines)
    }
    for error in errors { append(error, path: file.path, lines) }
  }

  private mutating func append(_ error: SyntaxError, path: [UInt8], _ lines: LineIndex) {
    beginFinding()
    json.append("{\"code\":\"syntax-error\"")
    appendEnd(of: error.span, lines)
    json.append(",\"message\":")
    json.append(string: error.message)
    json.append(",\"name\":\"syntax-error\",\"notes\":[],\"path\":")
    json.append(string: path)
    json.append(",\"severity\":\"error\"")
    appendStart(of: error.span, lines)
    json.append("}")
  }

  private mutating func append(
    _ diagnostic: Diagnostic, ofFileAt index: Int, _ lines: LineIndex,
  ) {
    let rule = table.rules[diagnostic.rule.index]
    beginFinding()
    json.append("{\"code\":")
    json.append(string: rule.code)
    appendEnd(of: diagnostic.span, lines)
    if let fix = diagnostic.fix { append(fix, lines) }
    json.append(",\"message\":")
    json.append(string: diagnostic.message)
    json.append(",\"name\":")
    json.append(string: rule.name)
    json.append(",\"notes\":[")
    for (place, note) in diagnostic.notes.enumerated() {
      if place > 0 { json.append(",") }
      append(note, ofFileAt: index, lines)
    }
    json.append("],\"path\":")
    json.append(string: files[index].file.path)
    json.append(",\"severity\":\"")
    json.append((diagnostic.severity ?? rule.severity).word)
    json.append("\"")
    appendStart(of: diagnostic.span, lines)
    json.append("}")
  }

  private mutating func beginFinding() {
    json.append(isEmpty ? "\n  " : ",\n  ")
    isEmpty = false
  }

  // MARK: - Parts of a finding

  private mutating func append(_ fix: Fix, _ lines: LineIndex) {
    json.append(",\"fix\":{\"applicability\":\"")
    json.append(fix.applicability.word)
    json.append("\",\"edits\":[")
    for (place, edit) in fix.edits.enumerated() {
      json.append(place == 0 ? "{\"end\":" : ",{\"end\":")
      appendPosition(at: edit.span.end, lines)
      json.append(",\"replacement\":")
      json.append(string: edit.replacement)
      appendStart(of: edit.span, lines)
      json.append("}")
    }
    json.append("],\"title\":")
    json.append(string: fix.title)
    json.append("}")
  }

  private mutating func append(_ note: Note, ofFileAt index: Int, _ ownLines: LineIndex) {
    let noteIndex = note.file.map { Int($0.rawValue) } ?? index
    let isOwn = noteIndex == index
    let lines = isOwn ? ownLines : files[noteIndex].checked.source.map { LineIndex($0) }
    json.append("{")
    if let span = note.span, let lines {
      json.append("\"end\":")
      appendPosition(at: span.end, lines)
      json.append(",")
    }
    json.append("\"message\":")
    json.append(string: note.message)
    if !isOwn {
      json.append(",\"path\":")
      json.append(string: files[noteIndex].file.path)
    }
    if let span = note.span, let lines { appendStart(of: span, lines) }
    json.append("}")
  }

  private mutating func appendStart(of span: ByteSpan, _ lines: LineIndex) {
    json.append(",\"start\":")
    appendPosition(at: span.start, lines)
  }

  private mutating func appendEnd(of span: ByteSpan, _ lines: LineIndex) {
    json.append(",\"end\":")
    appendPosition(at: span.end, lines)
  }

  private mutating func appendPosition(at offset: UInt32, _ lines: LineIndex) {
    json.append("{\"column\":")
    json.append(lines.column(of: offset))
    json.append(",\"line\":")
    json.append(lines.line(of: offset))
    json.append(",\"offset\":")
    json.append(Int(offset))
    json.append("}")
  }
}

extension Severity {
  fileprivate var word: StaticString {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .suggestion: "suggestion"
    }
  }
}

extension Applicability {
  fileprivate var word: StaticString {
    switch self {
    case .safe: "safe"
    case .unsafe: "unsafe"
    case .displayOnly: "display-only"
    }
  }
}
