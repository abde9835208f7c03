/// How pytest's plugins choose the coroutine tests that they run, as the project's configuration
/// says.
package enum TestMode: UInt8, Sendable {
  /// Those that a mark names: what plugins do unless told otherwise.
  case marked
  /// All of them.
  case all
}
