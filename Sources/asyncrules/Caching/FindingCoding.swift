import AsyncChecks
import Verifier

extension EntryWriter {
  mutating func write(_ finding: Finding) {
    write(finding.code)
    write(finding.name)
    write(finding.severity.word)
    write(finding.message)
    write(finding.start)
    write(finding.end)
    write(finding.notes) { writer, note in
      writer.write(note.path) { $0.write($1) }
      writer.write(note.start) { $0.write($1) }
      writer.write(note.end) { $0.write($1) }
      writer.write(note.message)
    }
    write(finding.fix) { writer, fix in
      writer.write(fix.applicability.word)
      writer.write(fix.title)
      writer.write(fix.edits) { writer, edit in
        writer.write(edit.start)
        writer.write(edit.end)
        writer.write(edit.replacement)
      }
    }
  }

  mutating func write(_ position: Position) {
    write(position.line)
    write(position.column)
    write(position.offset)
  }
}

extension EntryReader {
  mutating func readFinding() throws(DamagedEntry) -> Finding {
    Finding(
      code: try readString(), name: try readString(),
      severity: try readWord(of: [Severity.error, .warning, .suggestion], \.word),
      message: try readString(), start: try readPosition(), end: try readPosition(),
      notes: try readArray { (reader) throws(DamagedEntry) in try reader.readNote() },
      fix: try readOptional { (reader) throws(DamagedEntry) in try reader.readFix() })
  }

  private mutating func readNote() throws(DamagedEntry) -> FindingNote {
    FindingNote(
      path: try readOptional { (reader) throws(DamagedEntry) in try reader.readString() },
      start: try readOptional { (reader) throws(DamagedEntry) in try reader.readPosition() },
      end: try readOptional { (reader) throws(DamagedEntry) in try reader.readPosition() },
      message: try readString())
  }

  private mutating func readFix() throws(DamagedEntry) -> FindingFix {
    FindingFix(
      applicability: try readWord(
        of: [Applicability.safe, .unsafe, .displayOnly], \.word),
      title: try readString(),
      edits: try readArray { (reader) throws(DamagedEntry) in
        FindingEdit(
          start: try reader.readPosition(), end: try reader.readPosition(),
          replacement: try reader.readString())
      })
  }

  private mutating func readPosition() throws(DamagedEntry) -> Position {
    Position(line: try readInt(), column: try readInt(), offset: try readInt())
  }

  private mutating func readWord<Value>(
    of values: [Value], _ word: (Value) -> String,
  ) throws(DamagedEntry) -> Value {
    let text = try readString()
    guard let value = values.first(where: { word($0) == text }) else { throw DamagedEntry() }
    return value
  }
}
