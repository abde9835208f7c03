// What JavaScript calls. Memory is handed out and never taken back: a caller that wants to ask again
// writes the memory back as it was behind `prepare`, or takes a new instance. Every call may grow
// the memory, which detaches the buffer that JavaScript had of it.

#if arch(wasm32)
  /// Hands out memory for a request of so many bytes.
  @c(allocate)
  public func allocateRequest(_ count: UInt32) -> UnsafeMutableRawPointer {
    UnsafeMutableRawPointer.allocate(byteCount: Int(count), alignment: 16)
  }

  /// Makes an encoded rule table ready for requests with an empty table; 1 when it is one, else 0.
  @c(prepare)
  public func prepareRules(_ table: UnsafeRawPointer, _ count: UInt32) -> UInt32 {
    PlaygroundRules.prepared = PlaygroundRules(decoding: bytes(table, count))
    return PlaygroundRules.prepared == nil ? 0 : 1
  }

  /// Answers a request: the length of the JSON as four bytes, least significant first, then the JSON.
  @c(check)
  public func checkRequest(
    _ request: UnsafeRawPointer, _ count: UInt32,
  ) -> UnsafeMutableRawPointer {
    answer(PlaygroundAnswer.json(for: bytes(request, count)))
  }

  /// Describes a text as ``PlaygroundLook`` does, its length before it as for ``checkRequest(_:_:)``.
  @c(look)
  public func lookAtText(_ text: UnsafeRawPointer, _ count: UInt32) -> UnsafeMutableRawPointer {
    answer(PlaygroundLook.bytes(of: bytes(text, count)))
  }

  private func bytes(_ start: UnsafeRawPointer, _ count: UInt32) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: start, count: Int(count)))
  }

  private func answer(_ bytes: [UInt8]) -> UnsafeMutableRawPointer {
    let answer = UnsafeMutableRawPointer.allocate(byteCount: 4 + bytes.count, alignment: 4)
    answer.storeBytes(of: UInt32(bytes.count).littleEndian, as: UInt32.self)
    bytes.withUnsafeBytes { (answer + 4).copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
    return answer
  }
#endif
