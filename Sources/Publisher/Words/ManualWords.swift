import RuleBase

/// The words of manual pages and of `asyncrules rule`.
struct ManualWords: Sendable {
  // Titles of sections.
  let description: String
  let diagnostics: String
  let knownCallables: String
  let symptoms: String
  let otherTools: String
  let seeAlso: String
  let history: String
  let rules: String

  // The facts about a rule.
  let code: String
  let severity: String
  let fix: String
  let status: String
  let frameworks: String
  let statusSince: @Sendable (_ status: String, _ version: String) -> String
  let offUnlessSelected: String
  let replacedBy: String
  let separator: String

  // Sentences.
  let symptomsOpening: String
  let firstAppeared: @Sendable (_ code: String, _ version: String) -> String
  let untranslated: String
  let partlyTranslated: String
  let outdated: String

  // Examples.
  let kind: @Sendable (Example.Kind) -> String
  let colon: String
  let toolSays: String
  let theFix: String
  let theUnsafeFix: String

  // The page of the program and that of rule files.
  let synopsis: String
  let commands: String
  let options: String
  let environment: String
  let files: String
  let exitStatus: String
  let examples: String
  /// Says which command runs when none is named.
  let withoutCommand: @Sendable (_ name: String) -> [PageInline]
  /// Says what holds when an option is left out; stands behind another sentence.
  let defaultIs: @Sendable (_ value: String) -> [PageInline]
  let mayRepeat: String
  /// Says which values there are.
  let values: @Sendable (_ names: [PageInline]) -> [PageInline]
  let formatSummary: String

  // The index.
  let indexSummary: String
  /// The words around links: to the program's page, to `man` itself.
  let indexDescription: @Sendable (_ count: Int) -> [PageInline]
}

extension ManualWords {
  static let english = ManualWords(
    description: "Description",
    diagnostics: "Diagnostics",
    knownCallables: "Known callables",
    symptoms: "Symptoms",
    otherTools: "Other tools",
    seeAlso: "See also",
    history: "History",
    rules: "Rules",
    code: "Code",
    severity: "Severity",
    fix: "Fix",
    status: "Status",
    frameworks: "For",
    statusSince: { "\($0) since \($1)" },
    offUnlessSelected: "; off unless selected",
    replacedBy: "; replaced by ",
    separator: ", ",
    symptomsOpening: "Messages that a program with this mistake may show:",
    firstAppeared: { "\($0) first appeared in asyncrules \($1)." },
    untranslated: "This section is not translated yet.",
    partlyTranslated: "Parts of this section are not translated yet.",
    outdated: "The translation of this section is of an older text.",
    kind: {
      switch $0 {
      case .bad: "Bad"
      case .good: "Good"
      case .nearMiss: "Not reported"
      }
    },
    colon: ": ",
    toolSays: "The tool says:",
    theFix: "The fix:",
    theUnsafeFix: "The fix, which may change what the program does:",
    synopsis: "Synopsis",
    commands: "Commands",
    options: "Options",
    environment: "Environment",
    files: "Files",
    exitStatus: "Exit status",
    examples: "Examples",
    withoutCommand: { [.text("Without a command, "), .command($0), .text(" runs.")] },
    defaultIs: { [.text(" The default is "), .code($0), .text(".")] },
    mayRepeat: " May be given more than once.",
    values: { [.text("Values: ")] + $0 + [.text(".")] },
    formatSummary: "file format of a rule",
    indexSummary: "rules for asynchronous Python",
    indexDescription: { count in
      [
        .text("These are the \(count) rules that "), .manual(name: "asyncrules", section: 1),
        .text(" checks. Each has a page of its own, under its code and under its name: "),
        .code("man AR101"), .text(" shows the same page as "),
        .code("man asyncrules-blocking-sleep"), .text(". "), .code("asyncrules rule AR101"),
        .text(" shows it without "), .manual(name: "man", section: 1), .text("."),
      ]
    })

  static let japanese = ManualWords(
    description: "説明",
    diagnostics: "診断メッセージ",
    knownCallables: "対象の呼び出し",
    symptoms: "症状",
    otherTools: "ほかのツール",
    seeAlso: "関連項目",
    history: "履歴",
    rules: "ルール",
    code: "コード",
    severity: "重大度",
    fix: "自動修正",
    status: "状態",
    frameworks: "対象",
    statusSince: { "\($0)（\($1)から）" },
    offUnlessSelected: "、選択しない限り無効",
    replacedBy: "、後継は",
    separator: "、",
    symptomsOpening: "この誤りがあるプログラムが表示することのあるメッセージ：",
    firstAppeared: { "\($0)はasyncrules \($1)で追加されました。" },
    untranslated: "この節はまだ翻訳されていません。",
    partlyTranslated: "この節の一部はまだ翻訳されていません。",
    outdated: "この節は翻訳後に原文が更新されたため、英語で表示しています。",
    kind: {
      switch $0 {
      case .bad: "悪い例"
      case .good: "良い例"
      case .nearMiss: "報告されない例"
      }
    },
    colon: "：",
    toolSays: "ツールの出力：",
    theFix: "修正：",
    theUnsafeFix: "修正（プログラムの動作が変わる可能性があります）：",
    synopsis: "書式",
    commands: "コマンド",
    options: "オプション",
    environment: "環境変数",
    files: "ファイル",
    exitStatus: "終了ステータス",
    examples: "例",
    withoutCommand: { [.text("コマンドを書かなければ"), .command($0), .text("を実行します。")] },
    defaultIs: { [.text("省略時は"), .code($0), .text("です。")] },
    mayRepeat: "繰り返し指定できます。",
    values: { [.text("値：")] + $0 + [.text("。")] },
    formatSummary: "ルールファイルの形式",
    indexSummary: "非同期Pythonのルール集",
    indexDescription: { count in
      [
        .manual(name: "asyncrules", section: 1), .text("が検査する\(count)個のルールです。"),
        .text("それぞれのページはコードでもルール名でも開けます。"), .code("man AR101"),
        .text("と"), .code("man asyncrules-blocking-sleep"), .text("は同じページです。"),
        .code("asyncrules rule AR101"), .text("を使えば、"), .manual(name: "man", section: 1),
        .text("がなくても読めます。"),
      ]
    })
}
