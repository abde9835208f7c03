@testable import RuleBase
import Testing
@testable import Verifier

@Suite("Records of proofs")
struct ProofRecordTests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      String(repeating: "a", count: 119),
      "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"
    ),
  ])
  func `digests are those of the standard`(text: String, digest: String) {
    #expect(SHA256.hexadecimal(of: text.utf8) == digest)
  }

  @Test func `a record reads back as it was written, and the same proofs are the same bytes`()
    throws
  {
    let text = try ProofRecords.text(of: Self.record)
    #expect(try ProofRecords.text(of: Self.record) == text)
    let records = try ProofRecords(files: [("x.json", text)])
    #expect(records.rules["x"] == Self.record)
  }

  @Test func `a record that is no JSON is an error`() {
    #expect(throws: ProofError.unreadable(path: "x.json", reason: "not a record of proofs")) {
      try ProofRecords(files: [("x.json", "{")])
    }
  }

  @Test func `a proof is stale when its example or what is stated of it changes`() {
    let example = Self.example(text: "print(1)\n", run: "stdout: \"1\\n\"")
    let hash = ProofFingerprint.of(example)
    #expect(hash == ProofFingerprint.of(Self.example(text: "print(1)\n", run: "stdout: \"1\\n\"")))
    #expect(hash != ProofFingerprint.of(Self.example(text: "print(2)\n", run: "stdout: \"1\\n\"")))
    #expect(hash != ProofFingerprint.of(Self.example(text: "print(1)\n", run: "")))
  }

  @Test func `times that differ a little are the same observation, others are not`() {
    let first = Self.record.proofs[0].seen[0].observation
    var second = first
    second.stalls?[0].duration += 40
    #expect(first.agrees(with: second))
    second.stalls?[0].duration += 400
    #expect(!first.agrees(with: second))
    second = first
    second.stdout = "2\n"
    #expect(!first.agrees(with: second))
  }

  @Test func `of two observations that differ in times alone, one is the quicker`() {
    let first = Self.record.proofs[0].seen[0].observation
    var second = first
    second.stalls?[0].duration += 400
    #expect(first.isQuicker(than: second) && !second.isQuicker(than: first))
    second.stdout = "2\n"
    #expect(!first.isQuicker(than: second))
  }

  @Test(arguments: [
    (">=3.9", "3.9.18", true), (">=3.9", "3.8.18", false), ("<3.12", "3.12.1", false),
    (">=3.9, <3.12", "3.11.7", true), ("==3.11", "3.11.7", true), ("<=3.11", "3.11.7", true),
    (">3.11", "3.11.7", false), (">=3.10", "3.9.18", false),
  ])
  func `a range of versions compares the parts it has`(
    range: String, version: String, contains: Bool,
  ) {
    #expect(PythonRange(range)?.contains(version) == contains)
  }

  @Test func `a lock with another version of one package leaves the others as they are`() {
    let lock = PackageLock(text: "uvicorn==0.54.0\nFastAPI==0.165.0\n# x==1\nclick==8.5.1 # via\n")
    #expect(lock.versions == ["uvicorn": "0.54.0", "fastapi": "0.165.0", "click": "8.5.1"])
    let (requirements, constraints) = lock.with(["uvicorn==0.44.0", "fastapi"])
    #expect(requirements == "fastapi\nuvicorn==0.44.0\n")
    #expect(constraints == "click==8.5.1\nfastapi==0.165.0\n")
  }

  @Test(arguments: [
    (
      "got <Future pending created at /opt/python/lib/python3.12/asyncio/tasks.py:712>",
      "got <Future pending created at lib/python3.12/asyncio/tasks.py:712>"
    ),
    (
      "'/usr/lib/python3.9/a.py' and \"C/lib/python3.9/b.py\"",
      "'lib/python3.9/a.py' and \"lib/python3.9/b.py\""
    ),
    ("/lib/python3.13/x", "lib/python3.13/x"),
    ("lib/python is no library", "lib/python is no library"),
  ])
  func `a record does not tell where Python is installed`(text: String, recorded: String) {
    var observation = Observation(ending: .raised)
    observation.exception = ObservedException(type: "ValueError", message: text)
    observation.exception?.parts = [ObservedException(type: "OSError", message: text)]
    observation.lost = [text]
    observation.stdout = text
    let record = observation.recorded
    #expect(record.exception?.message == recorded)
    #expect(record.exception?.parts?.first?.message == recorded)
    #expect(record.lost == [recorded])
    #expect(record.stdout == recorded)
  }

  static let record: RuleProofs = {
    var observation = Observation(ending: .returned)
    observation.stdout = "1\n"
    var stall = Stall(start: 0, duration: 200)
    stall.callee = "time.sleep"
    observation.stalls = [stall]
    observation.activities = [
      Activity(name: "main()", kind: .coroutine, start: 0, end: 210, finished: true)
    ]
    let on = ProofEnvironment(python: "3.11.7", packages: ["aiohttp 3.14.5"])
    let group = ProofGroup(variant: .example, on: [on], observation: observation)
    let proof = Proof(id: "one", hash: "0123456789abcdef", seen: [group], skipped: [])
    return RuleProofs(
      rule: "x", recorded: "2026-11-23", system: "Linux x86_64", proofs: [proof])
  }()

  private static func example(text: String, run source: String) -> Example {
    var run = RunExpectation()
    run.source = source
    let file = ExampleFile(
      path: "example.py", text: text, expectations: [], fixed: nil, markdownLines: [],
      fixedLine: nil)
    var example = Example(id: "one", kind: .good, framework: nil, files: [file], caption: nil)
    example.runs = [run]
    return example
  }
}
