import Testing

@testable import PythonSyntax

@Suite("What only compile() rejects")
struct CompilerErrorTests {
  @Test(
    "is reported in CPython's words",
    arguments: [
      ("return", "'return' outside function"), ("break", "'break' outside loop"),
      ("def f(a, a): pass", "duplicate argument 'a' in function definition"),
      ("f(a=1, a=2)", "keyword argument repeated: a"),
      ("nonlocal x", "nonlocal declaration not allowed at module level"),
      ("def f():\n  nonlocal x", "no binding for nonlocal 'x' found"),
      ("def f(x):\n  global x", "name 'x' is parameter and global"),
      ("def f():\n  x = 1\n  global x", "name 'x' is assigned to before global declaration"),
      ("await x", "'await' outside function"),
      ("def f(): await x", "'await' outside async function"),
      ("[(yield) for x in y]", "'yield' inside list comprehension"),
      ("*a, *b = c", "multiple starred expressions in assignment"),
      ("*a", "can't use starred expression here"),
      ("def f():\n  from a import *", "import * only allowed at module level"),
      ("from __future__ import nothing", "future feature nothing is not defined"),
      ("match x:\n  case a | b: pass", "name capture 'a' makes remaining patterns unreachable"),
      ("type X[T, T] = int", "duplicate type parameter 'T'"),
      ("def f[__debug__](): pass", "cannot assign to __debug__"),
      ("match x:\n  case {**__debug__}: pass", "cannot assign to __debug__"),
      ("match x:\n  case y(__debug__=1): pass", "cannot assign to __debug__"),
      (
        "async def f():\n  type x = [y async for y in z]",
        "asynchronous comprehension outside of an asynchronous function"
      ),
      ("class C: nonlocal __class__", "no binding for nonlocal '__class__' found"),
      ("match x:\n  case {1: a, 1.0: b}: pass", "mapping pattern checks duplicate key (1.0)"),
      ("match x:\n  case {-0: a, False: b}: pass", "mapping pattern checks duplicate key (False)"),
      (
        "match x:\n  case {2 - 0j: a, 2: b}: pass",
        "mapping pattern checks duplicate key (2)"
      ),
      (
        "match x:\n  case {f'a': b}: pass",
        "mapping pattern keys may only match literals and attribute lookups"
      ),
    ])
  func messages(source: String, message: String) {
    let tree = parse(source)
    #expect(tree.errors.isEmpty)
    #expect(tree.compilerMessages.contains(message))
  }

  @Test(
    "twenty-one blocks in one another are accepted, one more is an error",
    arguments: ["for x in y:", "while x:", "with x:"])
  func blocks(head: String) {
    func messages(_ count: Int) -> [String] {
      let lines = (0..<count).map { String(repeating: " ", count: $0) + head + "\n" }
      return parse(lines.joined() + String(repeating: " ", count: count) + "pass")
        .compilerMessages
    }
    #expect(messages(21).isEmpty)
    #expect(messages(22) == ["too many statically nested blocks"])
  }

  @Test(
    "is quiet about correct code",
    arguments: [
      "global x\nx: int", "def f():\n  (x): int\n  global x",
      "def f():\n  for x in y:\n    if a: break\n    else: continue",
      "def f():\n  x = 1\n  def g():\n    nonlocal x\n    x = 2",
      "async def f():\n  return [x async for x in y]", "def f(): return (await x for x in y)",
      "a, *b = c", "f(*a)", "x[*a]", "def f():\n  global x\n  x = 1",
      "try:\n  a\nexcept* B:\n  for x in y: break",
      "match x:\n  case [a, b] | (b, a): pass\n  case _: pass", "[(y := x) for x in z]",
      "(await x for y in z)", "def f():\n  x: (await y)", "def f():\n  import x\n  global x",
      "class C:\n  def f(self):\n    nonlocal __class__", "del x.__debug__",
      "match x:\n  case {1: a, -1: b, 1.5: c, 1j: d, 9007199254740993: e, 9007199254740992.0: f}: pass",
    ])
  func correct(source: String) {
    let tree = parse(source)
    #expect(tree.errors.isEmpty)
    #expect(tree.compilerMessages.isEmpty)
  }
}
