import PythonSemantics
import PythonSyntax

extension Check {
  /// `async def` for a special method that Python calls without `await`.
  ///
  /// **Source:** the Python reference, section 3.3, Special method names, and 3.4, Coroutines.
  static let asyncSpecialMethod = Check(
    name: "async-special-method",
    messages: [
      CheckMessage("value", ["method", "class"]),
      CheckMessage("dropped", ["method", "class"]),
      CheckMessage("iterator", ["method", "class"]),
    ],
    kinds: [.asyncFunctionDef]
  ) { node, context in
    let tree = context.tree
    guard let function = tree.functionDef(node),
      context.resolver.owner(ofMethod: node) != nil, function.decorators.isEmpty,
      let scope = context.model.scope(openedBy: node),
      let cls = tree.classDef(context.model[context.model.scope(of: node)].node)
    else { return }
    let name = function.name
    let message: StaticString
    if context.isText(name, CheckContext.droppedMethods) {
      message = "dropped"
    } else if context.isText(name, CheckContext.valueMethods) {
      message = "value"
    } else if context.isText(name, ["__aiter__", "__await__"]), !context.model[scope].isGenerator {
      message = "iterator"
    } else {
      return
    }
    context.report(
      message, span: tree.nameSpan(at: function.nameStart),
      [("method", Array(tree.text(of: name))), ("class", Array(tree.text(of: cls.name)))])
  }
}

extension CheckContext {
  /// What these return is thrown away, or must be `None`.
  fileprivate static let droppedMethods: [StaticString] = [
    "__init__", "__post_init__", "__del__", "__init_subclass__", "__set_name__", "__setattr__",
    "__delattr__", "__setitem__", "__delitem__", "__set__", "__delete__",
  ]

  /// What these return is used at once, or must be of a certain type. Left out are those whose
  /// result a caller can await: `__call__`, `__getitem__`, `__getattr__`, `__get__`, the operators.
  fileprivate static let valueMethods: [StaticString] = [
    "__len__", "__bool__", "__str__", "__repr__", "__bytes__", "__format__", "__hash__",
    "__int__", "__float__", "__complex__", "__index__", "__length_hint__", "__eq__", "__ne__",
    "__lt__", "__le__", "__gt__", "__ge__", "__contains__", "__iter__", "__next__",
    "__reversed__", "__enter__", "__exit__", "__instancecheck__", "__subclasscheck__", "__dir__",
    "__sizeof__", "__fspath__", "__reduce__", "__reduce_ex__", "__getstate__", "__setstate__",
    "__copy__", "__deepcopy__",
  ]
}
