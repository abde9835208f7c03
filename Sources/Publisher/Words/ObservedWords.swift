/// The words for what was seen when examples ran.
package struct ObservedWords: Sendable {
  /// Ends in a colon; the line of the exception, if it is known.
  let raised: @Sendable (_ line: Int?) -> String
  let neverFinished: String
  let stopped: @Sendable (_ limit: String) -> String
  /// What ended the run when nothing says it.
  let someLimit: String
  let warned: String
  let logged: String
  let printed: String
  let endedCleanly: String
  /// Whether the loop computed or waited, for how many milliseconds, in which call on which line.
  let stall: @Sendable (_ isBusy: Bool, _ duration: Int, _ callee: String?, _ line: Int?) -> String
  let versionSpan: @Sendable (_ first: String, _ last: String) -> String
  let with: @Sendable (_ place: String, _ packages: String) -> String
  let list: @Sendable ([String]) -> String

  // Timelines.
  let asWritten: String
  let afterFix: String
  let timelineTitle: String
  /// An activity in the description of a drawing.
  let life: @Sendable (_ name: String, _ start: Int, _ end: Int) -> String
  /// A stall in the description of a drawing.
  let standstill: @Sendable (_ start: Int, _ end: Int) -> String
  /// Explains the marks of a drawing in characters.
  let legend: @Sendable (_ hasThread: Bool, _ hasStall: Bool) -> String

  // What opens a list of statements.
  let observedOn: @Sendable (_ place: String, _ isFixed: Bool) -> String
  let notRun: @Sendable (_ reason: String) -> String
}

extension ObservedWords {
  package static let english = ObservedWords(
    raised: { line in "It raised\(line.map { " in line \($0)" } ?? ""):" },
    neverFinished: "It never finished.",
    stopped: { "It was stopped (\($0))." },
    someLimit: "a limit",
    warned: "Python warned:",
    logged: "asyncio logged:",
    printed: "It printed:",
    endedCleanly: "It ended cleanly.",
    stall: { isBusy, duration, callee, line in
      let place = [callee.map { "in \($0)" }, line.map { "line \($0)" }].compactMap { $0 }
        .joined(separator: ", ")
      let what = isBusy ? "The event loop computed" : "The event loop stood still"
      return "\(what) for \(duration) ms\(place.isEmpty ? "" : " (\(place))")."
    },
    versionSpan: { "Python \($0) to \($1)" },
    with: { "\($0) with \($1)" },
    list: { words in
      guard words.count > 1, let last = words.last else { return words.first ?? "" }
      return words.dropLast().joined(separator: ", ") + " and " + last
    },
    asWritten: "As written",
    afterFix: "After the fix",
    timelineTitle: "Timeline of the recorded run",
    life: { "\($0) from \($1) to \($2) ms" },
    standstill: { "the event loop stands still from \($0) to \($1) ms" },
    legend: { hasThread, hasStall in
      "= runs or waits" + (hasThread ? "   - runs in a thread" : "")
        + (hasStall ? "   # the event loop stands still" : "")
    },
    observedOn: { place, isFixed in
      "\(isFixed ? "Observed after the fix on" : "Observed on") \(place):"
    },
    notRun: { "Not run: \($0)" })

  package static let japanese = ObservedWords(
    raised: { line in "\(line.map { "\($0)行目で" } ?? "")例外が発生しました：" },
    neverFinished: "最後まで終わりませんでした。",
    stopped: { "途中で打ち切られました（\($0)）。" },
    someLimit: "上限に到達",
    warned: "Pythonの警告：",
    logged: "asyncioのログ：",
    printed: "出力：",
    endedCleanly: "問題なく終了しました。",
    stall: { isBusy, duration, callee, line in
      let place = [line.map { "\($0)行目" }, callee].compactMap { $0 }.joined(separator: "、")
      let what = isBusy ? "の間、計算を続けました" : "の間、止まりました"
      return "イベントループが\(duration)ミリ秒\(what)\(place.isEmpty ? "" : "（\(place)）")。"
    },
    versionSpan: { "Python \($0)〜\($1)" },
    with: { "\($0)（\($1)）" },
    list: { $0.joined(separator: "、") },
    asWritten: "元のコード",
    afterFix: "修正後",
    timelineTitle: "実行記録のタイムライン",
    life: { "\($0)は\($1)〜\($2)ミリ秒" },
    standstill: { "イベントループは\($0)〜\($1)ミリ秒の間止まっている" },
    legend: { hasThread, hasStall in
      "= 実行中または待機中" + (hasThread ? "   - スレッドで実行中" : "")
        + (hasStall ? "   # イベントループが停止" : "")
    },
    observedOn: { place, isFixed in
      "\(isFixed ? "修正後の実行結果" : "実行結果")（\(place)）："
    },
    notRun: { "実行していません：\($0)" })
}
