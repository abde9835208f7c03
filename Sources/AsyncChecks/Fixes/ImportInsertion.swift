import PythonSemantics
import PythonSyntax

/// How code at one place writes a qualified name, and the import it needs for that.
struct Spelling {
  /// For example `asyncio.sleep`, or `sleep` where that is imported.
  let text: [UInt8]
  /// The edit that inserts the missing import.
  let importEdit: Edit?
}

extension CheckContext {
  /// How to write a qualified name such as `asyncio.sleep` at a node; `nil` when the name of its
  /// module means something else there.
  func spelling(of name: [UInt8], at node: NodeID) -> Spelling? {
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    let module = name[..<dot]
    let scope = model.scope(of: node)
    for alias in model.importAliases {
      guard let view = tree.alias(alias), let statement = tree.parent(of: alias) else { continue }
      let bound = view.asName ?? view.name
      guard isVisible(statement, bound, from: scope) else { continue }
      if let from = tree.importFrom(statement) {
        guard from.level == 0, let source = from.module else { continue }
        let imported =
          Array(tree.text(of: source)) + [UInt8(ascii: ".")] + tree.text(of: view.name)
        if imported.elementsEqual(name) {
          return Spelling(text: Array(tree.text(of: bound)), importEdit: nil)
        }
        if imported.elementsEqual(module) {
          return Spelling(text: Array(tree.text(of: bound)) + name[dot...], importEdit: nil)
        }
      } else if tree.text(of: view.name).elementsEqual(module) {
        let text = view.asName.map { Array(tree.text(of: $0)) } ?? Array(module)
        return Spelling(text: text + name[dot...], importEdit: nil)
      }
    }
    let root = Array(module.prefix { $0 != UInt8(ascii: ".") })
    if let id = tree.nameTable.id(of: root), model.lookUp(id, from: scope) != nil { return nil }
    return Spelling(text: name, importEdit: importInsertion(of: Array(module)))
  }

  /// Whether an import binds the name for code of a scope, unconditionally and as the only binding.
  private func isVisible(_ statement: NodeID, _ name: NameID, from scope: ScopeID) -> Bool {
    // `import a.b` binds `a`.
    let text = tree.text(of: name)
    let first = text.prefix { $0 != UInt8(ascii: ".") }
    guard let bound = tree.nameTable.id(of: Array(first)),
      let variable = model.lookUp(bound, from: scope),
      model[variable].bindings.allSatisfy({ $0.kind == .import || $0.kind == .importFrom })
    else { return false }
    let home = model[variable].scope
    guard model.scope(of: statement) == home, let parent = tree.parent(of: statement) else {
      return false
    }
    return parent == model[home].node
  }

  /// The edit that adds `import module` among the imports at the top, in alphabetical order.
  func importInsertion(of module: [UInt8]) -> Edit {
    let line = StaticString("import ").bytes + module + lineEnd
    let body = tree.module(tree.root).map { Array(tree.nodes($0)) } ?? []
    var index = 0
    if let first = body.first, isString(first) { index = 1 }
    while index < body.count, isFutureImport(body[index]) { index += 1 }
    let afterHead = index
    var lastPlain: NodeID?
    while index < body.count, tree.kind(body[index]) == .importStmt {
      if let name = firstModule(of: body[index]), module.lexicographicallyPrecedes(name) {
        return insertion(line, before: body[index])
      }
      lastPlain = body[index]
      index += 1
    }
    if let lastPlain { return insertion(line, after: lastPlain) }
    if index < body.count, tree.kind(body[index]) == .importFrom {
      return insertion(line, before: body[index])
    }
    if afterHead > 0 { return insertion(lineEnd + line, after: body[afterHead - 1]) }
    guard let first = body.first else {
      return Edit(span: ByteSpan(start: 0, end: 0), replacement: line)
    }
    return insertion(line + lineEnd + lineEnd, before: first)
  }

  private func isString(_ statement: NodeID) -> Bool {
    guard let value = tree.exprStmt(statement)?.value else { return false }
    return tree.constant(value)?.kind == .string
  }

  private func isFutureImport(_ statement: NodeID) -> Bool {
    guard let module = tree.importFrom(statement)?.module else { return false }
    return tree.text(of: module).elementsEqual(StaticString("__future__").bytes)
  }

  private func firstModule(of statement: NodeID) -> ArraySlice<UInt8>? {
    tree.importStmt(statement).flatMap { tree.nodes($0.aliases).first }
      .flatMap { tree.alias($0) }.map { tree.text(of: $0.name) }
  }

  /// The line end that the file uses first.
  var lineEnd: [UInt8] {
    for (index, byte) in tree.source.bytes.enumerated() {
      if byte == 0x0A { return [0x0A] }
      if byte == 0x0D {
        let isPair = index + 1 < tree.source.bytes.count && tree.source.bytes[index + 1] == 0x0A
        return isPair ? [0x0D, 0x0A] : [0x0D]
      }
    }
    return [0x0A]
  }

  func insertion(_ text: [UInt8], before statement: NodeID) -> Edit {
    var start = tree.span(statement).start
    if let function = tree.functionDef(statement), let first = tree.nodes(function.decorators).first
    {
      start = min(start, tree.span(first).start)
    }
    if let cls = tree.classDef(statement), let first = tree.nodes(cls.decorators).first {
      start = min(start, tree.span(first).start)
    }
    let bytes = tree.source.bytes
    while start > 0, bytes[Int(start) - 1] != 0x0A, bytes[Int(start) - 1] != 0x0D { start -= 1 }
    if start == 0 { start = UInt32(tree.source.markLength) }
    return Edit(span: ByteSpan(start: start, end: start), replacement: text)
  }

  private func insertion(_ text: [UInt8], after statement: NodeID) -> Edit {
    let bytes = tree.source.bytes
    var end = Int(tree.span(statement).end)
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    if end == bytes.count {
      return Edit(
        span: ByteSpan(start: UInt32(end), end: UInt32(end)), replacement: lineEnd + text)
    }
    if bytes[end] == 0x0D, end + 1 < bytes.count, bytes[end + 1] == 0x0A { end += 1 }
    end += 1
    return Edit(span: ByteSpan(start: UInt32(end), end: UInt32(end)), replacement: text)
  }
}
