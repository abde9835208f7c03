/// A released linter or type checker from PyPI that is measured on our examples.
package struct PeerTool: Sendable {
  /// What is run at once.
  enum Portion: Sendable {
    /// All examples; the tool is quick, and no file keeps it from reading the others.
    case everything
    /// The examples of one rule.
    case rule
  }

  /// As aliases name it.
  package let name: String
  /// The name on PyPI, as its lock has it.
  package let package: String
  /// The lock below `peers/`, `tools` or `wemake`; each is an environment of its own.
  let lock: String
  /// The minor version of the Python that it runs on.
  let python: String
  let portion: Portion
  let readsNotebooks: Bool
  /// Whether it follows imports, so that examples of several files are run apart, each in its
  /// own folder.
  let readsTypes: Bool
  /// Exit codes other than 0 and 1 that do not say that it failed.
  let fineExits: Set<Int32>
  /// The program and its options, `ruff check …`; the files come behind.
  let arguments: @Sendable (PeerSettings) -> [String]
  /// How a line of its output writes a code.
  let written: @Sendable (String) -> String

  private init(
    _ name: String, package: String? = nil, lock: String = "tools", python: String = "3.13",
    portion: Portion = .everything, readsNotebooks: Bool = false, readsTypes: Bool = false,
    fineExits: Set<Int32> = [], written: @escaping @Sendable (String) -> String = { $0 },
    arguments: @escaping @Sendable (PeerSettings) -> [String],
  ) {
    self.name = name
    self.package = package ?? name
    self.lock = lock
    self.python = python
    self.portion = portion
    self.readsNotebooks = readsNotebooks
    self.readsTypes = readsTypes
    self.fineExits = fineExits
    self.written = written
    self.arguments = arguments
  }

  /// The tool that an alias means; `nil` when it is not one that can be installed and run.
  package static func named(_ name: String) -> PeerTool? { all.first { $0.name == name } }

  package static let all: [PeerTool] = [
    PeerTool("ruff", readsNotebooks: true) {
      ["ruff", "check", "--isolated", "--preview", "--no-cache", "--quiet"]
        + ["--output-format", "json", "--target-version", "py313"]
        + ["--select", $0.codes.joined(separator: ",")]
    },
    flake8("flake8-async"),
    flake8("flake8-bugbear"),
    flake8("flake8-pytest-style", lock: "pytest-style"),
    flake8("wemake", package: "wemake-python-styleguide", lock: "wemake"),
    PeerTool("pylint", portion: .rule, fineExits: Set(0..<32)) {
      ["pylint", "--rcfile", "/dev/null", "-j", "1", "--score", "no"]
        + ["--disable=all", "--enable=" + $0.codes.joined(separator: ",")]
        + ["--msg-template", "{path}:{line}: {msg_id} {symbol}"]
    },
    PeerTool(
      "pylint-blocking-calls", lock: "pylint-blocking-calls", python: "3.11", portion: .rule,
      fineExits: Set(0..<32)
    ) {
      ["pylint", "--rcfile", "/dev/null", "-j", "1", "--score", "no"]
        + ["--load-plugins", "pylint_blocking_calls"]
        + ["--disable=all", "--enable=" + $0.codes.joined(separator: ",")]
        + ["--msg-template", "{path}:{line}: {msg_id} {symbol}"]
    },
    PeerTool("fixit", portion: .rule, written: { " \($0):" }) { _ in
      ["fixit", "--quiet", "lint"]
    },
    PeerTool("codehound", written: { " \($0) " }) {
      ["codehound", "scan", "--include-tests", "--select", $0.codes.joined(separator: ",")]
    },
    PeerTool("ty-async", written: { " \($0) " }) { _ in
      ["ty-async", "--async200-stdlib", "--async200-transitive", "--async201"]
    },
    PeerTool("mypy", portion: .rule, readsTypes: true, written: { "[\($0)]" }) { settings in
      ["mypy", "--config-file", "/dev/null", "--cache-dir", settings.scratch + "/mypy"]
        + ["--python-executable", settings.examplePython, "--explicit-package-bases"]
        + ["--namespace-packages", "--check-untyped-defs", "--ignore-missing-imports"]
        + ["--hide-error-context", "--no-error-summary", "--show-column-numbers"]
        + settings.codes.flatMap { ["--enable-error-code", $0] }
    },
    PeerTool("pyright", readsTypes: true, written: { "(\($0))" }) {
      ["pyright", "--outputjson", "--pythonpath", $0.examplePython]
    },
    PeerTool("basedpyright", lock: "basedpyright", readsTypes: true, written: { "(\($0))" }) {
      ["basedpyright", "--outputjson", "--pythonpath", $0.examplePython]
    },
    PeerTool("ty", readsTypes: true, written: { "[\($0)]" }) { settings in
      ["ty", "check", "--output-format", "concise", "--python", settings.examplePython]
        + settings.codes.flatMap { ["--error", $0] }
    },
    PeerTool("pyrefly", readsTypes: true, written: { "[\($0)]" }) { settings in
      ["pyrefly", "check", "--output-format", "min-text", "--summary", "none"]
        + ["--python-interpreter-path", settings.examplePython]
        + settings.codes.flatMap { ["--error", $0] }
    },
  ]

  private static func flake8(
    _ name: String, package: String? = nil, lock: String = "tools",
  ) -> PeerTool {
    PeerTool(name, package: package, lock: lock) {
      ["flake8", "--isolated", "--jobs", "1", "--format", "%(path)s:%(row)d: %(code)s"]
        + ["--select", $0.codes.joined(separator: ",")]
    }
  }
}

/// What the arguments of a tool depend on.
package struct PeerSettings: Sendable {
  /// The codes to look for, sorted.
  let codes: [String]
  /// The interpreter that has the packages of the examples.
  let examplePython: String
  /// A folder that lives as long as the measurement.
  let scratch: String
}
