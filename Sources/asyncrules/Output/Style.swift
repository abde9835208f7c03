import Glibc
import Publisher

extension TerminalStyle {
  /// The style that suits a stream.
  ///
  /// **Source:** `NO_COLOR` as no-color.org has it; `CLICOLOR_FORCE` and `TERM=dumb` by convention.
  init(for descriptor: Int32) {
    func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    if let value = variable("NO_COLOR"), !value.isEmpty {
      self.init(isColored: false)
    } else if let value = variable("CLICOLOR_FORCE"), value != "0", !value.isEmpty {
      self.init(isColored: true)
    } else {
      self.init(isColored: isatty(descriptor) == 1 && variable("TERM") != "dumb")
    }
  }
}
