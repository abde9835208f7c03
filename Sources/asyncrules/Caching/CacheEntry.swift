import AsyncChecks
import PythonSemantics
import Verifier

/// What one run of `check` left for the next one with the same command line.
struct CacheEntry {
  /// One file that was checked.
  struct File: Sendable {
    var stamp: FileStamp
    /// Of the bytes that were analysed.
    var hash: UInt64
  }

  /// Everything but the files that the results depend on: the question.
  let question: [UInt8]
  /// The paths of the files as shown, in order.
  let paths: [[UInt8]]
  /// When the stamps were taken, in nanoseconds since 1970.
  var time: Int64
  var files: [File]
  /// Of the files that have any, in their order.
  var findings: [FileFindings]
  private let known: Record

  /// The record is large, and only needed when something changed.
  private enum Record {
    case decoded(ProjectRecord)
    case bytes([UInt8], Range<Int>)
  }

  init(
    question: [UInt8], paths: [[UInt8]], time: Int64, files: [File], findings: [FileFindings],
    record: ProjectRecord,
  ) {
    self.question = question
    self.paths = paths
    self.time = time
    self.files = files
    self.findings = findings
    known = .decoded(record)
  }

  /// What the checker knows of the files; `nil` when it is damaged.
  func record() -> ProjectRecord? {
    switch known {
    case .decoded(let record): return record
    case .bytes(let bytes, let range):
      var reader = EntryReader(bytes, from: range.lowerBound, to: range.upperBound)
      guard let record = try? reader.readRecord(), reader.isAtEnd,
        record.files.count == files.count,
        record.files.allSatisfy({ file in
          file.imports.allSatisfy { files.indices.contains(Int($0.file)) }
        })
      else { return nil }
      return record
    }
  }

  // MARK: Coding

  /// Begins every entry; the number changes with the format.
  private static let signature = Array("asyncrules check cache 1\n".utf8)

  func encode() -> [UInt8] {
    var body = EntryWriter()
    body.write(question)
    body.write(paths) { $0.write($1) }
    body.write(UInt64(bitPattern: time))
    body.write(files) { writer, file in
      writer.write(file.stamp)
      writer.write(file.hash)
    }
    body.write(findings) { writer, file in
      writer.write(file.index)
      writer.write(file.isDecoded)
      writer.write(file.findings) { $0.write($1) }
    }
    var tail = EntryWriter()
    switch known {
    case .decoded(let record): tail.write(record)
    case .bytes(let bytes, let range): tail.append(bytes[range])
    }
    body.write(tail.bytes)
    var whole = EntryWriter()
    whole.append(Self.signature[...])
    whole.write(ContentHash.of(body.bytes))
    whole.write(body.bytes)
    return whole.bytes
  }

  /// - Throws: ``DamagedEntry`` for anything that ``encode()`` of this version did not write.
  init(decoding bytes: [UInt8]) throws(DamagedEntry) {
    guard bytes.starts(with: Self.signature) else { throw DamagedEntry() }
    var head = EntryReader(bytes, from: Self.signature.count)
    let checksum = try head.readUInt64()
    let bodyRange = try head.readRange()
    guard head.isAtEnd,
      bytes.withUnsafeBytes({
        ContentHash.of(UnsafeRawBufferPointer(rebasing: $0[bodyRange]))
      }) == checksum
    else { throw DamagedEntry() }
    var body = EntryReader(bytes, from: bodyRange.lowerBound, to: bodyRange.upperBound)
    question = try body.readBytes()
    paths = try body.readArray { (reader) throws(DamagedEntry) in try reader.readBytes() }
    time = Int64(bitPattern: try body.readUInt64())
    files = try body.readArray { (reader) throws(DamagedEntry) in
      File(
        stamp: try reader.readStamp(), hash: try reader.readUInt64())
    }
    findings = try body.readArray { (reader) throws(DamagedEntry) in
      FileFindings(
        index: try reader.readInt(), isDecoded: try reader.readBool(),
        findings: try reader.readArray { (reader) throws(DamagedEntry) in
          try reader.readFinding()
        })
    }
    known = .bytes(bytes, try body.readRange())
    guard body.isAtEnd, files.count == paths.count,
      findings.allSatisfy({ files.indices.contains($0.index) })
    else { throw DamagedEntry() }
  }
}

/// What was found in one file of the inputs.
struct FileFindings: Sendable {
  /// The index of the file in the inputs.
  let index: Int
  /// Whether code is shown as it was decoded, not as the bytes are in the file.
  let isDecoded: Bool
  /// In source order, with places in the whole file.
  let findings: [Finding]
}
