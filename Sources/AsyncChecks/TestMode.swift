/// How pytest's plugins choose the coroutine tests that they run, as the project's configuration
/// says.
package enum TestMode: UInt8, Sendable {
  /// Those that a mark names: there is a configuration, and it says nothing else.
  case marked
  /// No configuration was found; plugins ask for a mark unless told otherwise.
  case unknown
  /// All of them.
  case all

  /// The trait of plugins that run every coroutine test; the first part of the name is the
  /// plugin's.
  package static let pluginTrait: StaticString = "test-plugin"
  /// The trait of hooks that may run or mark tests; the last part of the name is the hook's.
  package static let hookTrait: StaticString = "test-hook"
  /// The trait of options with which a plugin runs every coroutine test; the last two parts of the
  /// name are the option and its value.
  package static let optionTrait: StaticString = "test-mode"
}
