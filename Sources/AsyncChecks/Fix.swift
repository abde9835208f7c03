package import PythonSyntax

/// How sure a fix is.
package enum Applicability: UInt8, Sendable {
  /// Keeps what the program does, but for the reported mistake; `--fix` applies it.
  case safe
  /// May change what the program does; applied with `--unsafe-fixes`.
  case unsafe
  /// Only shown: a sketch for the reader to finish.
  case displayOnly
}

/// A replacement of one span.
package struct Edit: Hashable, Sendable {
  package let span: ByteSpan
  package let replacement: [UInt8]

  package init(span: ByteSpan, replacement: [UInt8]) {
    self.span = span
    self.replacement = replacement
  }
}

/// Edits that cure one diagnostic, in source order, not overlapping.
package struct Fix: Hashable, Sendable {
  package let applicability: Applicability
  /// What applying it does: "replace by `await asyncio.sleep(…)`".
  package let title: [UInt8]
  package let edits: [Edit]

  private init(_ applicability: Applicability, title: [UInt8], edits: [Edit]) {
    self.applicability = applicability
    self.title = title
    self.edits = edits
  }

  package static func safe(_ title: [UInt8], _ edits: [Edit]) -> Fix {
    Fix(.safe, title: title, edits: edits)
  }

  package static func unsafe(_ title: [UInt8], _ edits: [Edit]) -> Fix {
    Fix(.unsafe, title: title, edits: edits)
  }

  package static func displayOnly(_ title: [UInt8], _ edits: [Edit]) -> Fix {
    Fix(.displayOnly, title: title, edits: edits)
  }
}
