import PythonSemantics
import PythonSyntax

extension Dialect {
  /// The library that a file's imports tell it uses; asyncio when they tell nothing, or several.
  static func detected(in resolver: Resolver) -> Dialect {
    let tree = resolver.tree
    var uses = (asyncio: false, trio: false, anyio: false)
    for alias in resolver.model.importAliases {
      guard let statement = tree.parent(of: alias) else { continue }
      var name: NameID?
      if let from = tree.importFrom(statement) {
        if from.level == 0 { name = from.module }
      } else {
        name = tree.alias(alias)?.name
      }
      guard let name else { continue }
      let first = tree.text(of: name).prefix { $0 != UInt8(ascii: ".") }
      if first.elementsEqual(StaticString("asyncio").bytes) { uses.asyncio = true }
      if first.elementsEqual(StaticString("trio").bytes) { uses.trio = true }
      if first.elementsEqual(StaticString("anyio").bytes) { uses.anyio = true }
    }
    if uses.asyncio { return .asyncio }
    if uses.anyio { return .anyio }
    return uses.trio ? .trio : .asyncio
  }
}
