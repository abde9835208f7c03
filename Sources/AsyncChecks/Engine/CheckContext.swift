import PythonSyntax

/// What a check sees of the file it looks at, and where it reports.
package final class CheckContext {
  let tree: SyntaxTree

  init(tree: SyntaxTree) {
    self.tree = tree
  }
}
