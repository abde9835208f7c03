import AsyncChecks
import PythonSyntax

/// A rule table in a few lines: each rule's messages are its check's ids and placeholders, so a test
/// reads `call time.sleep asyncio.sleep`.
struct TestTable {
  private(set) var rules: [RuleEntry] = []
  private(set) var callables: [KnownCallable] = []

  var table: RuleTable { RuleTable(rules: rules, callables: callables) }

  /// Adds a rule.
  func rule(
    _ code: String, _ check: String, severity: Severity = .error, foreign: String...,
  ) -> TestTable {
    var copy = self
    let messages = Check.all.first { "\($0.name)" == check }?.messages ?? []
    copy.rules.append(
      RuleEntry(
        code: Array(code.utf8), name: Array(code.utf8), severity: severity, isDefault: true,
        check: Array(check.utf8),
        messages: messages.map { message in
          let placeholders = message.placeholders.map { "{\($0)}" }
          let text = (["\(message.id)"] + placeholders).joined(separator: " ")
          return MessageTemplate(id: Array("\(message.id)".utf8), text: Array(text.utf8))
        }, foreignCodes: foreign.map { Array($0.utf8) }))
    return copy
  }

  /// Adds facts to the last rule; `name -> Class` states a result.
  func calls(
    _ role: CallableRole, _ names: String..., replace: String? = nil, dropIn: Bool = false,
    unless: [ArgumentCondition] = [], argument: UInt8 = 0,
  ) -> TestTable {
    var copy = self
    for name in names {
      let parts = name.split(separator: " ")
      copy.callables.append(
        KnownCallable(
          qualifiedName: Array(parts[0].utf8), role: role,
          rule: RuleIndex(UInt16(rules.count - 1)),
          replacements: replace.map { [Replacement(dialect: nil, text: Array($0.utf8))] } ?? [],
          isDropIn: dropIn, returns: parts.count == 3 ? Array(parts[2].utf8) : [],
          unless: unless, argument: argument))
    }
    return copy
  }

  /// The rules and facts that most tests need.
  static let standard = TestTable()
    .rule("AR101", "blocking-call")
    .calls(.blocking, "time.sleep", replace: "asyncio.sleep", dropIn: true)
    .rule("AR102", "blocking-call")
    .calls(
      .blocking, "requests.get -> requests.Response", "requests.Session.get -> requests.Response",
      "requests.Session.post -> requests.Response", replace: "httpx.AsyncClient.get"
    )
    .rule("AR103", "blocking-call")
    .calls(
      .blocking, "open -> io.TextIOWrapper", "io.TextIOWrapper.read", "io.TextIOWrapper.write",
      "io.TextIOWrapper.__iter__", "pathlib.Path.read_text",
      "pathlib.Path.open -> io.TextIOWrapper"
    )
    .calls(
      .plain, "pathlib.Path.__truediv__ -> pathlib.Path", "pathlib.Path.parent -> pathlib.Path",
      "pathlib.Path.cwd -> pathlib.Path"
    )
    .rule("AR107", "blocking-call")
    .calls(.blocking, "subprocess.run", "subprocess.Popen", "subprocess.Popen.__enter__")
    .rule("AR112", "blocking-call")
    .calls(
      .blocking, "queue.Queue.get",
      unless: [
        ArgumentCondition(
          isNegated: false, keyword: Array("block".utf8), position: 0,
          value: Array("False".utf8))
      ]
    )
    .calls(.plain, "asyncio.Queue -> asyncio.Queue")
    .rule("AR201", "await-outside-coroutine")
    .rule("AR202", "unawaited-coroutine")
    .calls(
      .coroutine, "asyncio.sleep", "asyncio.Queue.get", "asyncio.to_thread",
      "aiohttp.ClientResponse.json"
    )
    .rule("AR203", "coroutine-used-as-value")
    .rule("AR204", "coroutine-function-in-thread")
    .calls(.offload, "asyncio.to_thread")
    .calls(.offload, "threading.Thread", argument: 1)
    .rule("AR301", "run-in-coroutine")
    .calls(.runner, "asyncio.run")
    .rule("AR302", "run-in-asgi-module")
    .calls(.asgiApp, "fastapi.FastAPI")
    .rule("AR303", "run-in-notebook")
    .rule("AR401", "sequential-awaits")
    .rule("AR402", "gather-of-list")
    .calls(.concurrent, "asyncio.gather")
    .calls(.spawn, "asyncio.create_task", "asyncio.TaskGroup.create_task")
    .rule("AR403", "unbounded-fan-out")
    .calls(
      .request, "aiohttp.ClientSession.get -> aiohttp.ClientResponse",
      "httpx.AsyncClient.get -> httpx.Response"
    )
    .rule("AR501", "sync-to-async-on-coroutine")
    .calls(.bridge, "asgiref.sync.sync_to_async")
    .rule("AR502", "unawaited-sync-to-async")
    .rule("AR601", "queryset-evaluated")
    .calls(.plain, "django.db.models.Model.objects -> django.db.models.Manager")
    .calls(
      .plain, "django.db.models.Manager.filter -> django.db.models.QuerySet",
      "django.db.models.Manager.all -> django.db.models.QuerySet",
      "django.db.models.QuerySet.filter -> django.db.models.QuerySet",
      "django.db.models.QuerySet.values -> django.db.models.QuerySet"
    )
    .calls(.evaluator, "django.db.models.QuerySet.__iter__", replace: "async for")
    .calls(
      .evaluator, "django.db.models.QuerySet.get", "django.db.models.Manager.get",
      replace: "django.db.models.QuerySet.aget", dropIn: true
    )
    .calls(.evaluator, "django.db.models.Model.save", replace: "django.db.models.Model.asave")
    .rule("AR602", "lazy-queryset-returned")
}

/// What the checker says of some files, one line per diagnostic: code and spanned text.
func findings(
  _ files: (path: String, text: String)..., table: TestTable = .standard, notebook: Bool = false,
) -> [String] {
  checked(files, table: table, notebook: notebook).flatMap { file in
    file.checked.diagnostics.map { diagnostic in
      let code = String(
        decoding: table.rules[diagnostic.rule.index].code, as: UTF8.self)
      let text = String(
        decoding: Array(file.text.utf8)[diagnostic.span.indices], as: UTF8.self)
      return "\(code) \(text)"
    }
  }
}

/// What the checker says of one file.
func findings(_ text: String, table: TestTable = .standard, notebook: Bool = false) -> [String] {
  findings((path: "example.py", text: text), table: table, notebook: notebook)
}

/// The messages of one file's diagnostics: code, message id and placeholders.
func messages(_ text: String, table: TestTable = .standard, notebook: Bool = false) -> [String] {
  checked([("example.py", text)], table: table, notebook: notebook)[0].checked.diagnostics.map {
    let code = String(decoding: table.rules[$0.rule.index].code, as: UTF8.self)
    return "\(code) " + String(decoding: $0.message, as: UTF8.self)
  }
}

/// The text of one file after all fixes up to an applicability.
func fixed(_ text: String, upTo: Applicability = .safe, table: TestTable = .standard) -> String {
  let file = checked([("example.py", text)], table: table, notebook: false)[0].checked
  let fixes = file.diagnostics.compactMap { $0.fix }
  return String(
    decoding: apply(fixes, to: Array(text.utf8), upTo: upTo).bytes, as: UTF8.self)
}

/// Checks files as one project.
func checked(
  _ files: [(path: String, text: String)], table: TestTable, notebook: Bool,
) -> [(text: String, checked: CheckedFile)] {
  let results = Checker(table: table.table).check(
    project: files.map {
      SourceFile(path: Array($0.path.utf8), bytes: Array($0.text.utf8), isNotebook: notebook)
    })
  return zip(files, results).map { ($0.text, $1) }
}
