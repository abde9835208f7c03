/// A broken promise of a tree: a defect of the parser, never of the source.
package struct TreeFault: Sendable {
  package let node: NodeID
  package let message: StaticString
}

extension SyntaxTree {
  /// Checks the promises of the tree; tests call it on every parse.
  ///
  /// - Complexity: O(n) in the number of nodes.
  package func verify() -> [TreeFault] {
    var faults: [TreeFault] = []
    var seen = [Bool](repeating: false, count: kinds.count)
    // The first id of each subtree, to prove that subtrees are contiguous.
    var first = [UInt32](repeating: 0, count: kinds.count)
    var size = [UInt32](repeating: 1, count: kinds.count)
    for id in nodes {
      func fault(_ message: StaticString) {
        faults.append(TreeFault(node: id, message: message))
      }
      let span = span(id)
      first[id.index] = id.rawValue
      if span.start > span.end { fault("a span ends before it starts") }
      if Int(span.end) > source.bytes.count { fault("a span ends outside the source") }
      let children = children(of: id)
      let body = functionDef(id)?.body ?? classDef(id)?.body ?? (id == root ? module(id) : nil)
      if let body, zip(nodes(body), nodes(body).dropFirst()).contains(where: { $0 >= $1 }) {
        fault("statements are not numbered in order")
      }
      for child in children {
        guard child < id else {
          fault("a child does not come before its parent")
          continue
        }
        if seen[child.index] { fault("a node has two parents") }
        seen[child.index] = true
        if parents[child.index] != id.rawValue { fault("a child names another parent") }
        first[id.index] = min(first[id.index], first[child.index])
        size[id.index] += size[child.index]
        if !isOutsideParent(child, of: id), !span.contains(self.span(child)) {
          fault("a child lies outside its parent")
        }
      }
      if id.rawValue - first[id.index] + 1 != size[id.index] {
        fault("a subtree is not contiguous")
      }
    }
    for id in nodes.dropLast() where !seen[id.index] {
      faults.append(TreeFault(node: id, message: "a node has no parent"))
    }
    if parents[root.index] != NodeRecord.none {
      faults.append(TreeFault(node: root, message: "the module has a parent"))
    }
    return faults
  }

  /// CPython's definitions start at `def` or `class`, after their decorators.
  private func isOutsideParent(_ child: NodeID, of parent: NodeID) -> Bool {
    let decorators = functionDef(parent)?.decorators ?? classDef(parent)?.decorators
    guard let decorators else { return false }
    return nodes(decorators).contains(child)
  }
}
