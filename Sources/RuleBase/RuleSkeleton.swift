/// The file that a new rule starts as: valid, with examples that verify.
package enum RuleSkeleton {
  /// The text of `Rules/<group>/<name>.md`.
  ///
  /// - Parameters:
  ///   - name: The slug.
  ///   - code: For example that of ``nextCode(in:of:)``.
  ///   - since: The version of asyncrules that will first have the rule.
  /// - Precondition: `name` is a slug and `code` a code (``isName(_:)``, ``isCode(_:)``).
  package static func text(name: String, code: String, since: String) -> String {
    precondition(isName(name) && isCode(code), "a skeleton needs a slug and a code")
    let function = name.replacing("-", with: "_")
    let call = "example_library.\(function)"
    let replacement = "example_library.aio.\(function)"
    let carets = String(repeating: "^", count: call.unicodeScalars.count + 2)
    return """
      ---
      code: \(code)
      name: \(name)
      title: \(title(of: name))
      summary: A coroutine calls `\(call)`, which blocks the event loop.
      severity: error
      status: preview
      since: \(since)
      frameworks: [asyncio]
      check: blocking-call
      messages:
        call: "`{call}` blocks the event loop; await `{replacement}` instead"
      calls:
        - call: \(call)
          replace: \(replacement)
      fix: none
      ---

      ## What it does

      Reports calls of `\(call)` in a coroutine.

      ## Why it matters

      While the call waits, the event loop runs no other task.

      ## Examples

      What a reader of the bad example should notice, in a sentence.

      ```python bad id=call-in-coroutine framework=asyncio
      import asyncio

      import example_library


      async def main():
          \(call)()
      #   \(carets) \(code) `\(call)` blocks the event loop; await `\(replacement)` instead


      asyncio.run(main())
      ```

      The asynchronous interface of the library lets other tasks run.

      ```python good id=asynchronous-interface framework=asyncio
      import asyncio

      import example_library.aio


      async def main():
          await \(replacement)()


      asyncio.run(main())
      ```

      ## How to fix it

      Await `\(replacement)`.

      ## Near misses

      The function runs in a thread, so the loop goes on.

      ```python near-miss id=handed-to-thread framework=asyncio
      import asyncio

      import example_library


      async def main():
          await asyncio.to_thread(\(call))


      asyncio.run(main())
      ```

      ## When to ignore it

      When nothing else runs in the loop.

      """
  }

  /// The first code of a group that no rule has: behind the group's last one, or at the beginning
  /// of the next hundred for a new group.
  package static func nextCode(in group: String, of base: RuleBase) -> String {
    let codes = base.rules.map { (group: $0.group, code: Code($0.code)) }
    let prefix = codes.first?.code.letters ?? "AR"
    let used = Set(codes.map(\.code.number))
    let last = codes.filter { $0.group == group }.map(\.code.number).max()
    let hundred = (used.max() ?? 0) / 100 + 1
    let start = last.map { $0 + 1 } ?? hundred * 100 + 1
    let free = (min(start, 1000)..<1000).first { !used.contains($0) }
    // A full thousand is no reason to fail: any code that is free will do.
    let number = free ?? (1...999).first { !used.contains($0) } ?? 999
    let digits = String(number)
    return prefix + String(repeating: "0", count: 3 - digits.count) + digits
  }

  /// Whether a text can be the name of a rule: lower-case words joined by hyphens.
  package static func isName(_ text: String) -> Bool { TextForm.isSlug(text) }

  /// Whether a text can be a code: capital letters and three digits.
  package static func isCode(_ text: String) -> Bool { TextForm.isCode(text) }

  private static func title(of name: String) -> String {
    let words = name.replacing("-", with: " ")
    return String((words.prefix(1).uppercased() + words.dropFirst()).prefix(70))
  }

  private struct Code {
    let letters: String
    let number: Int

    init(_ code: String) {
      letters = String(code.dropLast(3))
      number = Int(code.suffix(3)) ?? 0
    }
  }
}
