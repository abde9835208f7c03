import Foundation
import PythonSemantics
import PythonSyntax
import Testing

@Suite struct ScopeTests {
  static let samples = [
    "import a, b.c, d as e\nfrom f import g, h as i\n",
    "def f(a, /, b, *c, d=1, **e):\n    x = 1\n    def g(): return x\n    return g\n",
    "class C(B):\n    x = 1\n    def m(self): return x\n    y = [x for _ in range(3)]\n",
    "x = [a for a in b if (c := a)]\n",
    "def f():\n    return {k: v for k, v in items if any(q for q in v)}\n",
    "def f():\n    global g\n    g = 1\n    def h():\n        nonlocal_ = 1\n",
    "def f():\n    x = 1\n    def h():\n        nonlocal x\n        x = 2\n    return h\n",
    "try:\n    pass\nexcept E as e:\n    pass\nwith a as b, c as (d, e): pass\nfor i, *j in k: pass\n",
    "match p:\n    case [a, *b] | {'k': a, **b}: pass\n    case C(x=y) as z: pass\n",
    "async def f(a=(lambda q: q)):\n    async for i in x: yield i\n    async with y as z: pass\n",
    "f = lambda x, *y, z=1, **w: (x, y)\n",
    "a: int = 1\nb: str\na += 1\ndel a\n",
    "@d\nclass C:\n    @property\n    def p(self): ...\n    class D: z = 1\n",
    "def f():\n    class C:\n        def m(self): return [(self, n) for n in (w := [1])]\n",
  ]

  /// Scopes as `kind: names that it binds`, sorted.
  static func described(_ text: String) -> [String] {
    let model = model(text)
    return model.scopes.indices.map { index in
      let scope = ScopeID(UInt32(index))
      let kind =
        switch model[scope].kind {
        case .module: "module"
        case .classBody: "class"
        case .function, .asyncFunction, .lambda, .comprehension, .generatorExpression: "function"
        case .typeParameters: "type parameters"
        }
      let names = model.variables.filter { $0.scope == scope && !$0.bindings.isEmpty }
        .map { String(decoding: model.tree.text(of: $0.name), as: UTF8.self) }
      return "\(kind): \(names.sorted().joined(separator: " "))"
    }.sorted()
  }

  static let script = #"""
    import json, symtable, sys
    def walk(table, out):
        names = [s.get_name() for s in table.get_symbols()
                 if (s.is_assigned() or s.is_parameter() or s.is_imported() or s.is_namespace())
                 and not s.is_declared_global() and not s.is_nonlocal()
                 and not s.get_name().startswith('.')
                 and (s.is_local() or table.get_type() == 'module')]
        # A walrus in a comprehension binds outside; a module's names set by `global` belong to it.
        out.append([str(table.get_type()).split('.')[-1].lower(), names])
        for s in table.get_symbols():
            if s.is_declared_global() and s.is_assigned(): out[0][1].append(s.get_name())
        for child in table.get_children(): walk(child, out)
    result = []
    for text in json.load(sys.stdin):
        out = []
        walk(symtable.symtable(text, 'x', 'exec'), out)
        result.append(sorted(k + ': ' + ' '.join(sorted(set(n))) for k, n in out))
    print(json.dumps(result))
    """#

  @Test func `scopes and their names are those of CPython's symtable`() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", Self.script]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    guard (try? process.run()) != nil else { return }
    input.fileHandleForWriting.write(try JSONEncoder().encode(Self.samples))
    input.fileHandleForWriting.closeFile()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return }
    let expected = try JSONDecoder().decode([[String]].self, from: data)
    for (sample, scopes) in zip(Self.samples, expected) {
      #expect(Self.described(sample) == scopes, "in \(sample)")
    }
  }

  @Test func `a method does not see the names of its class`() {
    #expect(meaning("import a as x\nclass C:\n    x = 1\n    def m(self):\n        x") == "a")
    #expect(meaning("import a as x\nclass C:\n    import b as x\n    x") == "b")
  }

  @Test func `a name declared global is the module's`() {
    let text = "def f():\n    global g\n    import a as g\ndef h():\n    g"
    #expect(meaning(text) == "a")
  }

  @Test func `the annotation scope of a generic class sees the class around it`() {
    #expect(meaning("class C:\n    import a as x\n    def m[T: x](self): ...\nC") == "example.C")
  }

  @Test(arguments: [
    ("x", ExecutionContext.module), ("[x for _ in y]", .module), ("(x for _ in y)", .deferred),
  ])
  func `code at the top level runs with the module`(text: String, context: ExecutionContext) {
    let model = model(text)
    let node = model.tree.nodes.first { model.tree.kind($0) == .name }
    #expect(node.map { model.executionContext(of: $0) } == context)
  }
}
