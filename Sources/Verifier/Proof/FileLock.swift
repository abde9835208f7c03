import Foundation

/// A lock that one process holds at a time; it goes with the process.
final class FileLock: Sendable {
  private let descriptor: Int32

  /// Opens or makes the file; where that cannot be, the lock holds nobody back.
  init(path: String) {
    let folder = (path as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Waits until no other process holds it, without holding a thread.
  func take() async {
    while descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      try? await Task.sleep(for: .milliseconds(200))
    }
  }

  /// Lets the next one have it.
  func release() {
    if descriptor >= 0 { _ = flock(descriptor, LOCK_UN) }
  }
}
