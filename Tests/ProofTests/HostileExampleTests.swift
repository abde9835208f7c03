import Foundation
import Testing
import Verifier

@testable import RuleBase

extension BoxedTests {
  /// Each of these is stopped and reported, and the next one runs as if nothing had been.
  @Suite("Hostile examples", .serialized)
  struct HostileExampleTests {
    @Test func `a tree of processes is stopped`() async throws {
      // Bounded: 200 children that end by themselves.
      let observation = try await Boxes.observe(
        """
        import os, time
        for _ in range(200):
            if os.fork() == 0:
                time.sleep(5)
                os._exit(0)
        time.sleep(5)
        """)
      #expect(observation?.ending == .stopped)
      #expect(observation?.stopped == "processes")
      try await expectTheNextToRun()
    }

    @Test func `ten gigabytes are refused`() async throws {
      let observation = try await Boxes.observe("x = bytearray(10 * 1024 ** 3)")
      #expect(observation?.exception?.type == "MemoryError")
      try await expectTheNextToRun()
    }

    @Test(arguments: ["/etc/asyncrules-was-here", "/tmp/asyncrules-was-here", "/usr/x"])
    func `nothing is written outside of the box`(path: String) async throws {
      let observation = try await Boxes.observe("open(\"\(path)\", \"w\")")
      #expect(observation?.exception?.type == "OSError")
      #expect(observation?.denied == ["write \(path)"])
      #expect(!FileManager.default.fileExists(atPath: path))
      let run = RunExpectation()
      let mismatches = observation.map { Judgement.mismatches(of: $0, with: run) } ?? []
      #expect(mismatches.contains(.denied("write \(path)")))
    }

    @Test func `there is no network but the loopback`() async throws {
      // In a network namespace of its own, from which nothing leaves.
      let observation = try await Boxes.observe(
        """
        import socket
        socket.create_connection(("192.0.2.1", 80), timeout=2)
        """)
      #expect(observation?.exception?.message.contains("unreachable") == true)
      #expect(observation?.denied == ["network 192.0.2.1"])
    }

    @Test func `an example that ignores being asked to end is ended`() async throws {
      let observation = try await Boxes.observe(
        """
        import signal, time
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        while True:
            time.sleep(1)
        """, seconds: 1)
      #expect(observation?.ending == .unfinished)
      try await expectTheNextToRun()
    }

    @Test func `a call that never gives the interpreter back is ended`() async throws {
      let observation = try await Boxes.observe("(9 ** 9 ** 8) % 7", seconds: 1)
      #expect(observation?.ending == .stopped)
      #expect(observation?.stopped == "time")
    }

    @Test func `a gigabyte of output is cut off`() async throws {
      let observation = try await Boxes.observe(
        """
        for _ in range(1024):
            print("x" * 1024 * 1024)
        """)
      #expect(observation?.stopped == "output")
      #expect((observation?.stdout?.utf8.count ?? 0) < 1000)
      try await expectTheNextToRun()
    }

    @Test func `the input is empty and the environment bare`() async throws {
      let observation = try await Boxes.observe(
        """
        import os, sys
        print(repr(sys.stdin.read()), os.listdir("."), sorted(os.environ))
        """)
      let output = observation?.stdout ?? ""
      #expect(output.hasPrefix("'' [] ["))
      #expect(!output.contains("XDG") && !output.contains("SSH"))
    }

    private func expectTheNextToRun() async throws {
      let next = try await Boxes.observe("print(\"next\")")
      #expect(next?.stdout == "next\n")
    }
  }
}
