import Glibc
import Synchronization

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

/// A line on the terminal that tells how far long work has come; in a pipe one every half minute.
final class Progress: Sendable {
  private let isTerminal: Bool
  private let label: String
  private let lastLine: Mutex<ContinuousClock.Instant>

  /// How often a log is told.
  private static let interval = Duration.seconds(30)

  init(_ label: String) {
    self.label = label
    isTerminal = isatty(STDERR_FILENO) == 1
    lastLine = Mutex(.now)
  }

  func show(_ done: Int, of total: Int) {
    let text = "\(label) \(done)/\(total)"
    if isTerminal {
      Streams.write("\r\u{1B}[2K" + text, to: STDERR_FILENO)
    } else if isDue() {
      Streams.error(text)
    }
  }

  func clear() {
    guard isTerminal else { return }
    Streams.write("\r\u{1B}[2K", to: STDERR_FILENO)
  }

  private func isDue() -> Bool {
    lastLine.withLock { last in
      guard .now - last >= Self.interval else { return false }
      last = .now
      return true
    }
  }
}
