package import PythonSyntax

/// The statements of a module whose definitions and variables a project takes in.
package struct NodeSelection: Sendable {
  /// Ascending and disjoint; `nil` for the whole module.
  private let ranges: [Range<UInt32>]?

  package static let everything = NodeSelection(ranges: nil)

  private init(ranges: [Range<UInt32>]?) { self.ranges = ranges }

  /// The units of a module that are wanted.
  package init(_ uses: ModuleUses, _ isWanted: [Bool]) {
    let wanted = (0..<uses.unitCount).filter { isWanted[$0] }
    ranges = wanted.map { uses.nodes(of: $0) }.filter { !$0.isEmpty }
      .sorted { $0.lowerBound < $1.lowerBound }
  }

  package func contains(_ node: NodeID) -> Bool {
    guard let ranges else { return true }
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= node.rawValue { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(node.rawValue)
  }
}
