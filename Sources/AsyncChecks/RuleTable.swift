/// A rule of one ``RuleTable``.
package struct RuleIndex: Hashable, Comparable, Sendable {
  package let rawValue: UInt16

  package init(_ rawValue: UInt16) { self.rawValue = rawValue }

  package var index: Int { Int(rawValue) }

  package static func < (left: RuleIndex, right: RuleIndex) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// How much a diagnostic of a rule matters.
package enum Severity: UInt8, Sendable, CaseIterable {
  case error, warning, suggestion
}

/// What the checker needs to know of the rules: which check finds them, their messages and the
/// known callables. Made from the rule files; all text is UTF-8 bytes.
package struct RuleTable: Sendable {
  package let rules: [RuleEntry]
  package let callables: [KnownCallable]

  package init(rules: [RuleEntry], callables: [KnownCallable]) {
    self.rules = rules
    self.callables = callables
  }
}

/// The checker's share of one rule file.
package struct RuleEntry: Sendable {
  /// For example `AR101`.
  package let code: [UInt8]
  /// The slug, for example `blocking-sleep`.
  package let name: [UInt8]
  package let severity: Severity
  /// Whether the rule is reported when nothing is selected.
  package let isDefault: Bool
  /// The slug of the check that finds it (``Check/name``).
  package let check: [UInt8]
  /// Whether it also looks at the files of tests.
  package let isForTests: Bool
  package let messages: [MessageTemplate]
  /// The surest kind of fix that the rule file promises; `nil` when it offers none.
  package let fix: Applicability?
  /// The codes of other tools, in capitals, that silence the rule in a `# noqa` comment as its own
  /// does.
  package let foreignCodes: [[UInt8]]

  package init(
    code: [UInt8], name: [UInt8], severity: Severity, isDefault: Bool, check: [UInt8],
    isForTests: Bool = true, messages: [MessageTemplate], fix: Applicability? = .safe,
    foreignCodes: [[UInt8]] = [],
  ) {
    self.code = code
    self.name = name
    self.severity = severity
    self.isDefault = isDefault
    self.check = check
    self.isForTests = isForTests
    self.messages = messages
    self.fix = fix
    self.foreignCodes = foreignCodes
  }
}

/// A message with `{placeholders}` that the check fills in.
package struct MessageTemplate: Hashable, Sendable {
  /// The key of the rule file's `messages`.
  package let id: [UInt8]
  package let text: [UInt8]

  package init(id: [UInt8], text: [UInt8]) {
    self.id = id
    self.text = text
  }
}

/// What a known callable does, as the rule files say it.
package enum CallableRole: UInt8, Sendable, CaseIterable {
  /// Blocks the thread that calls it: `time.sleep`, `requests.Session.get`.
  case blocking
  /// Returns an awaitable that does nothing until awaited: `asyncio.sleep`.
  case coroutine
  /// Runs the function it is handed elsewhere (thread, process): `asyncio.to_thread`.
  case offload
  /// Turns a sync function into an awaitable one: `asgiref.sync.sync_to_async`.
  case bridge
  /// Starts an event loop and blocks until done: `asyncio.run`.
  case runner
  /// Runs several awaitables concurrently: `asyncio.gather`.
  case concurrent
  /// Takes ownership of a coroutine and schedules it: `asyncio.create_task`.
  case spawn
  /// Makes an ASGI application object: `fastapi.FastAPI`.
  case asgiApp
  /// Sends an asynchronous request over the network: `aiohttp.ClientSession.get`.
  case request
  /// Evaluates a lazy query when called: `django.db.models.QuerySet.get`, `…QuerySet.__iter__`.
  case evaluator
  /// Nothing but the facts in the other fields, such as ``KnownCallable/returns``.
  case plain
}

/// One callable that the rule files describe.
package struct KnownCallable: Sendable {
  /// Fully qualified, methods as `module.Class.method`, implicit calls by their dunder
  /// (`subprocess.Popen.__enter__`, `io.TextIOWrapper.__iter__`).
  package let qualifiedName: [UInt8]
  package let role: CallableRole
  /// The rule whose file names it.
  package let rule: RuleIndex
  /// What to write instead, per dialect, for the message and the fix; empty if nothing is known.
  package let replacements: [Replacement]
  /// Whether a call is cured by awaiting the replacement with the same arguments.
  package let isDropIn: Bool
  /// Qualified name of the class of the result; empty if unknown.
  package let returns: [UInt8]
  /// Conditions on the arguments under which the fact does not hold, for example `block=False`.
  package let unless: [ArgumentCondition]
  /// The index of the argument that takes the callable (`offload`, `bridge`), from 0.
  package let argument: UInt8
  /// What a check asks for by name (``Check/traits``), for example `task-group`; empty if nothing.
  package let trait: [UInt8]

  package init(
    qualifiedName: [UInt8], role: CallableRole, rule: RuleIndex, replacements: [Replacement] = [],
    isDropIn: Bool = false, returns: [UInt8] = [], unless: [ArgumentCondition] = [],
    argument: UInt8 = 0, trait: [UInt8] = [],
  ) {
    self.qualifiedName = qualifiedName
    self.role = role
    self.rule = rule
    self.replacements = replacements
    self.isDropIn = isDropIn
    self.returns = returns
    self.unless = unless
    self.argument = argument
    self.trait = trait
  }
}

/// The asynchronous library that a file uses, detected from its imports.
package enum Dialect: UInt8, Sendable, CaseIterable {
  case asyncio, trio, anyio
}

/// What to write instead of a callable.
package struct Replacement: Hashable, Sendable {
  /// `nil` when the text holds for every dialect.
  package let dialect: Dialect?
  /// For example `asyncio.sleep`.
  package let text: [UInt8]

  package init(dialect: Dialect?, text: [UInt8]) {
    self.dialect = dialect
    self.text = text
  }
}

/// `keyword=value`, `position=value`, `keyword` (given at all) or `!keyword` (not given).
package struct ArgumentCondition: Hashable, Sendable {
  /// Whether the condition holds when the argument is absent.
  package let isNegated: Bool
  /// The keyword's name; empty if only the position counts.
  package let keyword: [UInt8]
  /// The position, from 0; `nil` if only the keyword counts.
  package let position: UInt8?
  /// The source text of the value, such as `False` or `os.WNOHANG`; empty for any value.
  package let value: [UInt8]

  package init(isNegated: Bool, keyword: [UInt8], position: UInt8?, value: [UInt8]) {
    self.isNegated = isNegated
    self.keyword = keyword
    self.position = position
    self.value = value
  }
}
