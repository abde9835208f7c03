import AsyncChecks
import Glibc
import PythonSemantics

/// Checks inputs with what an earlier run left: when nothing has changed that matters, only what
/// changed is looked at. The reports are those of a run without a cache.
struct CachedCheck {
  let session: CheckSession
  let folder: CacheFolder
  /// Everything but the files that the results depend on.
  let question: [UInt8]

  func reports(for inputs: inout CheckInputs) -> [FileReport] {
    // What could not be read is complained about in each run.
    guard inputs.unreadable == 0 else { return session.reports(for: &inputs) }
    // Before anything is read: a file that is written meanwhile will have another stamp.
    let time = FileStamp.now
    let stamps = stamps(of: inputs)
    guard stamps.count == inputs.files.count else { return session.reports(for: &inputs) }
    let paths = inputs.files.map { Array($0.displayPath.utf8) }
    if let entry = folder.entry(for: question), entry.paths == paths,
      let reports = reports(of: entry, inputs, stamps, time)
    {
      return reports
    }
    let log = HashLog(count: inputs.files.count)
    let (found, record) = session.findings(for: &inputs, log: log)
    let reports = session.reports(of: found, in: inputs)
    let hashes = hashes(of: inputs, log)
    guard inputs.unreadable == 0, hashes.count == stamps.count else { return reports }
    folder.store(
      CacheEntry(
        question: question, paths: paths, time: time,
        files: zip(stamps, hashes).map { CacheEntry.File(stamp: $0, hash: $1) },
        findings: found.map(\.findings), record: record))
    return reports
  }

  private func stamps(of inputs: CheckInputs) -> [FileStamp] {
    let files = inputs.files
    return WorkerThreads.executor.map(files.count) { index -> FileStamp? in
      guard case .path(let path) = files[index].origin else { return nil }
      return FileStamp(path)
    }.compactMap { $0 }
  }

  /// The hashes of what was read of each file; fewer when one was not read or changed meanwhile.
  private func hashes(of inputs: CheckInputs, _ log: HashLog) -> [UInt64] {
    inputs.files.indices.compactMap { inputs.files[$0].notebookHash ?? log.hash(of: $0) }
  }

  // MARK: Answering from an entry

  private enum Standing: Sendable {
    case unchanged
    /// With another stamp, but the same text.
    case touched
    case changed
  }

  /// The reports by an entry, as far as it can be relied upon; `nil` when all must be checked.
  private func reports(
    of entry: CacheEntry, _ inputs: CheckInputs, _ stamps: [FileStamp], _ time: Int64,
  ) -> [FileReport]? {
    let standings = standings(of: entry, inputs, stamps)
    var entry = entry
    let changed = standings.indices.filter { standings[$0] == .changed }
    var sources: [Int: [UInt8]] = [:]
    if !changed.isEmpty {
      let log = HashLog(count: inputs.files.count)
      guard let record = entry.record(),
        let found = session.findingsApart(changed, of: inputs, record, log)
      else { return nil }
      let isChanged = Set(changed)
      entry.findings.removeAll { isChanged.contains($0.index) }
      entry.findings += found.map(\.findings)
      entry.findings.sort { $0.index < $1.index }
      for file in found { sources[file.findings.index] = file.source }
      for index in changed {
        guard let hash = log.hash(of: index) else { return nil }
        entry.files[index].hash = hash
      }
    }
    var found: [CheckSession.Found] = []
    for findings in entry.findings {
      let index = findings.index
      guard
        let source = sources[index]
          ?? source(of: inputs.files[index], entry.files[index], findings)
      else { return nil }
      found.append(CheckSession.Found(findings: findings, source: source))
    }
    if standings.contains(where: { $0 != .unchanged }) {
      for (index, stamp) in stamps.enumerated() { entry.files[index].stamp = stamp }
      entry.time = time
      folder.store(entry)
    }
    return session.reports(of: found, in: inputs)
  }

  private func standings(
    of entry: CacheEntry, _ inputs: CheckInputs, _ stamps: [FileStamp],
  ) -> [Standing] {
    let files = inputs.files
    let known = entry.files
    let time = entry.time
    return WorkerThreads.executor.map(files.count) { index in
      // A notebook was read before its stamp was taken.
      if let hash = files[index].notebookHash {
        guard hash == known[index].hash else { return .changed }
        return stamps[index] == known[index].stamp ? .unchanged : .touched
      }
      if stamps[index] == known[index].stamp, stamps[index].isTrustworthy(at: time) {
        return .unchanged
      }
      var hash: UInt64 = 0
      let isReadable = files[index].look { hash = ContentHash.of(UnsafeRawBufferPointer($0)) }
      return isReadable && hash == known[index].hash ? .touched : .changed
    }
  }

  /// The code to show of a file with findings; `nil` when it is not what was checked.
  private func source(
    of input: CheckInputs.File, _ file: CacheEntry.File, _ findings: FileFindings,
  ) -> [UInt8]? {
    guard let bytes = try? input.read() else { return nil }
    if input.notebookHash == nil, ContentHash.of(bytes) != file.hash { return nil }
    return findings.isDecoded ? CheckSession.decoded(bytes) : bytes
  }
}

/// What was read of each file, as hashes. A file is read by one thread at a time.
final class HashLog: @unchecked Sendable {
  private let hashes: UnsafeMutableBufferPointer<UInt64>
  private let isContradicted: UnsafeMutableBufferPointer<Bool>

  init(count: Int) {
    hashes = .allocate(capacity: count)
    hashes.initialize(repeating: 0)
    isContradicted = .allocate(capacity: count)
    isContradicted.initialize(repeating: false)
  }

  deinit {
    hashes.deallocate()
    isContradicted.deallocate()
  }

  func note(_ bytes: UnsafeRawBufferPointer, of file: Int) {
    let hash = ContentHash.of(bytes)
    if hashes[file] != 0, hashes[file] != hash { isContradicted[file] = true }
    hashes[file] = hash
  }

  /// The hash of a file that was read and stayed as it was.
  func hash(of file: Int) -> UInt64? {
    hashes[file] == 0 || isContradicted[file] ? nil : hashes[file]
  }
}
