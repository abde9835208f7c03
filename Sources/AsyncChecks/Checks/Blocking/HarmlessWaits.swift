import PythonSemantics
import PythonSyntax

extension CheckContext {
  /// The trait of calls that take a text or the address where it is, and wait for the latter only.
  static let fetchesAddress: StaticString = "fetches-address"

  /// Whether a call that would fetch what stands at an address is not known to be handed one:
  /// `feedparser.parse(text)`.
  func isHandedContent(_ fact: KnownCallable, _ node: NodeID) -> Bool {
    guard Self.fetchesAddress.bytes.elementsEqual(fact.trait) else { return false }
    return !(tree.call(node).flatMap { tree.nodes($0.arguments).first }.map(isAddress) ?? false)
  }

  /// Whether an expression is a text that begins like an address, or is named `url`.
  private func isAddress(_ node: NodeID) -> Bool {
    let value = origin(node)
    if tree.kind(value) == .joinedStr || tree.constantKind(value) == .string {
      let text = written(value).drop { $0 != 0x22 && $0 != UInt8(ascii: "'") }
      return text.dropFirst().starts(with: StaticString("http").bytes)
    }
    guard let name = lastName(node) else { return false }
    let end = tree.text(of: name).suffix(3).map { $0 | 0x20 }
    return end.elementsEqual(StaticString("url").bytes)
  }

  /// Whether a call that waits in general has nothing to wait for here: a queue that was just seen
  /// not to be empty, a lock that nobody else has yet, a future of a pool that has been shut down.
  func hasNothingToWaitFor(_ fact: KnownCallable?, _ node: NodeID) -> Bool {
    guard let call = tree.call(node), let method = tree.attribute(call.function) else {
      return false
    }
    // Memory is quick to read from and write to; computing takes as long as ever.
    let staysInMemory = fact.map { !isComputing($0) } ?? true
    if staysInMemory, readsOrWrites(method.name) { return takesBuffer(call) }
    if staysInMemory, isInMemory(method.value), !isOneOf(method.name, ["extract", "extractall"]) {
      return true
    }
    if isWaitedFor(method.value) || isSetNotToBlock(method.value)
      || isMemoryDatabase(method.value)
    {
      return true
    }
    if isOneOf(method.name, ["connect", "connect_ex", "send", "sendall"]) {
      return isDatagram(method.value)
    }
    if isOneOf(method.name, ["getaddrinfo"]) { return asksForNumber(call) }
    if isOneOf(method.name, ["read", "write"]) { return hasNoTimeout(method.value) }
    if isOneOf(method.name, ["join"]) {
      return isKnown(method.value, by: ["is_alive"], at: node)
    }
    if isOneOf(method.name, ["wait"]) { return isEnded(method.value, before: node) }
    if isOneOf(method.name, ["get"]) {
      return isKnown(method.value, by: ["empty", "qsize"], at: node)
    }
    if isOneOf(method.name, ["result", "exception"]) {
      return isKnown(method.value, by: ["done"], at: node) || isOfFinishedPool(method.value, node)
        || isAnnounced(method.value, before: node)
    }
    // A socket that has just been made is not connected: there is nobody to shake hands with.
    if isOneOf(method.name, ["wrap_socket"]), let socket = tree.nodes(call.arguments).first,
      let made = tree.call(socket)
    {
      return isNamed(made.function, ["socket"])
    }
    return isOneOf(method.name, ["acquire"]) && isNewHere(method.value)
  }

  /// Whether the statement before kills a process, or is a loop that polls until it has ended:
  /// `while await self.poll() is None:`.
  private func isEnded(_ process: NodeID, before node: NodeID) -> Bool {
    let statement = statement(of: node)
    guard let parent = tree.parent(of: statement),
      let block = resolver.block(of: parent, holding: statement),
      let index = block.firstIndex(of: statement), index > 0
    else { return false }
    if let loop = tree.whileStmt(block[index - 1]) {
      return contains(loop.test) {
        methodName(ofCall: $0).map { isOneOf($0, ["poll"]) } ?? false
      }
    }
    guard let value = tree.exprStmt(block[index - 1])?.value,
      let call = tree.call(value).flatMap({ tree.attribute($0.function) })
    else { return false }
    return isOneOf(call.name, ["kill"]) && isSameText(call.value, process)
  }

  /// Whether a name was bound in the statements before, in the same block, and not read since.
  func isNewHere(_ receiver: NodeID) -> Bool {
    guard let name = tree.name(receiver),
      let variable = model.lookUp(name.name, from: model.scope(of: receiver)),
      model[variable].bindings.count == 1, model[variable].bindings[0].kind == .assignment,
      model[variable].scope == model.executionScope(of: model.scope(of: receiver)),
      let assignment = tree.parent(of: model[variable].bindings[0].node)
    else { return false }
    let start = tree.span(receiver).start
    guard references[variable].allSatisfy({ $0 == receiver || tree.span($0).start > start }) else {
      return false
    }
    var child = receiver
    while let parent = tree.parent(of: child) {
      if let block = resolver.block(of: parent, holding: child), block.contains(assignment) {
        return tree.span(assignment).start < start
      }
      switch tree.kind(parent) {
      case .functionDef, .asyncFunctionDef, .lambda, .classDef, .forStmt, .asyncFor, .whileStmt:
        return false
      default: child = parent
      }
    }
    return false
  }

  /// Whether a future came from a pool whose `with` block is over.
  private func isOfFinishedPool(_ receiver: NodeID, _ node: NodeID) -> Bool {
    guard let value = assigned(receiver), let call = tree.call(value),
      let submit = tree.attribute(call.function), isOneOf(submit.name, ["submit"]),
      let pool = tree.name(submit.value),
      let variable = model.lookUp(pool.name, from: model.scope(of: submit.value)),
      model[variable].bindings.count == 1, model[variable].bindings[0].kind == .withTarget,
      let item = tree.parent(of: model[variable].bindings[0].node),
      let statement = tree.parent(of: item)
    else { return false }
    return tree.span(statement).end <= tree.span(node).start
  }

  /// Whether the function waits by itself until a socket is ready: `await wait_readable(sock)`.
  private func isWaitedFor(_ socket: NodeID) -> Bool {
    guard let function = owner(of: socket) else { return false }
    let text = written(socket)
    return contains(function) { inner in
      guard let call = tree.call(inner), let last = lastName(call.function),
        isOneOf(last, ["wait_readable", "wait_writable"]),
        let first = tree.nodes(call.arguments).first
      else { return false }
      return written(first) == text
    }
  }

  /// Whether `setblocking(False)` is called on a socket: on a name in the same function, on an
  /// attribute anywhere in the file.
  private func isSetNotToBlock(_ socket: NodeID) -> Bool {
    guard tree.nameTable.id(of: "setblocking") != nil else { return false }
    let text = written(socket)
    let isName = tree.kind(socket) == .name
    var isOff = false
    for node in tree.nodes where tree.kind(node) == .call {
      guard let call = tree.call(node), let method = tree.attribute(call.function),
        isOneOf(method.name, ["setblocking"]), written(method.value) == text,
        !isName || owner(of: node) == owner(of: socket),
        let value = tree.nodes(call.arguments).first
      else { continue }
      guard tree.constantKind(value) == .false || tree.integerValue(value) == 0 else {
        return false
      }
      isOff = true
    }
    return isOff
  }

  /// Whether a connection, or a cursor of it, belongs to a database in memory:
  /// `self._rows = sqlite3.connect(":memory:")`.
  private func isMemoryDatabase(_ receiver: NodeID, depth: Int = 0) -> Bool {
    guard depth < 4, tree.nameTable.id(of: "sqlite3") != nil else { return false }
    if let made = origin(of: receiver), let call = tree.call(made) {
      if opensMemory(call) { return true }
      guard let method = tree.attribute(call.function),
        isOneOf(method.name, ["cursor", "execute", "executemany", "executescript"])
      else { return false }
      return isMemoryDatabase(method.value, depth: depth + 1)
    }
    guard tree.kind(receiver) == .attribute else { return false }
    let text = written(receiver)
    return tree.nodes.contains { node in
      guard let assign = tree.assign(node), let target = tree.nodes(assign.targets).first,
        tree.kind(target) == .attribute, written(target) == text,
        let call = tree.call(assign.value)
      else { return false }
      return opensMemory(call)
    }
  }

  private func opensMemory(_ call: Call) -> Bool {
    guard isNamed(call.function, ["connect"]), let path = tree.nodes(call.arguments).first else {
      return false
    }
    return written(path).dropFirst().starts(with: StaticString(":memory:").bytes)
  }

  /// Whether a socket is made for datagrams, which it connects to an address and sends there
  /// without waiting for an answer.
  private func isDatagram(_ socket: NodeID) -> Bool {
    guard let call = origin(of: socket).flatMap({ tree.call($0) }) else { return false }
    let keywords = tree.nodes(call.keywords).compactMap { tree.keyword($0)?.value }
    return (Array(tree.nodes(call.arguments)) + keywords).contains { isNamed($0, ["SOCK_DGRAM"]) }
  }

  /// Whether a name is looked up that is the text of an address already: `str(target_ip)`.
  private func asksForNumber(_ call: Call) -> Bool {
    guard let host = tree.nodes(call.arguments).first.flatMap({ tree.call($0) }),
      isBuiltin(host.function, ["str"]),
      let name = tree.nodes(host.arguments).first.flatMap({ lastName($0) })
    else { return false }
    return tree.text(of: name).split(separator: UInt8(ascii: "_")).contains {
      $0.elementsEqual(StaticString("ip").bytes)
    }
  }

  /// Whether the file sets the time limit of a port to nothing: `self.port.timeout = 0`.
  private func hasNoTimeout(_ port: NodeID) -> Bool {
    !portsWithoutTimeout.isEmpty && portsWithoutTimeout.contains(written(port))
  }

  /// What the file sets the time limit of to nothing, as it is written.
  func findPortsWithoutTimeout() -> [[UInt8]] {
    guard let timeout = tree.nameTable.id(of: "timeout") else { return [] }
    return tree.nodes.compactMap { node in
      guard let assign = tree.assign(node), tree.integerValue(assign.value) == 0,
        let target = tree.nodes(assign.targets).first, let attribute = tree.attribute(target),
        attribute.name == timeout
      else { return nil }
      return written(attribute.value)
    }
  }

  /// Whether a call takes its time for computing, whatever it works on.
  private func isComputing(_ fact: KnownCallable) -> Bool {
    knowledge.table.rules[fact.rule.index].name.elementsEqual(StaticString("blocking-cpu").bytes)
  }

  /// Whether a method reads or writes what it is handed: `open`, `load`, `read_csv`, `to_parquet`.
  private func readsOrWrites(_ name: NameID) -> Bool {
    let starts: [StaticString] = ["read_", "write_", "to_"]
    let text = tree.text(of: name)
    return isOneOf(name, ["open", "load", "dump"])
      || starts.contains { text.starts(with: $0.bytes) }
  }

  /// Whether an archive or compressed file was made around an `io.BytesIO`.
  private func isInMemory(_ receiver: NodeID) -> Bool {
    origin(of: receiver).flatMap { tree.call($0) }.map(takesBuffer) ?? false
  }

  /// Whether a call is handed an `io.BytesIO` or `io.StringIO`.
  private func takesBuffer(_ call: Call) -> Bool {
    let names: [StaticString] = ["io.BytesIO", "io.StringIO"]
    let buffers = names.compactMap { project.symbols.symbol(dotted: $0.bytes) }
    let keywords = tree.nodes(call.keywords).compactMap { tree.keyword($0)?.value }
    return (Array(tree.nodes(call.arguments)) + keywords).contains { argument in
      guard let cls = resolver.instanceClass(of: argument) else { return false }
      return buffers.contains { cls == $0 || project.isSubclass(cls, of: $0) }
    }
  }

  /// Whether the function asked before to be told when a future is done, and has waited since.
  private func isAnnounced(_ future: NodeID, before node: NodeID) -> Bool {
    guard let function = owner(of: node) else { return false }
    let text = written(future)
    let end = tree.span(node).start
    var announcement: UInt32?
    forEachOwnNode(in: function) { inner in
      guard let call = tree.call(inner), let method = tree.attribute(call.function),
        isOneOf(method.name, ["add_done_callback"]), written(method.value) == text
      else { return }
      announcement = tree.span(inner).start
    }
    guard let announcement else { return false }
    return contains(function) { inner in
      let start = tree.span(inner).start
      return tree.kind(inner) == .awaitExpr && start > announcement && start < end
    }
  }

  /// The value that a name was certainly given.
  private func assigned(_ node: NodeID) -> NodeID? {
    guard let name = tree.name(node),
      let variable = model.lookUp(name.name, from: model.scope(of: node)),
      model[variable].bindings.count == 1, model[variable].bindings[0].kind == .assignment
    else { return nil }
    return tree.parent(of: model[variable].bindings[0].node).flatMap { tree.assign($0)?.value }
  }
}
