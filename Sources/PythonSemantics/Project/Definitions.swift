package import PythonSyntax

/// A module of one ``Project``, in the order the caller gave.
package struct ModuleID: Hashable, Sendable {
  package let rawValue: UInt32

  package init(_ rawValue: UInt32) { self.rawValue = rawValue }

  package var index: Int { Int(rawValue) }
}

/// What calling a function of the project does.
package enum FunctionColour: UInt8, Sendable {
  /// Runs the body and gives its result.
  case sync
  /// Gives a generator.
  case generator
  /// Gives a coroutine that must be awaited.
  case coroutine
  /// Gives an async generator.
  case asyncGenerator
}

/// A function or method of the project.
package struct FunctionDefinition: Sendable {
  package let symbol: SymbolID
  package let module: ModuleID
  package let node: NodeID
  package let colour: FunctionColour
  /// The class whose body holds it.
  package let owner: SymbolID?
  /// What its decorators make of it.
  package internal(set) var decoration: Decoration = .none
  /// The class of what it returns (a coroutine function: when awaited), as its annotation says or
  /// all its `return` statements agree; of a generator, what its annotation says it yields.
  package internal(set) var result: SymbolID?
  /// The elements of the collection that it returns, as its annotation says.
  package internal(set) var elements: CollectionElements?
  /// The coroutine function whose coroutine a synchronous function hands on to its caller.
  package internal(set) var passedCoroutine: SymbolID?
  /// The function that a synchronous function returns, without calling it.
  package internal(set) var returnedFunction: SymbolID?
  /// The class of what its decorators make of it, if that is no function.
  package internal(set) var madeClass: SymbolID?
  /// Whether several definitions of that name disagree, so that a call may be either.
  package internal(set) var isAmbiguous = false

  /// Whether a call certainly gives a coroutine.
  package var isCoroutineFunction: Bool {
    colour == .coroutine && !isAmbiguous && decoration.keepsCalls
  }

  /// Whether a call certainly runs the body and gives what it returns.
  var isPlainFunction: Bool { colour == .sync && !isAmbiguous && decoration.keepsCalls }
}

/// What the decorators of a function make of its calls.
package enum Decoration: UInt8, Sendable {
  case none
  case staticMethod
  case classMethod
  case property
  /// A generator that is entered with `with`.
  case contextManager
  /// A decorator that is not known to leave the function as it is.
  case unknown

  /// Whether a call still runs the function itself.
  package var keepsCalls: Bool {
    switch self {
    case .none, .staticMethod, .classMethod: true
    case .property, .contextManager, .unknown: false
    }
  }
}

/// A class of the project.
package struct ClassDefinition: Sendable {
  package let symbol: SymbolID
  package let module: ModuleID
  package let node: NodeID
  /// The known bases, in order.
  package internal(set) var bases: [SymbolID] = []
  /// Whether a base could not be resolved.
  package internal(set) var hasUnknownBase = false
}
