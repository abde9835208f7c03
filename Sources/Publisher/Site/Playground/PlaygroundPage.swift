import RuleBase
import Verifier

/// The page with one big editor: `/playground/`.
struct PlaygroundPage {
  let context: PageContext

  static let path = "playground/index.html"

  private var words: SiteWords { context.words }

  var file: OutputFile {
    let shell = PageShell(
      context: context, path: Self.path, title: words.playgroundTitle,
      description: words.playgroundDescription,
      kind: "play", stylesheet: "playground.css", scripts: ["playground.js"], current: .playground,
      runsChecker: true)
    let main: HTML = """
      <article>
      <header>
      <h1>\(words.playground)</h1>
      <p class="lede">\(words.playgroundLede)</p>
      </header>
      <noscript><p class="notice">\(words.needsScript)</p></noscript>
      \(tools)<div class="desk">
      <div class="file" id="playground" data-path="example.py">
      <pre class="code" tabindex="0" aria-label="\(words.examples)"><code>\(example.html)</code></pre>
      </div>
      \(panels)</div>
      </article>

      """
    return OutputFile(path: Self.path, bytes: shell.page(main: main))
  }

  private var tools: HTML {
    """
    <div id="playground-tools" class="tool-row">
    <select id="starts" aria-label="\(words.examples)" disabled><option value="">\(words.startFrom)\
    </option></select>
    <button type="button" id="fix-all" disabled>\(words.applyAll)</button>
    <button type="button" id="share" disabled>\(words.copyLink)</button>
    <p id="playground-status" role="status"></p>
    </div>
    <p id="playground-notice" class="notice" role="alert"></p>

    """
  }

  private var panels: HTML {
    """
    <div id="playground-panels" class="panels" hidden>
    <div role="tablist" aria-label="\(words.aboutCode)">
    <button type="button" role="tab" id="tab-findings" aria-controls="panel-findings" \
    aria-selected="true">\(words.findingsTab)</button>
    <button type="button" role="tab" id="tab-rules" aria-controls="panel-rules" \
    aria-selected="false" tabindex="-1">\(words.rules)</button>
    <button type="button" role="tab" id="tab-tree" aria-controls="panel-tree" \
    aria-selected="false" tabindex="-1">\(words.syntaxTree)</button>
    </div>
    <div role="tabpanel" id="panel-findings" aria-labelledby="tab-findings" tabindex="0"></div>
    <div role="tabpanel" id="panel-rules" aria-labelledby="tab-rules" tabindex="0" hidden>
    <p class="tool-row"><span id="rule-count"></span> <button type="button" id="rules-all">\(words.all)\
    </button> <button type="button" id="rules-default">\(words.defaults)</button> \
    <button type="button" id="rules-none">\(words.none)</button></p>
    <ul id="rule-list"></ul>
    </div>
    <div role="tabpanel" id="panel-tree" aria-labelledby="tab-tree" hidden>
    <p id="tree-count"></p>
    <ol id="tree"></ol>
    </div>
    </div>

    """
  }

  private var example: MarkedCode {
    MarkedCode(
      text: """
        import asyncio
        import time


        async def heartbeat():
            while True:
                print("alive")
                await asyncio.sleep(0.1)


        async def main():
            beat = asyncio.create_task(heartbeat())
            await asyncio.sleep(0.3)
            time.sleep(1)
            beat.cancel()


        asyncio.run(main())

        """)
  }
}
