package import PythonSyntax

/// The statements of a block, in source order.
package struct StatementBlock: RandomAccessCollection {
  private let statements: Nodes

  init(_ statements: Nodes) { self.statements = statements }

  package var startIndex: Int { 0 }

  package var endIndex: Int { statements.count }

  package subscript(position: Int) -> NodeID { statements[position] }

  /// The place of a statement; `nil` when it is none of this block.
  ///
  /// - Complexity: O(log n), as nodes are numbered in the order in which they end.
  package func firstIndex(of statement: NodeID) -> Int? {
    var low = 0
    var high = statements.count
    while low < high {
      let middle = (low + high) / 2
      if statements[middle] < statement { low = middle + 1 } else { high = middle }
    }
    return low < statements.count && statements[low] == statement ? low : nil
  }

  /// Whether a statement is one of this block.
  ///
  /// - Complexity: O(log n).
  package func contains(_ statement: NodeID) -> Bool { firstIndex(of: statement) != nil }

  /// The last statement that starts at an offset or before it.
  ///
  /// - Complexity: O(log n).
  func last(startingUpTo offset: UInt32, in tree: SyntaxTree) -> NodeID? {
    var low = 0
    var high = statements.count
    while low < high {
      let middle = (low + high) / 2
      if tree.span(statements[middle]).start <= offset { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? statements[low - 1] : nil
  }
}
