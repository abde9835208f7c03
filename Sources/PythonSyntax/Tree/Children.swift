/// Which slots of a node hold nodes: the one place that walks children of every kind.
@usableFromInline
struct ChildWalk {
  @usableFromInline let extra: UnsafePointer<UInt32>

  @usableFromInline
  init(extra: UnsafePointer<UInt32>) { self.extra = extra }

  #if hasFeature(Embedded)
    /// The children of the nodes that are being visited. One stack serves all walks, so that the
    /// switch below is compiled once and not for every body.
    private nonisolated(unsafe) static var stack = GrowingBuffer<UInt32>(capacity: 256)

    @inline(never)
    private func push(_ kind: NodeKind, a: UInt32, b: UInt32) {
      visitSlots(kind, a: a, b: b) { Self.stack.append($0) }
    }

    /// Calls the body with every child, in slot order; absent nodes are left out.
    func visit(_ kind: NodeKind, a: UInt32, b: UInt32, _ body: (UInt32) -> Void) {
      let mark = Self.stack.count
      push(kind, a: a, b: b)
      for index in mark..<Self.stack.count { body(Self.stack[index]) }
      Self.stack.truncate(to: mark)
    }
  #else
    /// Calls the body with every child, in slot order; absent nodes are left out.
    @inline(__always)
    func visit(_ kind: NodeKind, a: UInt32, b: UInt32, _ body: (UInt32) -> Void) {
      visitSlots(kind, a: a, b: b, body)
    }
  #endif

  @inline(__always)
  private func visitSlots(
    _ kind: NodeKind, a: UInt32, b: UInt32, _ body: (UInt32) -> Void
  ) {
    #if !hasFeature(Embedded)
      @inline(__always)
    #endif
    func one(_ slot: UInt32) {
      if slot != NodeRecord.none { body(slot) }
    }
    #if !hasFeature(Embedded)
      @inline(__always)
    #endif
    func run(_ start: UInt32, _ count: UInt32) {
      var index = Int(start)
      let end = index + Int(count)
      while index < end {
        one(extra[index])
        index += 1
      }
    }
    #if !hasFeature(Embedded)
      @inline(__always)
    #endif
    func list(_ slot: UInt32) {
      run(extra[Int(slot)], extra[Int(slot) + 1])
    }
    switch kind {
    case .name, .constant, .passStmt, .breakStmt, .continueStmt, .globalStmt, .nonlocalStmt,
      .alias, .matchSingleton, .matchStar:
      break
    case .module, .deleteStmt, .importStmt, .boolOp, .set, .list, .tuple, .joinedStr, .templateStr,
      .matchSequence, .matchOr, .errorStmt, .errorExpr:
      run(a, b)
    case .exprStmt, .returnStmt, .awaitExpr, .yieldExpr, .yieldFrom, .unaryOp, .starred,
      .attribute, .matchValue, .matchAs:
      one(a)
    case .arg, .keyword:
      one(b)
    case .augAssign, .namedExpr, .binOp, .lambda, .subscript, .withItem, .raiseStmt, .assertStmt,
      .formattedValue:
      one(a)
      one(b)
    case .call:
      one(a)
      run(b + 2, extra[Int(b)] + extra[Int(b) + 1])
    case .compare:
      one(a)
      run(b + 1, extra[Int(b)])
    case .assign:
      run(b + 1, extra[Int(b)])
      one(a)
    case .ifExp:
      one(a)
      run(b, 2)
    case .slice, .annAssign:
      one(a)
      run(b, 2)
    case .typeVar, .paramSpec, .typeVarTuple:
      run(b, 2)
    case .interpolation:
      one(a)
      one(extra[Int(b)])
    case .dict:
      run(a, 2 * b)
    case .listComp, .setComp, .generatorExp:
      one(a)
      list(b)
    case .dictComp, .comprehension:
      one(a)
      one(extra[Int(b)])
      list(b + 1)
    case .functionDef, .asyncFunctionDef:
      list(b + 5)
      list(b + 7)
      run(b + 1, 2)
      list(b + 3)
    case .classDef:
      list(b + 7)
      list(b + 9)
      list(b + 1)
      list(b + 3)
      list(b + 5)
    case .typeAlias:
      one(a)
      list(b + 1)
      one(extra[Int(b)])
    case .forStmt, .asyncFor:
      one(a)
      one(extra[Int(b)])
      list(b + 1)
      list(b + 3)
    case .whileStmt, .ifStmt:
      one(a)
      list(b)
      list(b + 2)
    case .withStmt, .asyncWith:
      list(a)
      list(a + 2)
    case .matchStmt:
      one(a)
      list(b)
    case .matchCase:
      one(a)
      one(extra[Int(b)])
      list(b + 1)
    case .tryStmt, .tryStar:
      list(a)
      list(a + 2)
      list(a + 4)
      list(a + 6)
    case .importFrom:
      list(b)
    case .exceptHandler:
      one(a)
      list(b + 1)
    case .arguments:
      if b != NodeRecord.none {
        list(b)
        list(b + 2)
        one(extra[Int(b) + 4])
        list(b + 5)
        run(extra[Int(b) + 7], extra[Int(b) + 6])
        one(extra[Int(b) + 8])
        list(b + 9)
      }
    case .matchMapping:
      run(b + 1, 2 * extra[Int(b)])
    case .matchClass:
      one(a)
      list(b)
      run(b + 3 + extra[Int(b) + 2], extra[Int(b) + 2])
    }
  }
}

extension SyntaxTree {
  /// Calls the body with every child of a node, field by field.
  package func forEachChild(of id: NodeID, _ body: (NodeID) -> Void) {
    let record = records[id.index]
    extra.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      ChildWalk(extra: base).visit(kinds[id.index], a: record.a, b: record.b) { body(NodeID($0)) }
    }
  }

  /// The children of a node, field by field.
  package func children(of id: NodeID) -> [NodeID] {
    var children: [NodeID] = []
    forEachChild(of: id) { children.append($0) }
    return children
  }
}
