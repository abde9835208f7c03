// The tree as JSON, for comparing with CPython's `ast` node by node.

/// What is still to be written, last in first out, so that deep trees need no recursion.
private enum DumpWork {
  case text(StaticString)
  case node(NodeID)
  case field(DumpField, isFirst: Bool)
  case position(NodeID)
}

extension SyntaxTree {
  /// The tree as one JSON object without a line break: `{"path": …, "tree": …}`, or the first
  /// syntax error as `{"path": …, "error": {"message", "line", "column"}}`.
  ///
  /// A node has `_type`, CPython's fields by name and `lineno`, `col_offset` (in bytes),
  /// `end_lineno` and `end_col_offset`. A constant is an array of its kind and its value.
  package func json(
    path: [UInt8], named lookup: (@Sendable (ArraySlice<UInt8>) -> UInt32?)? = nil
  ) -> [UInt8] {
    let lines = LineIndex(source)
    if let error = errors.first {
      return SyntaxTree.errorJSON(
        error.message, line: lines.line(of: error.span.start),
        column: lines.column(of: error.span.start), path: path)
    }
    var dump = JSONDump(tree: self, lines: lines, lookup: lookup)
    dump.text.append("{\"path\": ")
    dump.text.append(quoted: path)
    dump.text.append(", \"tree\": ")
    dump.write(root)
    dump.text.append("}")
    return dump.text.bytes
  }

  /// The JSON of a file that could not be decoded.
  package static func errorJSON(_ error: SourceError, bytes: [UInt8], path: [UInt8]) -> [UInt8] {
    let lines = LineIndex(bytes)
    return errorJSON(
      error.message, line: lines.line(of: error.span.start),
      column: lines.column(of: error.span.start), path: path)
  }

  private static func errorJSON(
    _ message: [UInt8], line: Int, column: Int, path: [UInt8]
  ) -> [UInt8] {
    var text = JSONText()
    text.append("{\"path\": ")
    text.append(quoted: path)
    text.append(", \"error\": {\"message\": ")
    text.append(quoted: message)
    text.append(", \"line\": ")
    text.append(line)
    text.append(", \"column\": ")
    text.append(column)
    text.append("}}")
    return text.bytes
  }
}

/// A JSON dump in progress.
private struct JSONDump {
  let tree: SyntaxTree
  let lines: LineIndex
  let lookup: StringDecoder.NameLookup?
  var text = JSONText()
  var work: [DumpWork] = []

  init(tree: SyntaxTree, lines: LineIndex, lookup: StringDecoder.NameLookup?) {
    self.tree = tree
    self.lines = lines
    self.lookup = lookup
  }

  mutating func write(_ root: NodeID) {
    work.append(.node(root))
    while let next = work.popLast() {
      switch next {
      case .text(let literal): text.append(literal)
      case .node(let id): open(id)
      case .field(let field, let isFirst):
        text.append(isFirst ? "\"" : ", \"")
        text.append(field.name)
        text.append("\": ")
        write(field.value)
      case .position(let id): writePosition(id)
      }
    }
  }

  private mutating func open(_ id: NodeID) {
    text.append("{\"_type\": \"")
    text.append(tree.kind(id).className)
    text.append("\"")
    work.append(.text("}"))
    if tree.kind(id).hasPosition { work.append(.position(id)) }
    for field in tree.dumpFields(id).reversed() { work.append(.field(field, isFirst: false)) }
  }

  private mutating func writePosition(_ id: NodeID) {
    let span = tree.span(id)
    write(span.start, ", \"lineno\": ", ", \"col_offset\": ")
    write(span.end, ", \"end_lineno\": ", ", \"end_col_offset\": ")
  }

  private mutating func write(_ offset: UInt32, _ lineName: StaticString, _ name: StaticString) {
    let line = lines.line(of: offset)
    var column = Int(offset) - Int(lines.starts[line - 1])
    if line == 1 { column -= tree.source.markLength }
    text.append(lineName)
    text.append(line)
    text.append(name)
    text.append(column)
  }

  private mutating func write(_ value: DumpValue) {
    switch value {
    case .node(let id), .optionalNode(.some(let id)): work.append(.node(id))
    case .optionalNode(.none), .optionalName(.none), .optionalNumber(.none), .absent:
      text.append("null")
    case .nodes(let list): push(tree.nodes(list).map { Optional($0) })
    case .optionalNodes(let list): push(tree.optionalNodes(list).map { $0 })
    case .name(let name), .optionalName(.some(let name)):
      text.append(quoted: tree.text(of: name))
    case .names(let list):
      text.append("[")
      for (index, name) in tree.names(list).enumerated() {
        if index > 0 { text.append(", ") }
        text.append(quoted: tree.text(of: name))
      }
      text.append("]")
    case .number(let number), .optionalNumber(.some(let number)):
      if number < 0 { text.append("-") }
      text.append(Int(number.magnitude))
    case .symbol(let name): writeSymbol(name)
    case .comparisonOperators(let compare):
      text.append("[")
      for index in 0..<Int(compare.comparators.count) {
        if index > 0 { text.append(", ") }
        writeSymbol(tree.comparisonOperator(compare, at: index).className)
      }
      text.append("]")
    case .constant(let id): writeConstant(id)
    case .singleton(let kind):
      text.append(
        kind == .none ? "[\"None\"]" : kind == .true ? "[\"bool\", true]" : "[\"bool\", false]")
    case .constantPrefix(let hasPrefix): text.append(hasPrefix ? "\"u\"" : "null")
    case .sourceText(let span):
      text.append("[\"str\", ")
      text.append(quoted: tree.source.text(of: span))
      text.append("]")
    case .emptyList: text.append("[]")
    }
  }

  private mutating func push(_ nodes: [NodeID?]) {
    text.append("[")
    work.append(.text("]"))
    for (index, node) in nodes.enumerated().reversed() {
      if let node { work.append(.node(node)) } else { work.append(.text("null")) }
      if index > 0 { work.append(.text(", ")) }
    }
  }

  private mutating func writeSymbol(_ name: StaticString) {
    text.append("{\"_type\": \"")
    text.append(name)
    text.append("\"}")
  }

  private mutating func writeConstant(_ id: NodeID) {
    guard let kind = tree.constantKind(id) else { return }
    switch kind {
    case .none: text.append("[\"None\"]")
    case .true: text.append("[\"bool\", true]")
    case .false: text.append("[\"bool\", false]")
    case .ellipsis: text.append("[\"Ellipsis\"]")
    case .int:
      text.append("[\"int\", \"0x")
      text.append(raw: tree.hexadecimalValue(id) ?? [])
      text.append("\"]")
    case .float, .complex:
      text.append(kind == .float ? "[\"float\", \"" : "[\"complex\", \"")
      text.appendHexadecimal(tree.floatBits(id) ?? 0, digits: 16)
      text.append("\"]")
    case .string:
      text.append("[\"str\", ")
      text.append(quoted: tree.stringValue(id, named: lookup) ?? [])
      text.append("]")
    case .bytes:
      text.append("[\"bytes\", \"")
      for byte in tree.stringValue(id) ?? [] {
        text.appendHexadecimal(UInt64(byte), digits: 2)
      }
      text.append("\"]")
    }
  }
}
