/// The lines of a source text as a terminal shows them, and where each column lands.
package struct SourceLines {
  /// A line with tabs expanded and hidden characters made visible.
  struct Line {
    let text: String
    /// The display column, from 0, before each scalar of the source line, and that of its end.
    let stops: [Int]
    /// The display column, from 0, of the first character that is not white space.
    let indentation: Int

    /// The display column, from 0, of a 1-based source column; columns past the end count as it.
    func stop(ofColumn column: Int) -> Int {
      stops[min(max(column - 1, 0), stops.count - 1)]
    }
  }

  /// How far a tab goes: to the next multiple of it.
  static let tabWidth = 4

  private let lines: [String.UnicodeScalarView]

  package init(_ text: String) {
    var lines: [String.UnicodeScalarView] = []
    var line = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    // Python ends lines at `\n`, `\r\n` and `\r`.
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where previous == "\r": break
      case "\n", "\r":
        lines.append(line)
        line = String.UnicodeScalarView()
      default: line.append(scalar)
      }
      previous = scalar
    }
    lines.append(line)
    self.lines = lines
  }

  /// The line with a 1-based number; an empty one past the end of the text.
  func line(_ number: Int) -> Line {
    guard lines.indices.contains(number - 1) else {
      return Line(text: "", stops: [0], indentation: 0)
    }
    var text = ""
    var stops: [Int] = []
    var width = 0
    var indentation: Int?
    for character in String(lines[number - 1]) {
      let shown: String
      if character == "\t" {
        shown = String(repeating: " ", count: Self.tabWidth - width % Self.tabWidth)
      } else {
        shown = String(character).visible
        if indentation == nil, character != " " { indentation = width }
      }
      // All scalars of one character stand in the same place.
      for _ in character.unicodeScalars { stops.append(width) }
      text += shown
      width += shown.displayWidth
    }
    stops.append(width)
    return Line(text: text, stops: stops, indentation: indentation ?? width)
  }
}
