/// How pytest's plugins choose the coroutine tests that they run, as the project's configuration
/// says.
package enum TestMode: UInt8, Sendable {
  /// Those that a mark names: there is a configuration, and it says nothing else.
  case marked
  /// No configuration was found; plugins ask for a mark unless told otherwise.
  case unknown
  /// All of them.
  case all
}
