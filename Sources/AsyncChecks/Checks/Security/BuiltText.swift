import PythonSemantics
import PythonSyntax

/// A value that is put into a text, and the literal text just before it.
struct Interpolation {
  let value: NodeID
  /// Empty when it is not known.
  var before: ArraySlice<UInt8>
  /// Whether it is a piece that was added to a text, by `+=`, `join` or a function, so that it may
  /// be more than a single value.
  var isPiece = false
}

extension CheckContext {
  /// The values that a text is put together from: by an f-string, `%`, `+`, `+=`, `format`, `join`
  /// or a function of the module; empty for any other expression.
  func interpolations(of node: NodeID, depth: Int = 0) -> [Interpolation] {
    guard depth < 6 else { return [] }
    switch tree.kind(node) {
    case .joinedStr: return interpolations(ofJoined: node)
    case .binOp: return interpolations(ofOperation: node, depth: depth)
    case .call:
      if let formatted = interpolations(ofFormat: node) { return formatted }
      if let joined = interpolations(ofJoin: node, depth: depth) { return joined }
      return interpolations(ofFunction: node, depth: depth)
    case .name:
      guard let variable = variable(node) else { return [] }
      if let value = soleValue(of: variable) {
        return interpolations(of: value, depth: depth + 1)
      }
      if let pieces = pieces(of: variable, before: node) {
        return interpolations(ofPieces: pieces, depth: depth)
      }
      guard let binding = resolver.definiteBinding(of: variable, at: node),
        let value = tree.parent(of: binding.node).flatMap({ tree.assign($0)?.value })
      else { return [] }
      return interpolations(of: value, depth: depth + 1)
    default: return []
    }
  }

  private func interpolations(ofJoined node: NodeID) -> [Interpolation] {
    guard let text = tree.joinedStr(node) else { return [] }
    let bytes = tree.source.bytes
    var start = Int(tree.span(node).start)
    return tree.nodes(text.values).compactMap { part in
      guard let field = tree.formattedValue(part) else { return nil }
      let end = Int(tree.span(part).start)
      let before = bytes[start..<max(start, end)]
      start = Int(tree.span(part).end)
      return Interpolation(value: field.value, before: withoutQuotes(before))
    }
  }

  /// The arguments of `"…".format(…)`; `nil` for another call.
  private func interpolations(ofFormat node: NodeID) -> [Interpolation]? {
    guard let call = tree.call(node), let method = tree.attribute(call.function),
      isText(method.name, ["format"]), isTextual(method.value)
    else { return nil }
    let fields = places(in: method.value, mark: UInt8(ascii: "{"))
    var values = tree.nodes(call.arguments).enumerated().map { index, value in
      Interpolation(value: value, before: index < fields.count ? fields[index] : [])
    }
    for node in tree.nodes(call.keywords) {
      guard let keyword = tree.keyword(node) else { continue }
      let name = keyword.name.map { [UInt8(ascii: "{")] + tree.text(of: $0) } ?? []
      let bytes = tree.text(of: method.value)
      let place = fields.first { !name.isEmpty && bytes[$0.endIndex...].starts(with: name) }
      values.append(Interpolation(value: keyword.value, before: place ?? []))
    }
    return values
  }

  /// The text before each place that a literal keeps for a value: `%s` or `{}`.
  private func places(in literal: NodeID, mark: UInt8) -> [ArraySlice<UInt8>] {
    let bytes = tree.source.bytes
    let span = tree.span(literal)
    var found: [ArraySlice<UInt8>] = []
    var index = Int(span.start)
    while index + 1 < Int(span.end) {
      if bytes[index] == mark {
        if bytes[index + 1] == mark {
          index += 1
        } else {
          found.append(withoutQuotes(bytes[Int(span.start)..<index]))
        }
      }
      index += 1
    }
    return found
  }

  private func interpolations(ofOperation node: NodeID, depth: Int) -> [Interpolation] {
    guard let operation = tree.binOp(node) else { return [] }
    switch operation.operator {
    case .mod:
      guard isTextual(operation.left) else { return [] }
      let values = tree.tuple(operation.right).map { Array(tree.nodes($0.elements)) }
      let places = places(in: operation.left, mark: UInt8(ascii: "%"))
      return (values ?? [operation.right]).enumerated().map { index, value in
        Interpolation(value: value, before: index < places.count ? places[index] : [])
      }
    case .add:
      let sides = [operation.left, operation.right]
      guard sides.contains(where: { isTextual($0) || tree.kind($0) == .binOp }) else { return [] }
      return sides.flatMap { side -> [Interpolation] in
        if tree.constant(side) != nil { return [] }
        var inner = interpolations(of: side, depth: depth + 1)
        if inner.isEmpty && tree.kind(side) != .binOp {
          inner = [Interpolation(value: side, before: [])]
        }
        if side == operation.right, let first = inner.first, first.before.isEmpty {
          inner[0].before = tail(of: operation.left)
        }
        return inner
      }
    default: return []
    }
  }

  func isTextual(_ node: NodeID) -> Bool {
    if tree.kind(node) == .joinedStr { return true }
    return tree.constant(node)?.kind == .string
  }

  /// The literal text at the end of an expression; empty when it ends in a value.
  func tail(of node: NodeID, depth: Int = 0) -> ArraySlice<UInt8> {
    guard depth < 6 else { return [] }
    let bytes = tree.source.bytes
    let span = tree.span(node)
    switch tree.kind(node) {
    case .constant:
      guard isTextual(node), span.end > span.start else { return [] }
      return withoutQuotes(bytes[Int(span.start)..<Int(span.end)], closing: true)
    case .joinedStr:
      let fields = tree.joinedStr(node).map {
        tree.nodes($0.values).filter { tree.formattedValue($0) != nil }
      }
      let start = fields?.last.map { tree.span($0).end } ?? span.start
      return withoutQuotes(bytes[Int(start)..<Int(span.end)], closing: true)
    case .binOp:
      guard let operation = tree.binOp(node) else { return [] }
      return operation.operator == .add ? tail(of: operation.right, depth: depth + 1) : []
    case .name:
      guard let variable = variable(node), let value = soleValue(of: variable) else { return [] }
      return tail(of: value, depth: depth + 1)
    default: return []
    }
  }

  /// A part of a literal's source without the quotation marks and prefix at its end, where a text
  /// begins or two literals meet: `SELECT "` or `SELECT " f"`.
  private func withoutQuotes(_ text: ArraySlice<UInt8>, closing: Bool = false) -> ArraySlice<UInt8>
  {
    func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 }
    func dropQuotes(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
      guard let mark = text.last, isQuote(mark) else { return text }
      return text.count >= 3 && text.suffix(3).allSatisfy { $0 == mark }
        ? text.dropLast(3) : text.dropLast()
    }
    if closing { return dropQuotes(text) }
    guard let last = text.last, isQuote(last) else { return text }
    var rest = dropQuotes(text)
    var letters = 0
    while letters < 2, let last = rest.last, last | 0x20 == 0x66 || last | 0x20 == 0x72 {
      rest = rest.dropLast()
      letters += 1
    }
    if rest.isEmpty { return [] }
    while let last = rest.last, last == 0x20 || last == 0x0A || last == 0x0D || last == 0x09 {
      rest = rest.dropLast()
    }
    guard let seam = rest.last, isQuote(seam), letters > 0 else { return text }
    return dropQuotes(rest)
  }
}
