/// The words of the pages about all rules at once: other tools, messages, proofs.
struct EvidenceWords: Sendable {
  /// A page's name and what it holds.
  struct Heading: Sendable {
    let title: String
    let lede: String
  }

  /// How many of how many.
  typealias Share = (count: Int, total: Int)

  // What other tools find.
  let comparison: Heading
  let comparisonText: String
  let rulesAndTools: String
  let measuredOn: @Sendable (_ days: String) -> String
  let nothingMeasured: String
  let rule: String
  let found: @Sendable (_ bad: Share) -> String
  let alarmed: @Sendable (_ correct: Share) -> String

  // Their codes.
  let migration: Heading
  let migrationText: String
  let codesOf: @Sendable (_ tool: String) -> String
  let theirs: String
  let ours: String
  let relation: String
  let measured: String
  let notMeasured: String
  let marks: @Sendable (_ version: String, _ bad: Share, _ correct: Share) -> String
  /// Opens what was measured, behind what is stated.
  let onOurExamples: String

  // Messages.
  let messages: Heading
  let messagesText: HTML
  let paste: String

  // Proofs.
  let ledger: Heading
  let ledgerText: @Sendable (_ proven: Share, _ skipped: Int, _ missing: Int) -> HTML
  let proofsOf: @Sendable (_ code: String) -> String
  let example: String
  let hash: String
  let ranOn: String
  let notRun: String
  let fixed: String
  let noProof: String
}

extension EvidenceWords {
  static let english = EvidenceWords(
    comparison: Heading(
      title: "Compared with other tools",
      lede: """
        What released linters and type checkers find in the examples of these rules, measured.
        """),
    comparisonText: """
      Each tool ran on every example of the rules that name one of its codes, with these codes \
      switched on. A cell says in how many of the bad examples it found something, and in how many \
      of the correct ones it did so too. An empty cell means that no code of the tool is known to \
      be about the mistake. The examples were written for our rules, so the table says what the \
      tools find of them and nothing about what else they find.
      """,
    rulesAndTools: "Rules and tools",
    measuredOn: {
      """
      Measured with the releases of \($0). Tools that are not programs from PyPI are not in the \
      table.
      """
    },
    nothingMeasured: "Nothing was measured yet.",
    rule: "Rule",
    found: { "\($0.count) of \($0.total) bad" },
    alarmed: { "and \($0.count) of \($0.total) correct" },
    migration: Heading(
      title: "Their codes to ours",
      lede: "Which rule here is about what a rule of another tool is about."),
    migrationText: """
      The third column says how the other rule compares with ours; the last one says what was \
      measured on the examples of our rule.
      """,
    codesOf: { "Codes of \($0)" },
    theirs: "Theirs",
    ours: "Ours",
    relation: "Theirs, compared",
    measured: "Measured",
    notMeasured: "not measured",
    marks: { version, bad, correct in
      let wrong =
        correct.count == 0 ? "no correct one" : "\(correct.count) of \(correct.total) correct ones"
      return "\(version) marks \(bad.count) of \(bad.total) bad examples and \(wrong)"
    },
    onOurExamples: "; on our examples: ",
    messages: Heading(
      title: "Messages",
      lede: "What Python, its libraries and event loops say when a program has a mistake."),
    messagesText: """
      Most of these messages were seen when the bad examples ran; the others are named by the \
      rules. A star stands for names, numbers and addresses. In a terminal, \
      <code>asyncrules rule --symptom -</code> reads a whole traceback.
      """,
    paste: "Paste a message or a traceback",
    ledger: Heading(
      title: "Proofs",
      lede: "When, where and on which versions each example of the rules ran."),
    ledgerText: { proven, skipped, missing in
      let rest: HTML =
        missing == 0 ? "" : " Of \(missing) there is no proof of the text as it stands."
      return """
        \(proven.count) of \(proven.total) examples ran; \(skipped) cannot be run, for the reasons \
        below.\(rest) The hash is that of the example, of what is stated of its runs, and of the \
        programs that run it: another text has another hash, and the proof of the old one is not \
        shown. Runs that saw the same are one entry. \
        <code>asyncrules prove --all</code> makes all of them again.
        """
    },
    proofsOf: { "Proofs of \($0)" },
    example: "Example",
    hash: "Hash",
    ranOn: "Ran on",
    notRun: "Not run",
    fixed: "fixed: ",
    noProof: "no proof of this text")

  static let japanese = EvidenceWords(
    comparison: Heading(
      title: "ほかのツールとの比較",
      lede: "公開されているリンターと型チェッカーが、このルール集の例から何を見つけるかを測った結果です。"),
    comparisonText: """
      各ツールを、そのツールのコードを挙げているルールのすべての例に対して、該当するコードを有効にして実行しました。\
      セルに書かれているのは、悪い例のうち何かを検出した件数と、正しい例のうち検出してしまった件数です。\
      空のセルは、その誤りを扱うコードがツールにあると知られていないことを表します。\
      例はこのルール集のために書かれたものです。表からわかるのは、これらの例から何を見つけるかだけで、ほかに何を見つけるかはわかりません。
      """,
    rulesAndTools: "ルールとツール",
    measuredOn: { "\($0)時点のリリースで測定しました。PyPIから入手できるプログラムではないツールは、表に含まれていません。" },
    nothingMeasured: "まだ測定していません。",
    rule: "ルール",
    found: { "悪い例\($0.total)件中\($0.count)件" },
    alarmed: { "正しい例\($0.total)件中\($0.count)件" },
    migration: Heading(
      title: "ほかのツールのコードとの対応",
      lede: "ほかのツールのルールが扱う誤りを、このルール集ではどのルールが扱うかの一覧です。"),
    migrationText: "3列目は相手のルールをこのルール集と比べた関係、最後の列はこのルール集の例で測った結果です。",
    codesOf: { "\($0)のコード" },
    theirs: "相手のコード",
    ours: "このルール集",
    relation: "相手のルールは",
    measured: "実測",
    notMeasured: "測定していません",
    marks: { version, bad, correct in
      let wrong = correct.count == 0 ? "なし" : "\(correct.total)件中\(correct.count)件"
      return "\(version)の検出は、悪い例\(bad.total)件中\(bad.count)件、正しい例\(wrong)"
    },
    onOurExamples: "。例での実測：",
    messages: Heading(
      title: "メッセージ",
      lede: "プログラムに誤りがあるときに、Python、ライブラリ、イベントループが出すメッセージの一覧です。"),
    messagesText: """
      大半は、悪い例を実行したときに実際に出たメッセージで、残りはルールに書かれているものです。\
      *は名前、数値、アドレスを表します。\
      端末では、<code>asyncrules rule --symptom -</code>がトレースバック全体を読み取ります。
      """,
    paste: "メッセージまたはトレースバックを貼り付けてください",
    ledger: Heading(
      title: "実行記録", lede: "ルールの例を、いつ、どこで、どのバージョンで実行したかの記録です。"),
    ledgerText: { proven, skipped, missing in
      let rest: HTML = missing == 0 ? "" : "現在の本文についての記録がない例が\(missing)件あります。"
      return """
        例\(proven.total)件のうち\(proven.count)件を実行しました。\(skipped)件は、下に示す理由で実行できません。\(rest)\
        ハッシュは、例の本文、実行について書かれていること、実行するプログラムから計算します。\
        本文が変わればハッシュも変わり、以前の記録は表示されません。同じ結果になった実行は一つにまとめています。\
        <code>asyncrules prove --all</code>を使うと、すべてを実行し直せます。
        """
    },
    proofsOf: { "\($0)の実行記録" },
    example: "例",
    hash: "ハッシュ",
    ranOn: "実行した環境",
    notRun: "実行しなかった環境",
    fixed: "修正後：",
    noProof: "この本文の記録はありません")
}
