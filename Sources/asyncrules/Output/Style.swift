import Glibc

/// Colours for a terminal, or nothing for a pipe.
///
/// **Source:** ECMA-48 SGR; `NO_COLOR` as no-color.org has it, `CLICOLOR_FORCE` and `TERM=dumb`
/// by convention.
struct Style: Sendable {
  let isColored: Bool

  static let plain = Style(isColored: false)

  /// The style that suits a stream.
  init(for descriptor: Int32) {
    func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    if let value = variable("NO_COLOR"), !value.isEmpty {
      isColored = false
    } else if let value = variable("CLICOLOR_FORCE"), value != "0", !value.isEmpty {
      isColored = true
    } else {
      isColored = isatty(descriptor) == 1 && variable("TERM") != "dumb"
    }
  }

  init(isColored: Bool) { self.isColored = isColored }

  func bold(_ text: String) -> String { wrap(text, "1") }
  func dim(_ text: String) -> String { wrap(text, "2") }
  func red(_ text: String) -> String { wrap(text, "1;31") }
  func green(_ text: String) -> String { wrap(text, "32") }
  func yellow(_ text: String) -> String { wrap(text, "1;33") }
  func blue(_ text: String) -> String { wrap(text, "1;34") }
  func cyan(_ text: String) -> String { wrap(text, "36") }

  private func wrap(_ text: String, _ code: String) -> String {
    isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
