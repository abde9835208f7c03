// The tree as indented text, for reading.

extension SyntaxTree {
  /// Deeper nodes are not indented further, or a long chain would fill the disk with spaces.
  private static var maximumOutlineDepth: Int { 100 }

  /// The tree as indented text: a line per node with its kind, its names and constants, and its
  /// lines and columns (from 1, columns in characters).
  package func outline() -> [UInt8] {
    let lines = LineIndex(source)
    var text = JSONText()
    var depth = [Int](repeating: 0, count: kinds.count)
    var work = [root]
    while let id = work.popLast() {
      for _ in 0..<min(depth[id.index], SyntaxTree.maximumOutlineDepth) { text.append("  ") }
      text.append(kind(id).className)
      appendLabels(id, to: &text)
      let span = span(id)
      text.append("  ")
      append(span.start, lines, to: &text)
      text.append("-")
      append(span.end, lines, to: &text)
      text.append("\n")
      let children = children(of: id).sorted {
        self.span($0).start < self.span($1).start
      }
      for child in children.reversed() {
        depth[child.index] = depth[id.index] + 1
        work.append(child)
      }
    }
    return text.bytes
  }

  private func append(_ offset: UInt32, _ lines: LineIndex, to text: inout JSONText) {
    text.append(lines.line(of: offset))
    text.append(":")
    text.append(lines.column(of: offset))
  }

  /// Appends the fields that are not nodes.
  private func appendLabels(_ id: NodeID, to text: inout JSONText) {
    if kind(id) == .constant {
      text.append(" ")
      appendConstant(id, to: &text)
      return
    }
    for field in dumpFields(id) {
      switch field.value {
      case .name(let name), .optionalName(.some(let name)):
        text.append(" ")
        for byte in self.text(of: name) { text.append(byte: byte) }
      case .names(let names):
        for name in self.names(names) {
          text.append(" ")
          for byte in self.text(of: name) { text.append(byte: byte) }
        }
      case .symbol(let symbol):
        text.append(" ")
        text.append(symbol)
      case .comparisonOperators(let compare):
        for index in 0..<Int(compare.comparators.count) {
          text.append(" ")
          text.append(comparisonOperator(compare, at: index).className)
        }
      case .number(let number) where number > 0:
        text.append(" ")
        text.append(field.name)
        text.append("=")
        text.append(number)
      default: break
      }
    }
  }

  private func appendConstant(_ id: NodeID, to text: inout JSONText) {
    switch constantKind(id) {
    case .string, .bytes:
      text.append(quoted: stringValue(id) ?? [])
    default:
      for byte in self.text(of: id) { text.append(byte: byte) }
    }
  }
}
