// What JavaScript calls. An instance answers one request: write the request to the memory that
// `allocate` hands out, call `check`, read the answer. Either call may grow the memory, which
// detaches the buffer that JavaScript had of it.

#if arch(wasm32)
  /// Hands out memory for a request of so many bytes.
  @c(allocate)
  public func allocateRequest(_ count: UInt32) -> UnsafeMutableRawPointer {
    UnsafeMutableRawPointer.allocate(byteCount: Int(count), alignment: 16)
  }

  /// Answers a request: the length of the JSON as four bytes, least significant first, then the JSON.
  @c(check)
  public func checkRequest(
    _ request: UnsafeRawPointer, _ count: UInt32,
  ) -> UnsafeMutableRawPointer {
    let json = PlaygroundAnswer.json(
      for: Array(UnsafeRawBufferPointer(start: request, count: Int(count))))
    let answer = UnsafeMutableRawPointer.allocate(byteCount: 4 + json.count, alignment: 4)
    answer.storeBytes(of: UInt32(json.count).littleEndian, as: UInt32.self)
    json.withUnsafeBytes { (answer + 4).copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
    return answer
  }
#endif
