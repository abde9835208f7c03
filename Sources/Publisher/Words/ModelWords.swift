import AsyncChecks
import RuleBase

/// The words for what rules are and have.
struct ModelWords: Sendable {
  let severity: @Sendable (Severity) -> String
  /// Whether the tool can cure the mistake, as a label.
  let fix: @Sendable (FixAvailability) -> String
  /// The same in a sentence.
  let fixPromise: @Sendable (FixAvailability) -> String
  let status: @Sendable (RuleStatus.State) -> String
  /// What a rule of another tool does compared with ours.
  let relation: @Sendable (RuleAlias.Relation) -> String
  /// The heading of a section of the rule file.
  let section: @Sendable (RuleSection.Kind) -> String
  /// The heading of a table of callables with a role.
  let role: @Sendable (CallableRole) -> String
  /// A group by the name of its folder.
  let group: @Sendable (String) -> String
}

extension ModelWords {
  static let english = ModelWords(
    severity: { $0.title },
    fix: { $0.title },
    fixPromise: {
      switch $0 {
      case .safe: "safe: keeps what the program does, but for the mistake"
      case .unsafe: "unsafe: may change what the program does"
      case .none: "none: the cure is for the author to choose"
      }
    },
    status: { $0.title },
    relation: { $0.sentence },
    section: { $0.rawValue },
    role: { $0.title },
    group: englishGroup)

  /// The folder's name as a heading: `event-loop` becomes `Event loop`.
  private static let englishGroup: @Sendable (String) -> String = { name in
    let words = name.split(separator: "-").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  static let japanese = ModelWords(
    severity: {
      switch $0 {
      case .error: "エラー"
      case .warning: "警告"
      case .suggestion: "提案"
      }
    },
    fix: {
      switch $0 {
      case .safe: "安全な自動修正"
      case .unsafe: "要確認の自動修正"
      case .none: "自動修正なし"
      }
    },
    fixPromise: {
      switch $0 {
      case .safe: "安全：誤りを直すだけで、プログラムの動作は変わりません"
      case .unsafe: "要確認：プログラムの動作が変わる可能性があります"
      case .none: "なし：直し方は書き手が選びます"
      }
    },
    status: {
      switch $0 {
      case .stable: "安定版"
      case .preview: "プレビュー"
      case .deprecated: "非推奨"
      case .removed: "廃止"
      }
    },
    relation: {
      switch $0 {
      case .same: "同じ誤りを検出します"
      case .broader: "このルールより広い範囲を検出します"
      case .narrower: "このルールの一部を検出します"
      case .overlaps: "検出する範囲が一部重なります"
      }
    },
    section: {
      switch $0 {
      case .whatItDoes: "検出する内容"
      case .whyItMatters: "なぜ問題なのか"
      case .examples: "例"
      case .howToFix: "直し方"
      case .nearMisses: "報告されない似たコード"
      case .commonBeliefs: "よくある思い込み"
      case .whenToIgnore: "無視してよい場合"
      }
    },
    role: {
      switch $0 {
      case .blocking: "ブロックする呼び出し"
      case .coroutine: "コルーチン関数"
      case .offload: "関数を別のスレッドやプロセスで実行する呼び出し"
      case .bridge: "同期コードと非同期コードの橋渡し"
      case .runner: "イベントループを開始する呼び出し"
      case .concurrent: "複数のawaitableを並行して実行する呼び出し"
      case .spawn: "コルーチンをスケジュールする呼び出し"
      case .asgiApp: "ASGIアプリケーションを作るクラス"
      case .request: "非同期にリクエストを送る呼び出し"
      case .evaluator: "遅延クエリを評価する呼び出し"
      case .plain: "そのほかの呼び出し可能オブジェクト"
      }
    },
    group: { japaneseGroups[$0] ?? englishGroup($0) })

  /// Groups are folders, so their number is open; a new one is shown by its English name.
  private static let japaneseGroups = [
    "anyio": "AnyIO",
    "async-iteration": "非同期イテレーション",
    "blocking": "ブロッキング",
    "bridges": "同期と非同期の橋渡し",
    "cancellation": "キャンセルとタイムアウト",
    "concurrency": "並行処理",
    "coroutines": "コルーチン",
    "django": "Django",
    "event-loop": "イベントループ",
    "exception-groups": "例外グループ",
    "exceptions": "例外",
    "fastapi": "FastAPI",
    "frameworks": "フレームワーク",
    "generators": "非同期ジェネレーター",
    "http": "HTTPクライアント",
    "iteration": "反復",
    "locks": "ロックと共有状態",
    "protocol": "プロトコルと特殊メソッド",
    "resources": "リソース",
    "security": "セキュリティ",
    "sqlalchemy": "SQLAlchemy",
    "streams": "ストリーム",
    "structure": "構造化された並行処理",
    "structured-concurrency": "構造化された並行処理",
    "synchronization": "同期プリミティブ",
    "tasks": "タスク",
    "testing": "テスト",
    "threads": "スレッド",
    "timeouts": "タイムアウト",
    "trio": "trio",
    "web": "Webフレームワーク",
  ]
}
