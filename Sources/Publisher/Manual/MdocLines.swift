extension MdocWords {
  /// Lines of source are filled up to this width.
  private static let width = 78

  /// Writes the text; each sentence starts a line, which lets formatters space them.
  func write(to page: inout Mdoc) {
    var line: [UInt8] = []
    var width = 0
    func end() {
      if !line.isEmpty { page.text(line) }
      line.removeAll(keepingCapacity: true)
      width = 0
    }
    // A line break at either end breaks nothing.
    var runs = 0..<runCount
    while let first = runs.first, isLineBreak(run(at: first)) { runs.removeFirst() }
    while let last = runs.last, isLineBreak(run(at: last)) { runs.removeLast() }
    for index in runs {
      let run = run(at: index)
      if let word = word(run) {
        let isPlain = isPlainASCII(word)
        let wordWidth = isPlain ? word.count : text(at: word).count
        if !line.isEmpty, width + 1 + wordWidth > Self.width { end() }
        if !line.isEmpty {
          line.append(UInt8(ascii: " "))
          width += 1
        }
        withBytes(at: word) { line.append(contentsOf: $0) }
        width += wordWidth
        if hasFullStop(word, isPlain: isPlain), index + 1 == runs.upperBound || isBegun(index + 1) {
          end()
        }
      } else {
        end()
        var macros: Mdoc.Line = "."
        append(run, isLast: true, to: &macros)
        page.line(macros)
      }
    }
    end()
  }

  /// The run as the arguments of a macro such as `It`.
  var asArguments: Mdoc.Line {
    var line: Mdoc.Line = ""
    let runs = (0..<runCount).map(run).filter { !isLineBreak($0) }
    for (index, run) in runs.enumerated() {
      if index > 0 { line.append(" ") }
      append(run, isLast: index == runs.count - 1, to: &line)
    }
    return line
  }

  private func isLineBreak(_ run: ArraySlice<Piece>) -> Bool { run.first?.kind == .lineBreak }

  /// The text of a run that needs no macro; texts that follow each other are one behind the other.
  private func word(_ run: ArraySlice<Piece>) -> Range<Int>? {
    guard let first = run.first, let last = run.last, run.allSatisfy({ $0.kind == .text })
    else { return nil }
    return first.place.lowerBound..<last.place.upperBound
  }

  private func isPlainASCII(_ place: Range<Int>) -> Bool {
    withBytes(at: place) { bytes in
      var isOther: UInt8 = 0
      for byte in bytes { isOther |= byte &- 0x20 > 0x5E ? 1 : 0 }
      return isOther == 0
    }
  }

  /// Whether a run can begin a sentence.
  private func isBegun(_ index: Int) -> Bool {
    guard let piece = run(at: index).first, piece.kind == .text else { return true }
    guard let first = withBytes(at: piece.place, { $0.first }) else { return false }
    guard first >= 0x80 else {
      return (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first)
    }
    return text(at: piece.place).first?.isUppercase ?? false
  }

  /// Whether a word ends in a full stop or the like, with quotes and brackets behind it or not.
  private func hasFullStop(_ word: Range<Int>, isPlain: Bool) -> Bool {
    guard isPlain else {
      return text(at: word).last { !")\"”".contains($0) }.map { ".?!".contains($0) } ?? false
    }
    let end = withBytes(at: word) { bytes in
      bytes.last { $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: "\"") }
    }
    return end == UInt8(ascii: ".") || end == UInt8(ascii: "?") || end == UInt8(ascii: "!")
  }

  /// Adds a run as macros on one line, without the dot; `isLast` says that nothing follows there.
  private func append(_ run: ArraySlice<Piece>, isLast: Bool, to line: inout Mdoc.Line) {
    let (pieces, ending) = separated(run)
    for (index, piece) in pieces.enumerated() {
      if index > 0 { line.append(" Ns ") }
      switch piece.kind {
      case .lineBreak: line.append("br")
      case .macro: withBytes(at: piece.place) { line.append(source: $0) }
      case .link: line.append("Lk \(url: text(at: piece.place))")
      case .text: line.append("No \(text(at: piece.place))")
      case .code:
        let code = text(at: piece.place)
        // groff's `Ql` quotes all that follows on its line.
        let endsLine = isLast && index == pieces.count - 1
        line.append(endsLine ? "Ql \(code: code)" : "So Li \(code: code) Sc")
      }
    }
    // A macro line sets a delimiter without space before it.
    withBytes(at: ending) { ending in
      for delimiter in ending { line.append(source: [UInt8(ascii: " "), delimiter]) }
    }
  }

  /// The run without the punctuation at its end, which a macro line takes as arguments.
  private func separated(
    _ run: ArraySlice<Piece>,
  ) -> (pieces: ArraySlice<Piece>, ending: Range<Int>) {
    guard run.count > 1, let last = run.last, last.kind == .text else { return (run, 0..<0) }
    let count = withBytes(at: last.place) { $0.reversed().prefix(while: Self.isClosing).count }
    let stem = last.place.upperBound - count
    let ending = stem..<last.place.upperBound
    guard !ending.isEmpty else { return (run, 0..<0) }
    let word = Piece(kind: .text, place: last.place.lowerBound..<stem)
    return (run.dropLast() + (stem > last.place.lowerBound ? [word] : []), ending)
  }
}
