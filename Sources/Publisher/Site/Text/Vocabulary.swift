import AsyncChecks
import RuleBase

// The words of the rule model as the site's readers see them.

extension Framework {
  /// The name as its authors write it.
  var title: String {
    switch self {
    case .asyncio: "asyncio"
    case .trio: "Trio"
    case .anyio: "AnyIO"
    case .aiohttp: "aiohttp"
    case .httpx: "HTTPX"
    case .fastapi: "FastAPI"
    case .starlette: "Starlette"
    case .django: "Django"
    case .flask: "Flask"
    case .sqlalchemy: "SQLAlchemy"
    case .pytest: "pytest"
    }
  }
}

extension Dialect {
  /// The key in rule files, also the value of `data-framework`.
  var word: String {
    switch self {
    case .asyncio: "asyncio"
    case .trio: "trio"
    case .anyio: "anyio"
    }
  }

  /// The name as its authors write it.
  var title: String {
    switch self {
    case .asyncio: "asyncio"
    case .trio: "Trio"
    case .anyio: "AnyIO"
    }
  }
}

extension Severity {
  /// With a capital letter.
  var title: String {
    switch self {
    case .error: "Error"
    case .warning: "Warning"
    case .suggestion: "Suggestion"
    }
  }
}

extension FixAvailability {
  var title: String {
    switch self {
    case .safe: "Safe fix"
    case .unsafe: "Unsafe fix"
    case .none: "No fix"
    }
  }
}

extension RuleStatus.State {
  var title: String {
    switch self {
    case .stable: "Stable"
    case .preview: "Preview"
    case .deprecated: "Deprecated"
    case .removed: "Removed"
    }
  }
}

extension RuleAlias.Relation {
  /// What the other rule does compared with ours.
  var sentence: String {
    switch self {
    case .same: "finds the same mistakes"
    case .broader: "finds more than this rule"
    case .narrower: "finds a part of what this rule finds"
    case .overlaps: "finds some of the same mistakes"
    }
  }
}

extension CallableRole {
  /// The heading of a table of callables with this role.
  var title: String {
    switch self {
    case .blocking: "Blocking calls"
    case .coroutine: "Coroutine functions"
    case .offload: "Calls that run a function elsewhere"
    case .bridge: "Bridges from synchronous to asynchronous code"
    case .runner: "Calls that start an event loop"
    case .concurrent: "Calls that run several awaitables at once"
    case .spawn: "Calls that schedule a coroutine"
    case .asgiApp: "Classes of ASGI applications"
    case .request: "Calls that send an asynchronous request"
    case .evaluator: "Calls that evaluate a lazy query"
    case .plain: "Other callables"
    }
  }
}

/// A rule's group: the name of its folder.
struct RuleGroup: Hashable {
  let name: String

  init(of rule: Rule) { name = rule.group }

  /// The folder's name as a heading: `event-loop` becomes `Event loop`.
  var title: String {
    let words = name.split(separator: "-").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}

extension Character {
  /// Whether the character is harmless in a path, an id and a fragment.
  var isPathSafe: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": true
    default: false
    }
  }
}
