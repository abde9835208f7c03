import Glibc

/// How wide text may run.
enum TerminalSize {
  /// The columns of the terminal behind a stream, at most 100; 80 when it is not a terminal.
  static func columns(of descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return min(max(Int(size.ws_col), 40), 100)
  }
}
