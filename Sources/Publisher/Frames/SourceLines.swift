/// The lines of a source text as a terminal shows them, and where each column lands.
package struct SourceLines {
  /// A line with tabs expanded and hidden characters made visible.
  struct Line {
    let text: String
    /// The display column, from 0, of the first character that is not white space.
    let indentation: Int
    /// The display column, from 0, before each scalar of the source line, and that of its end;
    /// `nil` where every scalar takes one column.
    private let stops: [Int]?
    /// The display column behind the line.
    let width: Int

    /// A line of visible ASCII.
    fileprivate init(plain bytes: Slice<UnsafeBufferPointer<UInt8>>) {
      text = String(decoding: bytes, as: UTF8.self)
      indentation = bytes.prefix { $0 == UInt8(ascii: " ") }.count
      width = bytes.count
      stops = nil
    }

    fileprivate init(_ source: String) {
      var text = ""
      var stops: [Int] = []
      var width = 0
      var indentation: Int?
      for character in source {
        let shown: String
        if character == "\t" {
          shown = String(
            repeating: " ", count: SourceLines.tabWidth - width % SourceLines.tabWidth)
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
      self.text = text
      self.indentation = indentation ?? width
      self.width = width
      self.stops = stops
    }

    /// The display column, from 0, of a 1-based source column; columns past the end count as it.
    func stop(ofColumn column: Int) -> Int {
      let index = max(column - 1, 0)
      guard let stops else { return min(index, width) }
      return stops[min(index, stops.count - 1)]
    }
  }

  /// How far a tab goes: to the next multiple of it.
  fileprivate static let tabWidth = 4

  private let text: String

  package init(_ text: String) { self.text = text }

  /// The line with a 1-based number; an empty one past the end of the text.
  func line(_ number: Int) -> Line {
    text.withBytes { bytes in
      var start = 0
      var current = 1
      // Python ends lines at `\n`, `\r\n` and `\r`.
      while start <= bytes.count {
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r")
        {
          end += 1
        }
        if current == number {
          let line = bytes[start..<end]
          let isPlain = line.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
          return isPlain ? Line(plain: line) : Line(String(decoding: line, as: UTF8.self))
        }
        let isPair =
          end + 1 < bytes.count && bytes[end] == UInt8(ascii: "\r")
          && bytes[end + 1] == UInt8(ascii: "\n")
        start = end + (isPair ? 2 : 1)
        current += 1
      }
      return Line("")
    }
  }
}
