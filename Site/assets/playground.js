// The page that is one big editor: findings, rules and syntax tree beside it, its state in the
// address.
(async () => {
  const { make, words, say, announce, loadEditor } = window.asyncrules;
  const place = document.getElementById("playground");
  const status = document.getElementById("playground-status");
  const panels = document.getElementById("playground-panels");
  try {
    await loadEditor();
  } catch {
    status.textContent = words.loadFailed;
    return;
  }
  const { createEditor, countOf, pack, unpack } = window.asyncrulesEditor;
  const { rules, nodes: kinds, examples } = window.asyncrulesTable;
  const start = place.querySelector("pre.code code").textContent + "\n";

  // Which rules are on: the defaults, and what the reader changed.
  const chosen = new Map(rules.map((rule) => [rule.code, rule.on]));
  const isWanted = (finding) => chosen.get(finding.code) ?? true;

  // The text of nodes that are short: names and constants.
  const shortSources = () => {
    const bytes = window.asyncrulesChecker.encoder.encode(editor.text);
    const decoder = new TextDecoder();
    return {
      slice({ start, end }) {
        if (end - start > 32) return "";
        const text = decoder.decode(bytes.subarray(start, end));
        return text.includes("\n") ? "" : text;
      },
    };
  };

  const tree = document.getElementById("tree");
  const showTree = () => {
    if (document.getElementById("panel-tree").hidden) return;
    const { nodes } = editor;
    document.getElementById("tree-count").textContent = say("treeOf", nodes.length);
    const sources = shortSources();
    const lines = nodes.map((node) => {
      const button = make("button", { type: "button", tabIndex: -1 }, kinds[node.kind]);
      const text = sources.slice(node);
      if (text) button.append(" ", make("span", {}, text));
      button.style.setProperty("--depth", Math.min(node.depth, 24));
      button.addEventListener("click", () => editor.select(node.start, node.end));
      return make("li", {}, button);
    });
    tree.replaceChildren(...lines);
    tree.querySelector("button")?.setAttribute("tabindex", "0");
    showNode();
  };
  // The smallest node around the caret.
  const showNode = () => {
    if (document.getElementById("panel-tree").hidden || !editor.nodes) return;
    const caret = window.asyncrulesChecker.encoder
      .encode(editor.text.slice(0, editor.area.selectionStart)).length;
    let best = 0;
    editor.nodes.forEach((node, index) => {
      const size = node.end - node.start;
      if (node.start <= caret && caret <= node.end
        && size <= editor.nodes[best].end - editor.nodes[best].start) best = index;
    });
    tree.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const button = tree.children[best]?.firstChild;
    button?.setAttribute("aria-current", "true");
    if (document.activeElement === editor.area) button?.scrollIntoView({ block: "nearest" });
  };
  tree.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const item = event.target.closest("li");
    const next = event.key === "ArrowDown" ? item?.nextElementSibling : item?.previousElementSibling;
    if (!next) return;
    event.preventDefault();
    event.target.tabIndex = -1;
    next.firstChild.tabIndex = 0;
    next.firstChild.focus();
  });

  let timer;
  const state = () => {
    const changed = rules.filter((rule) => chosen.get(rule.code) !== rule.on).map((rule) => rule.code);
    return changed.length ? { t: editor.text, r: changed } : { t: editor.text };
  };
  const remember = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      history.replaceState(null, "", `#${await pack(state())}`);
    }, 300);
  };
  const fixAll = document.getElementById("fix-all");
  const empty = make("p", { className: "verdict clean" }, words.noFinding);
  let isFirst = true;
  const onChange = (changed) => {
    const { findings, milliseconds } = changed;
    status.textContent = `${countOf(findings)}, ${say("checkedIn", milliseconds.toFixed(1))}`;
    empty.hidden = findings.length > 0;
    fixAll.disabled = !findings.some((one) => one.fix?.applicability === "safe");
    if (!isFirst) { showTree(); remember(); }
    isFirst = false;
  };

  // What the address holds, else the example that the page came with.
  const restore = async () => {
    if (location.hash.length < 2) return null;
    try {
      return await unpack(location.hash.slice(1));
    } catch {
      document.getElementById("playground-notice").textContent = words.brokenLink;
      return null;
    }
  };
  const apply = (kept) => {
    for (const rule of rules) chosen.set(rule.code, rule.on);
    for (const code of Array.isArray(kept?.r) ? kept.r : []) {
      if (chosen.has(code)) chosen.set(code, !chosen.get(code));
    }
    for (const box of boxes()) box.checked = chosen.get(box.value);
    countRules();
  };
  const boxes = () => [...document.querySelectorAll("#rule-list input")];
  const countRules = () => {
    const on = [...chosen.values()].filter(Boolean).length;
    document.getElementById("rule-count").textContent = say("rulesOn", on, chosen.size);
  };
  const list = document.getElementById("rule-list");
  list.append(...rules.map((rule) => make("li", {}, make("label", {},
    make("input", { type: "checkbox", value: rule.code, checked: rule.on }), " ",
    make("span", { className: "code-name" }, rule.code), " ", rule.title,
    rule.on ? "" : make("small", {}, ` ${words.preview}`)))));
  list.addEventListener("change", (event) => {
    chosen.set(event.target.value, event.target.checked);
    countRules();
    editor.check();
  });
  const setAll = (value) => {
    for (const rule of rules) chosen.set(rule.code, value(rule));
    for (const box of boxes()) box.checked = chosen.get(box.value);
    countRules();
    editor.check();
  };
  document.getElementById("rules-all").addEventListener("click", () => setAll(() => true));
  document.getElementById("rules-default").addEventListener("click", () => setAll((rule) => rule.on));
  document.getElementById("rules-none").addEventListener("click", () => setAll(() => false));

  const kept = await restore();
  apply(kept);
  const editor = createEditor({
    text: typeof kept?.t === "string" ? kept.t : start, path: "example.py", label: words.code,
    isWanted, onChange,
  });
  place.replaceChildren(editor.element);
  document.getElementById("panel-findings").append(empty, editor.list);
  panels.hidden = false;
  editor.area.addEventListener("keyup", showNode);
  editor.area.addEventListener("click", showNode);
  fixAll.addEventListener("click", () => editor.applyAll());
  document.getElementById("share").addEventListener("click", async (event) => {
    const packed = await pack(state());
    history.replaceState(null, "", `#${packed}`);
    try {
      await navigator.clipboard.writeText(location.href);
      event.target.textContent = words.linkCopied;
      announce(words.linkCopied);
    } catch {
      event.target.textContent = words.notAllowed;
    }
    if (location.href.length > 8000) {
      document.getElementById("playground-notice").textContent =
        say("linkTooLong", Math.ceil(location.href.length / 1000));
    }
    setTimeout(() => { event.target.textContent = words.share; }, 1600);
  });
  const starts = document.getElementById("starts");
  starts.append(...examples.map((example, index) =>
    make("option", { value: String(index) }, `${example.code} ${example.title}`)));
  starts.addEventListener("change", () => {
    if (starts.value === "") return;
    editor.replace(examples[Number(starts.value)].text);
    starts.value = "";
  });
  for (const tool of document.querySelectorAll("#playground-tools [disabled]")) {
    if (tool !== fixAll) tool.disabled = false;
  }
  addEventListener("hashchange", async () => {
    const other = await restore();
    if (!other || typeof other.t !== "string") return;
    apply(other);
    if (other.t !== editor.text) editor.replace(other.t); else editor.check();
  });

  // One panel at a time.
  const tabs = [...document.querySelectorAll("[role=tab]")];
  const open = (tab) => {
    for (const one of tabs) {
      const isOpen = one === tab;
      one.setAttribute("aria-selected", String(isOpen));
      one.tabIndex = isOpen ? 0 : -1;
      document.getElementById(one.getAttribute("aria-controls")).hidden = !isOpen;
    }
    showTree();
  };
  for (const tab of tabs) {
    tab.addEventListener("click", () => open(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
      open(next);
      next.focus();
    });
  }
})();
