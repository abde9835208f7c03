package import PythonSyntax

/// Where each variable of a module is read.
package struct ReferenceTable: Sendable {
  private let starts: [Int]
  private let nodes: [NodeID]

  /// Looks every name of the module up once.
  package init(_ model: SemanticModel) {
    let tree = model.tree
    var pairs: [(variable: VariableID, node: NodeID)] = []
    for node in tree.nodes where tree.kind(node) == .name {
      guard let name = tree.name(node), name.context == .load,
        let variable = model.lookUp(name.name, from: model.scope(of: node))
      else { continue }
      pairs.append((variable, node))
    }
    var counts = [Int](repeating: 0, count: model.variables.count + 1)
    for pair in pairs { counts[pair.variable.index + 1] += 1 }
    for index in counts.indices.dropFirst() { counts[index] += counts[index - 1] }
    starts = counts
    var sorted = [NodeID](repeating: NodeID(0), count: pairs.count)
    for pair in pairs {
      sorted[counts[pair.variable.index]] = pair.node
      counts[pair.variable.index] += 1
    }
    nodes = sorted
  }

  /// The names that read a variable, in source order.
  package subscript(_ variable: VariableID) -> ArraySlice<NodeID> {
    nodes[starts[variable.index]..<starts[variable.index + 1]]
  }
}
