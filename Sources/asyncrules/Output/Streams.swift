import Glibc

/// Writing to the standard streams, in whole pieces.
enum Streams {
  /// Writes to standard output; ends the process quietly when the reader has gone away.
  static func output(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// Writes a line to standard error.
  static func error(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  static func output(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { write($0, to: STDOUT_FILENO) }
  }

  static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { write(UnsafeRawBufferPointer($0), to: descriptor) }
  }

  private static func write(_ buffer: UnsafeRawBufferPointer, to descriptor: Int32) {
    var written = 0
    while written < buffer.count {
      let count = Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        // A closed pipe is the reader's wish; anything else is lost output.
        exit(errno == EPIPE ? 0 : 2)
      }
    }
  }
}

/// A line on the terminal that tells how far long work has come; nothing in a pipe or a file.
struct Progress: Sendable {
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let label: String

  init(_ label: String) { self.label = label }

  func show(_ done: Int, of total: Int) {
    guard isTerminal else { return }
    Streams.write("\r\u{1B}[2K\(label) \(done)/\(total)", to: STDERR_FILENO)
  }

  func clear() {
    guard isTerminal else { return }
    Streams.write("\r\u{1B}[2K", to: STDERR_FILENO)
  }
}
