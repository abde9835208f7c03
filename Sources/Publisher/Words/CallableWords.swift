import AsyncChecks

/// The words for what is known of callables.
struct CallableWords: Sendable {
  /// Opens the list of the callables of a role.
  let opening: @Sendable (CallableRole) -> String
  /// The position of the callable that is handed over, from 1.
  let takesCallable: @Sendable (_ position: Int) -> String
  let awaitInstead: String
  let instead: String
  let period: String
  /// Around the name of a type.
  let returns: (before: String, after: String)
  let trait: (before: String, after: String)
  /// Around a list of conditions.
  let notWhenCalled: (before: String, after: String)
  /// Around a name or an argument.
  let with: (before: String, after: String)
  let without: (before: String, after: String)
  /// A position from 1.
  let argument: @Sendable (_ position: Int) -> String
  /// Between a position and its value.
  let valueOfArgument: @Sendable (_ position: Int) -> (before: String, after: String)
}

extension CallableWords {
  static let english = CallableWords(
    opening: {
      switch $0 {
      case .blocking: "These block the thread that calls them:"
      case .coroutine: "These return an awaitable that does nothing until awaited:"
      case .offload: "These run a callable in a thread or process:"
      case .bridge: "These make a callable awaitable:"
      case .runner: "These start an event loop and block until it is done:"
      case .concurrent: "These run several awaitables at once:"
      case .spawn: "These schedule a coroutine:"
      case .asgiApp: "These make an ASGI application:"
      case .request: "These send an asynchronous request:"
      case .evaluator: "These evaluate a lazy query:"
      case .plain: "These are known for what they are or return:"
      }
    },
    takesCallable: { "It takes the callable as argument \($0)." },
    awaitInstead: "Await instead, with the same arguments: ",
    instead: "Instead: ",
    period: ".",
    returns: ("Returns ", "."),
    trait: ("Known as ", "."),
    notWhenCalled: ("Not when called ", "."),
    with: ("with ", ""),
    without: ("without ", ""),
    argument: { "argument \($0)" },
    valueOfArgument: { ("with ", " as argument \($0)") })

  static let japanese = CallableWords(
    opening: {
      switch $0 {
      case .blocking: "呼び出したスレッドをブロックするもの："
      case .coroutine: "awaitするまで何もしないawaitableを返すもの："
      case .offload: "呼び出し可能オブジェクトをスレッドやプロセスで実行するもの："
      case .bridge: "呼び出し可能オブジェクトをawaitできるようにするもの："
      case .runner: "イベントループを開始し、終わるまでブロックするもの："
      case .concurrent: "複数のawaitableを並行して実行するもの："
      case .spawn: "コルーチンをスケジュールするもの："
      case .asgiApp: "ASGIアプリケーションを作るもの："
      case .request: "非同期にリクエストを送るもの："
      case .evaluator: "遅延クエリを評価するもの："
      case .plain: "種類や戻り値が知られているもの："
      }
    },
    takesCallable: { "第\($0)引数に呼び出し可能オブジェクトを取ります。" },
    awaitInstead: "同じ引数で、代わりにawaitするもの：",
    instead: "代わりに使うもの：",
    period: "。",
    returns: ("", "を返します。"),
    trait: ("", "として扱われます。"),
    notWhenCalled: ("", "で呼び出された場合は対象外です。"),
    with: ("", "付き"),
    without: ("", "なし"),
    argument: { "第\($0)引数" },
    valueOfArgument: { ("第\($0)引数が", "の形") })
}
