extension [UInt8] {
  /// The bytes of a literal; `String` would bring its Unicode machinery into WebAssembly.
  package init(_ text: StaticString) {
    self.init(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// The bytes of a number in decimal digits between two literals.
  package init(_ before: StaticString, _ number: Int, _ after: StaticString) {
    var message = Message(before)
    message.append(number)
    message.append(after)
    self = message.bytes
  }
}
