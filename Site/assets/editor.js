// An editor that checks as one types: the code with its marks, a text area upon it, and the
// findings below. Used for the examples of rule pages and by the playground.
(() => {
  const { make, words, say, announce } = window.asyncrules;
  const checker = window.asyncrulesChecker;
  const data = document.documentElement.dataset;
  const tokenClasses = ["k", "s", "n", "c", "d", "a"];
  const severities = ["error", "warning", "suggestion"];

  /** Turns offsets in UTF-8 into indices of a JavaScript string. */
  const indexer = (text) => {
    const bytes = checker.encoder.encode(text);
    if (bytes.length === text.length) return (offset) => offset;
    const indices = new Uint32Array(bytes.length + 1);
    let offset = 0;
    let index = 0;
    for (const character of text) {
      const point = character.codePointAt(0);
      const width = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      indices.fill(index, offset, offset + width);
      offset += width;
      index += character.length;
    }
    indices[offset] = index;
    return (place) => indices[Math.min(place, bytes.length)];
  };

  /** Text in which code stands in backquotes. */
  const prose = (text) => text.split("`").map((part, index) =>
    index % 2 ? make("code", {}, part) : part);

  /** The lines of code with coloured tokens and marked findings. */
  const paint = (text, tokens, marks) => {
    const at = indexer(text);
    const spans = tokens.map((token) =>
      ({ start: at(token.start), end: at(token.end), name: tokenClasses[token.kind] }));
    const places = marks.map((mark) =>
      ({ start: at(mark.start.offset), end: at(mark.end.offset), severity: mark.severity }));
    const lines = [];
    let first = 0;
    let start = 0;
    for (const line of text.split("\n")) {
      const end = start + line.length;
      const row = make("b", {});
      const cuts = new Set([start, end]);
      for (const span of places) {
        if (span.start > start && span.start < end) cuts.add(span.start);
        if (span.end > start && span.end < end) cuts.add(span.end);
      }
      const ordered = [...cuts].sort((a, b) => a - b);
      while (first < spans.length && spans[first].end <= start) first += 1;
      for (let index = 0; index + 1 < ordered.length; index += 1) {
        const [from, to] = [ordered[index], ordered[index + 1]];
        const covering = places.filter((span) => span.start <= from && span.end > from);
        let target = row;
        if (covering.length) {
          const worst = severities.find((name) => covering.some((span) => span.severity === name));
          target = make("mark", { className: worst });
          row.append(target);
        }
        let position = from;
        for (let at = first; at < spans.length && spans[at].start < to; at += 1) {
          const left = Math.max(spans[at].start, from);
          const right = Math.min(spans[at].end, to);
          if (left >= right) continue;
          if (left > position) target.append(text.slice(position, left));
          target.append(make("i", { className: spans[at].name }, text.slice(left, right)));
          position = right;
        }
        if (position < to) target.append(text.slice(position, to));
      }
      lines.push(row);
      start = end + 1;
    }
    const result = document.createDocumentFragment();
    lines.forEach((row, index) => result.append(...(index ? ["\n", row] : [row])));
    return result;
  };

  /** The text after the edits of a fix. */
  const fixed = (text, fix) => {
    const at = indexer(text);
    const edits = [...fix.edits].sort((a, b) => b.start.offset - a.start.offset);
    return edits.reduce((result, edit) =>
      result.slice(0, at(edit.start.offset)) + edit.replacement + result.slice(at(edit.end.offset)), text);
  };

  /** The text after all safe fixes, one after another, as `asyncrules check --fix` leaves it. */
  const fixedWholly = (files, index, isWanted) => {
    const current = files.map((file) => ({ ...file }));
    for (let round = 0; round < 200; round += 1) {
      const finding = JSON.parse(checker.check(current)).find((one) =>
        one.path === current[index].path && one.fix?.applicability === "safe" && isWanted(one));
      if (!finding) break;
      current[index].text = fixed(current[index].text, finding.fix);
    }
    return current[index].text;
  };

  const findingItem = (finding, editor) => {
    const { line, column } = finding.start;
    const place = make("button", {
      type: "button", className: "place", "aria-label": say("place", line, column),
      onclick: () => editor.select(finding.start.offset, finding.end.offset),
    }, `${line}:${column}`);
    const page = window.asyncrulesTable.pages[finding.code];
    const code = page && !data.page?.endsWith(page)
      ? make("a", { href: (data.root || "") + page }, finding.code) : finding.code;
    const item = make("li", { className: finding.severity },
      place, " ", make("span", { className: "severity" }, words[finding.severity]), " ",
      finding.code === "syntax-error" ? "" : make("span", { className: "code-name" }, code), " ",
      make("span", { className: "message" }, ...prose(finding.message)));
    for (const note of finding.notes) {
      item.append(make("p", { className: "note" }, `${words.note}: `, ...prose(note.message)));
    }
    if (finding.fix && finding.fix.applicability !== "display-only") {
      const label = finding.fix.applicability === "safe" ? words.applyFix : words.applyUnsafeFix;
      item.append(make("p", { className: "apply" }, make("button", {
        type: "button",
        onclick: () => { editor.replace(fixed(editor.text, finding.fix)); announce(words.fixApplied); },
      }, label), " ", make("span", {}, ...prose(finding.fix.title))));
    }
    return item;
  };

  /**
   * Makes an editor.
   * - text, path, label: what is edited, the name of the file, and its name for people
   * - others: further files of the same project
   * - isWanted: whether a finding is shown
   * - onChange: called with the findings after each check
   */
  const createEditor = ({ text, path, label, others = [], isWanted = () => true, onChange = () => {} }) => {
    const code = make("code", {});
    const area = make("textarea", {
      value: text, spellcheck: false, autocapitalize: "off", autocomplete: "off", wrap: "off",
      "aria-label": say("editable", label), title: words.editorKeys,
    });
    area.setAttribute("autocorrect", "off");
    const pre = make("pre", { className: "code", "aria-hidden": "true" }, code);
    const element = make("div", { className: "editor" }, make("div", { className: "sheet" }, pre, area));
    const list = make("ol", { className: "findings" });
    let leaving = false;
    const editor = {
      element, list, area, findings: [], milliseconds: 0,
      get text() { return area.value; },
      get files() { return [{ path, text: area.value }, ...others]; },
      select(start, end) {
        const at = indexer(area.value);
        area.focus();
        area.setSelectionRange(at(start), at(end));
        const top = element.querySelectorAll("b")[area.value.slice(0, at(start)).split("\n").length - 1];
        top?.scrollIntoView({ block: "nearest" });
      },
      // Through the editing commands, so that it can be undone; only what differs, since they are
      // slow with long texts.
      replace(value) {
        const before = area.value;
        let start = 0;
        while (start < before.length && before[start] === value[start]) start += 1;
        let rest = 0;
        const most = Math.min(before.length, value.length) - start;
        while (rest < most && before.at(-1 - rest) === value.at(-1 - rest)) rest += 1;
        const inserted = value.slice(start, value.length - rest);
        area.focus();
        area.setSelectionRange(start, before.length - rest);
        const done = inserted.length < 5000
          && document.execCommand(inserted ? "insertText" : "delete", false, inserted);
        if (!done || area.value !== value) {
          area.value = value;
          editor.check();
        }
        area.setSelectionRange(start, start);
      },
      applyAll() {
        const value = fixedWholly(editor.files, 0, isWanted);
        if (value !== area.value) editor.replace(value);
        announce(words.fixApplied);
      },
      check() {
        let shown;
        try {
          const begin = performance.now();
          const answer = JSON.parse(checker.check(editor.files));
          editor.milliseconds = performance.now() - begin;
          editor.findings = answer.filter((one) => one.path === path && isWanted(one));
          shown = checker.look(area.value);
        } catch {
          list.replaceChildren(make("li", { className: "warning" }, words.crashed));
          code.replaceChildren(paint(area.value, [], []));
          return;
        }
        editor.nodes = shown.nodes;
        code.replaceChildren(paint(area.value, shown.tokens, editor.findings));
        list.replaceChildren(...editor.findings.map((one) => findingItem(one, editor)));
        list.hidden = editor.findings.length === 0;
        onChange(editor);
      },
    };
    area.addEventListener("input", () => editor.check());
    area.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { leaving = true; return; }
      if (event.key === "Tab" && !leaving && !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        document.execCommand("insertText", false, "    ");
      } else if (event.key === "Enter" && !event.shiftKey) {
        const before = area.value.slice(0, area.selectionStart);
        const line = before.slice(before.lastIndexOf("\n") + 1);
        const indent = line.match(/^ */)[0] + (/:\s*$/.test(line) ? "    " : "");
        event.preventDefault();
        document.execCommand("insertText", false, `\n${indent}`);
      }
      if (event.key !== "Escape" && event.key !== "Shift") leaving = false;
    });
    area.addEventListener("blur", () => { leaving = false; });
    // The first check is slow, since nothing is compiled yet; the second tells what typing costs.
    editor.check();
    editor.check();
    return editor;
  };

  const countOf = (findings) => findings.length === 0 ? words.noFinding
    : findings.length === 1 ? words.oneFinding : say("countFindings", findings.length);

  // What a link to the playground holds: JSON, compressed where the browser can.
  const toBase64 = (bytes) => {
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };
  const fromBase64 = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  const through = async (bytes, stream) =>
    new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
  const pack = async (state) => {
    const bytes = checker.encoder.encode(JSON.stringify(state));
    if (!window.CompressionStream) return `p${toBase64(bytes)}`;
    return `z${toBase64(await through(bytes, new CompressionStream("deflate-raw")))}`;
  };
  const unpack = async (text) => {
    const bytes = fromBase64(text.slice(1));
    const plain = text[0] === "z" ? await through(bytes, new DecompressionStream("deflate-raw")) : bytes;
    return JSON.parse(new TextDecoder().decode(plain));
  };

  /** Makes the file of an example editable in its place. */
  const editExample = (file) => {
    const figure = file.closest("figure");
    const files = [...figure.querySelectorAll(".file")];
    const textOf = (one) => one.asyncrulesEditor?.text ?? `${one.querySelector("pre.code code").textContent}\n`;
    const original = textOf(file);
    const pre = file.querySelector("pre.code");
    const verdict = file.querySelector(".bar .verdict");
    const parts = [pre, ...file.querySelectorAll(":scope > :is(.findings, .fix)")];
    const shown = { text: verdict.textContent, name: verdict.className };
    const editor = createEditor({
      text: original, path: file.dataset.path, label: pre.getAttribute("aria-label"),
      others: files.filter((one) => one !== file).map((one) => ({ path: one.dataset.path, text: textOf(one) })),
      onChange: ({ findings }) => {
        verdict.textContent = countOf(findings);
        verdict.className = `verdict ${findings.length ? "found" : "clean"}`;
        announce(verdict.textContent);
      },
    });
    file.asyncrulesEditor = editor;
    for (const part of parts) part.hidden = true;
    const reset = make("button", { type: "button" }, words.reset);
    const link = make("a", { href: data.playground }, words.openInPlayground);
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      location.href = `${data.playground}#${await pack({ t: editor.text })}`;
    });
    const row = make("p", { className: "bar editor-bar" }, reset, link);
    if (data.report) {
      const report = make("a", { href: data.report, rel: "noopener" }, words.report);
      report.addEventListener("click", () => { report.href = reportAddress(editor.text); });
      row.append(report);
    }
    pre.before(editor.element);
    editor.element.after(editor.list, row);
    reset.addEventListener("click", () => {
      for (const part of parts) part.hidden = false;
      editor.element.remove();
      editor.list.remove();
      row.remove();
      delete file.asyncrulesEditor;
      verdict.textContent = shown.text;
      verdict.className = shown.name;
      file.querySelector("button.edit").hidden = false;
      file.querySelector("button.edit").focus();
    });
    file.querySelector("button.edit").hidden = true;
    editor.area.focus();
  };
  const reportAddress = (text) =>
    `${data.report}&body=${encodeURIComponent(`\`\`\`python\n${text.slice(0, 4000)}\`\`\`\n`)}`;

  window.asyncrulesEditor = { createEditor, editExample, countOf, pack, unpack };
})();
