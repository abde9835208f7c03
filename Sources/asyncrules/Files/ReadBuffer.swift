import Glibc

/// Memory that one thread reads files into, one after another: most files of a project are looked
/// at once and never again, and fresh memory for each would cost more than reading it.
final class ReadBuffer {
  private var memory: UnsafeMutableRawBufferPointer
  private static let firstSize = 1 << 20

  private init() {
    memory = .allocate(byteCount: Self.firstSize, alignment: 16)
  }

  deinit { memory.deallocate() }

  /// The buffer of the calling thread; it is freed when the thread ends.
  static var ofThread: ReadBuffer {
    if let known = pthread_getspecific(key) {
      return Unmanaged<ReadBuffer>.fromOpaque(known).takeUnretainedValue()
    }
    let buffer = ReadBuffer()
    pthread_setspecific(key, Unmanaged.passRetained(buffer).toOpaque())
    return buffer
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { buffer in
      if let buffer { Unmanaged<ReadBuffer>.fromOpaque(buffer).release() }
    }
    return key
  }()

  /// Reads a file and calls the body with its bytes, which are valid until it returns.
  ///
  /// - Returns: Whether the file could be read.
  func withContents(of path: String, _ body: (UnsafeBufferPointer<UInt8>) -> Void) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var count = 0
    while true {
      if count == memory.count { grow() }
      guard let start = memory.baseAddress else { return false }
      let got = read(descriptor, start + count, memory.count - count)
      if got > 0 {
        count += got
      } else if got == 0 {
        break
      } else if errno != EINTR {
        return false
      }
    }
    let contents = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory)[..<count])
    body(contents.assumingMemoryBound(to: UInt8.self))
    return true
  }

  private func grow() {
    let larger = UnsafeMutableRawBufferPointer.allocate(
      byteCount: memory.count * 4, alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(memory))
    memory.deallocate()
    memory = larger
  }
}
