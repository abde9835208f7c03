/// A piece of HTML: interpolation escapes, `raw:` does not.
///
/// ```swift
/// let item: HTML = "<li title=\"\(title)\">\(text)</li>"
/// ```
///
/// Text is escaped so that it is safe between tags and inside attributes quoted with `"` or `'`.
package struct HTML: Sendable, Hashable {
  /// The markup as UTF-8.
  package private(set) var bytes: [UInt8]

  /// Nothing.
  package init() { bytes = [] }

  /// Markup that is known to be safe.
  package init(raw text: String) { bytes = Array(text.utf8) }

  /// Markup that is known to be safe, as UTF-8.
  package init(raw bytes: [UInt8]) { self.bytes = bytes }

  /// Escaped text.
  package init(text: String) {
    bytes = []
    HTMLEscaping.append(text.utf8, to: &bytes)
  }

  /// The markup as a string.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package var isEmpty: Bool { bytes.isEmpty }

  /// Appends markup.
  package mutating func append(_ other: HTML) { bytes.append(contentsOf: other.bytes) }

  /// Appends escaped text given as UTF-8, which must stand between tags, not within one.
  package mutating func append(utf8 text: some Sequence<UInt8>) {
    HTMLEscaping.append(text, to: &bytes, isContent: true)
  }

  package static func + (left: HTML, right: HTML) -> HTML {
    var result = left
    result.append(right)
    return result
  }

  package static func += (left: inout HTML, right: HTML) { left.append(right) }
}

extension HTML: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self.init(raw: value) }

  package init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

  /// Collects literal markup and escaped values.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var bytes: [UInt8] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      bytes.reserveCapacity(literalCapacity + interpolationCount * 24)
    }

    package mutating func appendLiteral(_ literal: String) {
      bytes.append(contentsOf: literal.utf8)
    }

    /// Escapes text.
    package mutating func appendInterpolation(_ text: String) {
      HTMLEscaping.append(text.utf8, to: &bytes)
    }

    package mutating func appendInterpolation(_ number: Int) {
      bytes.append(contentsOf: String(number).utf8)
    }

    /// Inserts markup as it is.
    package mutating func appendInterpolation(_ html: HTML) {
      bytes.append(contentsOf: html.bytes)
    }

    /// Inserts pieces of markup one after another.
    package mutating func appendInterpolation(_ pieces: [HTML]) {
      for piece in pieces { bytes.append(contentsOf: piece.bytes) }
    }

    /// Inserts markup that is known to be safe.
    package mutating func appendInterpolation(raw text: String) {
      bytes.append(contentsOf: text.utf8)
    }
  }
}

extension [HTML] {
  /// The pieces with a separator between them.
  package func joined(by separator: HTML) -> HTML {
    var result = HTML()
    for (index, piece) in enumerated() {
      if index > 0 { result += separator }
      result += piece
    }
    return result
  }
}
