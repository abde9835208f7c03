import Glibc

/// What the file system says of a file without reading it.
struct FileStamp: Equatable, Sendable {
  let size: Int64
  /// In nanoseconds since 1970, as ``change``.
  let modification: Int64
  let change: Int64
  let inode: UInt64
  let device: UInt64

  /// What is known of the file at a path, links followed; `nil` when there is none.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    size = Int64(status.st_size)
    modification = Self.nanoseconds(status.st_mtim)
    change = Self.nanoseconds(status.st_ctim)
    inode = UInt64(status.st_ino)
    device = UInt64(status.st_dev)
  }

  init(size: Int64, modification: Int64, change: Int64, inode: UInt64, device: UInt64) {
    self.size = size
    self.modification = modification
    self.change = change
    self.inode = inode
    self.device = device
  }

  /// Clocks of file systems are coarse: a file that was written twice within so long may have the
  /// same stamp with another text.
  private static let coarseness: Int64 = 2_000_000_000

  /// Whether a file that had this stamp at a time, and has it still, must be unchanged.
  func isTrustworthy(at time: Int64) -> Bool {
    modification < time - Self.coarseness && change < time - Self.coarseness
  }

  /// In nanoseconds since 1970.
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return nanoseconds(time)
  }

  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}

extension EntryWriter {
  mutating func write(_ stamp: FileStamp) {
    write(UInt64(bitPattern: stamp.size))
    write(UInt64(bitPattern: stamp.modification))
    write(UInt64(bitPattern: stamp.change))
    write(stamp.inode)
    write(stamp.device)
  }
}

extension EntryReader {
  mutating func readStamp() throws(DamagedEntry) -> FileStamp {
    FileStamp(
      size: Int64(bitPattern: try readUInt64()), modification: Int64(bitPattern: try readUInt64()),
      change: Int64(bitPattern: try readUInt64()), inode: try readUInt64(),
      device: try readUInt64())
  }
}
