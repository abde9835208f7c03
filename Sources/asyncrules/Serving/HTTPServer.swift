import Glibc

/// A server for one author on one machine: it listens on the loopback interface only.
final class HTTPServer {
  /// What is sent for a path.
  struct Answer {
    var status = "200 OK"
    let type: String
    let body: [UInt8]
  }

  let port: UInt16
  private let listener: Int32
  /// Connections that wait to be told of changes.
  private var watchers: [Int32] = []

  /// Listens; port 0 takes any that is free.
  init(port: UInt16) throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard listener >= 0 else { throw Complaint("cannot make a socket: \(Self.reason)") }
    var yes: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(listener, generic, size) == 0 && listen(listener, 64) == 0
          && getsockname(listener, generic, &size) == 0
      }
    }
    guard isBound else {
      throw Complaint("cannot listen on port \(port): \(Self.reason); name another with '--port'")
    }
    self.listener = listener
    self.port = UInt16(bigEndian: address.sin_port)
  }

  private static var reason: String { String(cString: strerror(errno)) }

  /// Serves until the process ends; `tick` is called several times a second and says whether what
  /// is served has changed.
  func run(answer: (_ path: String) -> Answer, tick: () -> Bool) -> Never {
    while true {
      var waiting = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
      if poll(&waiting, 1, 40) > 0 { accept(answer: answer) }
      if tick() { tellWatchers() }
    }
  }

  private func accept(answer: (String) -> Answer) {
    let connection = Glibc.accept(listener, nil, nil)
    guard connection >= 0 else { return }
    // A client that says nothing must not stop the others.
    var patience = timeval(tv_sec: 1, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
    guard let request = HTTPRequest(reading: connection) else {
      close(connection)
      return
    }
    guard request.isFromHere else {
      // Another site's name that leads to this machine must not read what is being written.
      let refusal = Answer(status: "403 Forbidden", type: "text/plain", body: [])
      send(head(of: refusal), to: connection)
      close(connection)
      return
    }
    if request.path == "/.asyncrules/events" {
      let head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\r\n"
      if send(Array((head + "retry: 300\n\n").utf8), to: connection) {
        watchers.append(connection)
      } else {
        close(connection)
      }
      return
    }
    let answer = answer(request.path)
    send(head(of: answer) + (request.wantsBody ? answer.body : []), to: connection)
    shutdown(connection, Int32(SHUT_WR))
    close(connection)
  }

  private func head(of answer: Answer) -> [UInt8] {
    Array(
      """
      HTTP/1.1 \(answer.status)\r\nContent-Type: \(answer.type)\r\n\
      Content-Length: \(answer.body.count)\r\nCache-Control: no-store\r\n\
      X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n
      """.utf8)
  }

  private func tellWatchers() {
    watchers.removeAll { watcher in
      if send(Array("data: changed\n\n".utf8), to: watcher) { return false }
      close(watcher)
      return true
    }
  }

  /// Whether all bytes went out.
  @discardableResult
  private func send(_ bytes: [UInt8], to connection: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var sent = 0
      while sent < buffer.count {
        let count = Glibc.send(
          connection, buffer.baseAddress! + sent, buffer.count - sent, Int32(MSG_NOSIGNAL))
        if count <= 0 { return false }
        sent += count
      }
      return true
    }
  }
}

/// The part of a request that matters here.
private struct HTTPRequest {
  /// Decoded, without the query.
  let path: String
  let wantsBody: Bool
  /// Whether the request names this machine as its host.
  let isFromHere: Bool

  /// `nil` for what is not a request, or not one for reading.
  init?(reading connection: Int32) {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while bytes.count < 32768, !Self.isWhole(bytes) {
      let count = recv(connection, &chunk, chunk.count, 0)
      guard count > 0 else { return nil }
      bytes += chunk[..<count]
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
    let parts = lines.first?.split(separator: " ") ?? []
    guard parts.count == 3, parts[0] == "GET" || parts[0] == "HEAD" else { return nil }
    wantsBody = parts[0] == "GET"
    path = Self.decoded(parts[1].prefix { $0 != "?" && $0 != "#" })
    let host = lines.first { $0.lowercased().hasPrefix("host:") }?.dropFirst(5)
      .drop { $0 == " " }.prefix { $0 != ":" }
    isFromHere = host == "localhost" || host == "127.0.0.1"
  }

  private static func isWhole(_ bytes: [UInt8]) -> Bool {
    bytes.suffix(4).elementsEqual("\r\n\r\n".utf8)
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let code = UInt8(String(rest.prefix(2)) ?? "", radix: 16),
        rest.count >= 2
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
