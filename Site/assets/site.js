// Search, filters, framework switch, theme and copy buttons. Everything is readable without it.
(() => {
  const root = document.documentElement;
  const base = root.dataset.root || "";
  const storage = {
    get(key) {
      try { return localStorage.getItem(key); } catch { return null; }
    },
    set(key, value) {
      try {
        if (value) localStorage.setItem(key, value); else localStorage.removeItem(key);
      } catch { /* private windows may refuse */ }
    },
  };
  const make = (tag, properties = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name.includes("-") || name === "role") element.setAttribute(name, value);
      else element[name] = value;
    }
    element.append(...children);
    return element;
  };

  // Announcements for screen readers.
  const live = make("p", { className: "sr-only", role: "status" });
  document.body.append(live);

  // Theme: system, light, dark.
  const themeButton = document.querySelector("button.theme");
  const themes = ["system", "light", "dark"];
  const showTheme = () => {
    const theme = root.dataset.theme || "system";
    const next = themes[(themes.indexOf(theme) + 1) % themes.length];
    themeButton.dataset.state = theme;
    themeButton.setAttribute("aria-label", `Colours: ${theme}. Switch to ${next}`);
    themeButton.title = `Colours: ${theme}`;
  };
  if (themeButton) {
    showTheme();
    themeButton.addEventListener("click", () => {
      const theme = themes[(themes.indexOf(root.dataset.theme || "system") + 1) % themes.length];
      if (theme === "system") delete root.dataset.theme; else root.dataset.theme = theme;
      storage.set("asyncrules-theme", theme === "system" ? "" : theme);
      showTheme();
      live.textContent = `Colours: ${theme}`;
    });
  }
  for (const tools of document.querySelectorAll(".tools")) tools.hidden = false;

  // Copy buttons: the code without line numbers; of a difference, the new text.
  for (const file of document.querySelectorAll(".file")) {
    const code = file.querySelector("pre.code code");
    const bar = file.querySelector(".bar");
    if (!code || !bar || !navigator.clipboard) continue;
    const button = make("button", { type: "button", className: "copy", textContent: "Copy" });
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(`${code.textContent}\n`);
        button.textContent = "Copied";
        live.textContent = "Code copied";
      } catch {
        button.textContent = "Not allowed";
      }
      setTimeout(() => { button.textContent = "Copy"; }, 1600);
    });
    bar.querySelector(".anchor")?.before(button);
  }

  // The framework switch: one choice for the whole site, also in the address.
  const lens = document.querySelector("form.lens");
  if (lens) {
    const asyncioBased = ["aiohttp", "fastapi", "starlette", "django", "sqlalchemy", "httpx"];
    const inputs = [...lens.querySelectorAll("input")];
    const values = inputs.map((input) => input.value);
    const cures = [...document.querySelectorAll(".cure[data-framework]")];
    const instead = [...document.querySelectorAll(".calls [data-framework]")];
    const apply = (value) => {
      for (const cure of cures) cure.hidden = value !== "" && cure.dataset.framework !== value;
      const dialect = asyncioBased.includes(value) ? "asyncio" : value;
      const dialects = new Set(instead.map((item) => item.dataset.framework));
      for (const item of instead) {
        item.hidden = dialects.has(dialect) && item.dataset.framework !== dialect;
      }
    };
    const chosen = new URLSearchParams(location.search).get("framework")
      || storage.get("asyncrules-framework") || "";
    const start = values.includes(chosen) ? chosen
      : asyncioBased.includes(chosen) && values.includes("asyncio") ? "asyncio" : "";
    // A link into a section shows that section, whatever was chosen before.
    const target = document.getElementById(location.hash.slice(1));
    const hidesTarget = target?.closest(".cure") && start
      && target.closest(".cure").dataset.framework !== start;
    for (const input of inputs) input.checked = input.value === (hidesTarget ? "" : start);
    apply(hidesTarget ? "" : start);
    lens.hidden = false;
    const showTarget = () => {
      const section = document.getElementById(location.hash.slice(1))?.closest(".cure");
      if (!section?.hidden) return;
      for (const input of inputs) input.checked = input.value === "";
      apply("");
      section.scrollIntoView();
    };
    addEventListener("hashchange", showTarget);
    lens.addEventListener("change", () => {
      const value = inputs.find((input) => input.checked).value;
      apply(value);
      storage.set("asyncrules-framework", value);
      const address = new URL(location.href);
      if (value) address.searchParams.set("framework", value);
      else address.searchParams.delete("framework");
      history.replaceState(null, "", address);
    });
  }

  // Search.
  let records;
  const prepare = () => {
    records ??= (window.asyncrulesSearch || []).map((record) => ({
      ...record,
      calls: record.calls.flatMap((group) => {
        const [owner, ...names] = group.split(" ");
        return names.map((name) => owner + name);
      }),
    }));
    return records;
  };
  const normal = (text) => text.toLowerCase();

  // How well one word fits a record, and why.
  const fit = (record, word) => {
    let best = { score: 0 };
    const offer = (score, reason) => { if (score > best.score) best = { score, reason }; };
    const among = (texts, exact, partial, label) => {
      for (const text of texts) {
        const candidate = normal(text);
        if (candidate === word || candidate.endsWith(` ${word}`) || candidate.endsWith(`:${word}`)) {
          offer(exact, [label, text]);
        } else if (candidate.includes(word)) {
          const starts = candidate.startsWith(word) || candidate.includes(`.${word}`);
          offer(starts ? partial + 3 : partial, [label, text]);
        }
      }
    };
    const code = normal(record.code);
    if (code === word) offer(100); else if (code.startsWith(word)) offer(60);
    if (normal(record.name) === word) offer(90); else if (normal(record.name).includes(word)) offer(42);
    const title = normal(record.title);
    if (title.startsWith(word)) offer(55);
    else if (title.includes(` ${word}`)) offer(50);
    else if (title.includes(word)) offer(40);
    among(record.aliases, 95, 45, "also");
    among(record.calls, 80, 34, "call");
    among(record.symptoms, 60, 30, "message");
    among(record.tags, 48, 28, "tag");
    if (normal(record.summary).includes(word)) offer(20);
    return best;
  };
  // Every word must fit; a whole phrase that fits counts more.
  const search = (query) => {
    const words = normal(query).split(/\s+/).filter(Boolean);
    if (!words.length) return prepare().map((record) => ({ record, score: 0 }));
    const phrase = words.join(" ");
    const results = [];
    for (const record of prepare()) {
      let score = 0;
      let reason;
      const whole = fit(record, phrase);
      if (whole.score) {
        score = whole.score * 2;
        reason = whole.reason;
      } else {
        for (const word of words) {
          const one = fit(record, word);
          if (!one.score) { score = 0; break; }
          score += one.score / words.length;
          reason ??= one.reason;
        }
      }
      if (score) results.push({ record, score, reason });
    }
    return results.sort((a, b) => b.score - a.score || (a.record.code < b.record.code ? -1 : 1));
  };
  const reasonElement = ([label, text]) => {
    const shown = label === "tag" ? make("span", {}, text) : make("code", {}, text);
    const words = { also: "known as ", call: "", message: "", tag: "tagged " };
    return make("p", { className: "reason" }, words[label], shown);
  };

  // The dialog that searches from any page.
  const loadData = () => new Promise((resolve) => {
    if (window.asyncrulesSearch) { resolve(); return; }
    const script = document.createElement("script");
    script.src = root.dataset.search;
    script.onload = resolve;
    script.onerror = resolve;
    document.head.append(script);
  });
  let dialog;
  const openSearch = async () => {
    if (!dialog) {
      const input = make("input", {
        type: "search", autocomplete: "off", spellcheck: false, role: "combobox",
        placeholder: "A call, a message, a code of any linter",
        "aria-label": "Search the rules", "aria-controls": "palette-list",
        "aria-expanded": "true", "aria-autocomplete": "list",
      });
      const list = make("ul", { id: "palette-list", role: "listbox", "aria-label": "Rules" });
      const hint = make("p", { className: "hint" },
        make("kbd", {}, "↑"), " ", make("kbd", {}, "↓"), " choose ",
        make("kbd", {}, "Enter"), " open ", make("kbd", {}, "Esc"), " close");
      const count = make("p", { className: "sr-only", role: "status" });
      dialog = make("dialog", { className: "palette", "aria-label": "Search" },
        input, list, count, hint);
      document.body.append(dialog);
      let active = 0;
      const activate = (index) => {
        const options = list.querySelectorAll("[role=option]");
        if (!options.length) { input.removeAttribute("aria-activedescendant"); return; }
        active = (index + options.length) % options.length;
        options.forEach((option, position) => {
          option.setAttribute("aria-selected", String(position === active));
        });
        input.setAttribute("aria-activedescendant", options[active].id);
        options[active].scrollIntoView({ block: "nearest" });
      };
      const show = () => {
        const results = search(input.value).slice(0, 30);
        list.replaceChildren(...results.map(({ record, reason }, index) => {
          const link = make("a", { href: base + record.path, tabIndex: -1 },
            make("span", { className: "code-name" }, record.code), " ",
            make("span", { className: "title" }, record.title));
          const option = make("li", { id: `option-${index}`, role: "option" }, link);
          if (reason) option.append(reasonElement(reason));
          option.addEventListener("click", () => { location.href = link.href; });
          return option;
        }));
        if (!results.length) {
          list.replaceChildren(make("li", { className: "empty", role: "presentation" },
            "No rule knows this. Try a shorter name, such as the module alone."));
        }
        count.textContent = results.length === 1 ? "1 rule" : `${results.length} rules`;
        activate(0);
      };
      input.addEventListener("input", show);
      input.addEventListener("keydown", (event) => {
        if (event.key === "ArrowDown") { event.preventDefault(); activate(active + 1); }
        if (event.key === "ArrowUp") { event.preventDefault(); activate(active - 1); }
        if (event.key === "Enter") {
          event.preventDefault();
          list.querySelector("[aria-selected=true] a")?.click();
        }
      });
      dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
      dialog.addEventListener("open-search", show);
    }
    dialog.showModal();
    const input = dialog.querySelector("input");
    input.focus();
    input.select();
    await loadData();
    dialog.dispatchEvent(new Event("open-search"));
  };
  document.querySelector(".search-open")?.addEventListener("click", () => {
    const field = document.getElementById("query");
    if (field) field.focus(); else openSearch();
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=radio],[type=checkbox]),select,textarea");
    const isShortcut = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isShortcut || typing) return;
    event.preventDefault();
    const field = document.getElementById("query");
    if (field) { field.focus(); field.select(); } else openSearch();
  });

  // The list of all rules: search, filters and their state in the address.
  const form = document.querySelector("form.filters");
  if (!form) return;
  const groups = [...document.querySelectorAll("section.group")];
  const items = new Map();
  for (const item of document.querySelectorAll("li.rule")) {
    items.set(item.dataset.code, { item, list: item.parentElement, group: item.closest("section") });
  }
  const ranked = make("ul", { className: "rules ranked" });
  ranked.hidden = true;
  const empty = make("div", { className: "empty" });
  empty.hidden = true;
  const reset = make("button", { type: "button", textContent: "Show all rules" });
  empty.append(make("p", {}, "No rule fits. Try the module alone, or fewer filters."), reset);
  document.querySelector(".groups").before(ranked, empty);
  const countText = document.getElementById("count");
  const names = ["q", "group", "severity", "framework", "fixable"];
  const control = (name) => form.elements.namedItem(name);
  const valueOf = (name) => {
    const field = control(name);
    return field.type === "checkbox" ? (field.checked ? field.value : "") : field.value.trim();
  };
  const update = () => {
    const query = valueOf("q");
    const matches = new Map(search(query).map((result) => [result.record.code, result]));
    const passes = ({ item, group }) =>
      (!valueOf("group") || group.dataset.group === valueOf("group"))
      && (!valueOf("severity") || item.dataset.severity === valueOf("severity"))
      && (!valueOf("framework") || item.dataset.frameworks.split(" ").includes(valueOf("framework")))
      && (!valueOf("fixable") || item.dataset.fix !== "none");
    let count = 0;
    for (const [code, entry] of items) {
      const visible = matches.has(code) && passes(entry);
      entry.item.hidden = !visible;
      if (visible) count += 1;
      entry.item.querySelector(".reason")?.remove();
      entry.list.append(entry.item);
    }
    if (query) {
      for (const [code, { reason }] of matches) {
        const entry = items.get(code);
        if (!entry || entry.item.hidden) continue;
        if (reason) entry.item.querySelector("p").after(reasonElement(reason));
        ranked.append(entry.item);
      }
    }
    ranked.hidden = !query || count === 0;
    empty.hidden = count > 0;
    for (const group of groups) {
      group.hidden = Boolean(query) || ![...group.querySelectorAll("li.rule")].some((i) => !i.hidden);
    }
    countText.textContent = count === items.size ? `All ${count} rules`
      : `${count} of ${items.size} rules`;
    const address = new URL(location.href);
    for (const name of names) {
      if (valueOf(name)) address.searchParams.set(name, valueOf(name));
      else address.searchParams.delete(name);
    }
    if (address.href !== location.href) history.replaceState(null, "", address);
  };
  const restore = () => {
    const parameters = new URLSearchParams(location.search);
    for (const name of names) {
      const field = control(name);
      const value = parameters.get(name) || "";
      if (field.type === "checkbox") field.checked = value !== "";
      else field.value = value;
      if (field.tagName === "SELECT" && field.selectedIndex < 0) field.value = "";
    }
  };
  reset.addEventListener("click", () => { form.reset(); update(); control("q").focus(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", update);
  const visibleLinks = () => [...document.querySelectorAll("li.rule > a")]
    .filter((link) => link.getClientRects().length > 0);
  addEventListener("keydown", (event) => {
    const inField = event.target === control("q");
    const links = visibleLinks();
    const position = links.indexOf(document.activeElement);
    if (!inField && position < 0) return;
    if (event.key === "ArrowDown") {
      event.preventDefault();
      links[Math.min(position + 1, links.length - 1)]?.focus();
    } else if (event.key === "ArrowUp" && !inField) {
      event.preventDefault();
      if (position === 0) control("q").focus(); else links[position - 1].focus();
    } else if (event.key === "Enter" && inField) {
      event.preventDefault();
      links[0]?.click();
    } else if (event.key === "Escape" && position >= 0) {
      control("q").focus();
    }
  });
  restore();
  form.hidden = false;
  update();
})();
