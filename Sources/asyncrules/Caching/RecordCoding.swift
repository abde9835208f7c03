import AsyncChecks
import PythonSemantics

extension EntryWriter {
  mutating func write(_ record: ProjectRecord) {
    for word in record.names.bits { write(word) }
    write(record.files) { writer, file in
      writer.write(file.standsApart)
      writer.write(file.carries)
      writer.write(file.imports) { writer, entry in
        writer.write(UInt32(bitPattern: entry.file))
        writer.write(entry.member) { $0.write($1) }
        writer.write(entry.module) { $0.write($1) }
        writer.write(entry.isStar)
      }
      writer.write(file.words) { writer, words in
        writer.write(words) { $0.write($1) }
      }
    }
  }
}

extension EntryReader {
  mutating func readRecord() throws(DamagedEntry) -> ProjectRecord {
    var bits: [UInt64] = []
    for _ in 0..<NameFilter.wordCount { bits.append(try readUInt64()) }
    guard let names = NameFilter(bits: bits) else { throw DamagedEntry() }
    let files = try readArray { (reader) throws(DamagedEntry) in
      ProjectRecord.File(
        standsApart: try reader.readBool(), carries: try reader.readBool(),
        imports: try reader.readArray { (reader) throws(DamagedEntry) in
          try reader.readImport()
        },
        words: try reader.readOptional { (reader) throws(DamagedEntry) in
          try reader.readArray { (reader) throws(DamagedEntry) in try reader.readUInt32() }
        })
    }
    return ProjectRecord(files: files, names: names)
  }

  private mutating func readImport() throws(DamagedEntry) -> SourceSketch.Import {
    SourceSketch.Import(
      file: Int32(bitPattern: try readUInt32()),
      member: try readOptional { (reader) throws(DamagedEntry) in try reader.readUInt32() },
      module: try readOptional { (reader) throws(DamagedEntry) in try reader.readUInt32() },
      isStar: try readBool())
  }
}
