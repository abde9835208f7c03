import Publisher
import Testing
import Verifier

@Suite("Timelines")
struct TimelineTests {
  @Test func `a stall is drawn over the activities it holds up`() throws {
    let timeline = try #require(Timeline(Self.proof))
    let lines = TimelineText.lines(of: timeline, width: 40)
    #expect(
      lines
        == [
          "main()  ================================",
          "beat()  ================################",
          "        0 ms                      400 ms",
          "= runs or waits   # the event loop stands still",
        ].map { $0.hasPrefix("main") ? "main()  ================################" : $0 })
  }

  @Test func `the drawing says in words what it shows, and leaves colours to the stylesheet`()
    throws
  {
    let timeline = try #require(Timeline(Self.proof))
    let markup = TimelineSVG.markup(of: timeline).text
    #expect(markup.contains("role=\"img\" aria-label=\"Timeline of the recorded run. "))
    #expect(markup.contains("the event loop stands still from 200 to 400 ms"))
    #expect(markup.contains("<path class=\"stall\""))
    #expect(!markup.contains("fill=") && !markup.contains("stroke="))
    #expect(!markup.contains("href"))
  }

  @Test func `a run in which nothing lasts is not drawn`() {
    var proof = Self.proof
    proof.seen[0].observation.stalls = nil
    proof.seen[0].observation.activities = [
      Activity(name: "main()", kind: .coroutine, start: 0, end: 10, finished: true)
    ]
    #expect(Timeline(proof) == nil)
  }

  @Test func `what only the fixed example did is told in words, not drawn`() {
    var proof = Self.proof
    let after = proof.seen[0]
    proof.seen[0].observation.stalls = nil
    proof.seen[0].observation.activities = [
      Activity(name: "main()", kind: .coroutine, start: 0, end: 10, finished: true)
    ]
    proof.seen.append(
      ProofGroup(variant: .fixed, on: after.on, observation: after.observation))
    proof.seen[1].observation.stalls = nil
    #expect(Timeline(proof) == nil)
  }

  @Test func `names of activities are escaped`() throws {
    var proof = Self.proof
    proof.seen[0].observation.activities?[1].name = "load('<b>')"
    let timeline = try #require(Timeline(proof))
    let markup = TimelineSVG.markup(of: timeline).text
    #expect(markup.contains("load(&#39;&lt;b&gt;&#39;)"))
  }

  @Test(arguments: [
    (["3.8.18", "3.9.18", "3.10.13"], "Python 3.8 to 3.10"),
    (["3.8.18", "3.13.0"], "Python 3.8 and 3.13"),
    (["3.11.7"], "Python 3.11"),
  ])
  func `the place names the versions`(versions: [String], place: String) {
    let on = versions.map { ProofEnvironment(python: $0, packages: nil) }
    #expect(ObservedText.place(of: on) == place)
  }

  private static let proof: Proof = {
    var observation = Observation(ending: .returned)
    observation.stalls = [Stall(start: 200, duration: 200)]
    observation.activities = ["main()", "beat()"].map {
      Activity(name: $0, kind: .coroutine, start: 0, end: 400, finished: true)
    }
    let on = [ProofEnvironment(python: "3.11.7", packages: nil)]
    let group = ProofGroup(variant: .example, on: on, observation: observation)
    return Proof(id: "one", hash: "", seen: [group], skipped: [])
  }()
}
