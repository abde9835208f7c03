// Search: the dialog that opens on any page, and the list of all rules with its filters.
(() => {
  const { make, words, say } = window.asyncrules;
  const base = document.documentElement.dataset.root || "";
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
    const parts = normal(query).split(/\s+/).filter(Boolean);
    if (!parts.length) return prepare().map((record) => ({ record, score: 0 }));
    const phrase = parts.join(" ");
    const results = [];
    for (const record of prepare()) {
      let score = 0;
      let reason;
      const whole = fit(record, phrase);
      if (whole.score) {
        score = whole.score * 2;
        reason = whole.reason;
      } else {
        for (const word of parts) {
          const one = fit(record, word);
          if (!one.score) { score = 0; break; }
          score += one.score / parts.length;
          reason ??= one.reason;
        }
      }
      if (score) results.push({ record, score, reason });
    }
    return results.sort((a, b) => b.score - a.score || (a.record.code < b.record.code ? -1 : 1));
  };
  const reasonElement = ([label, text]) => {
    const shown = label === "tag" ? make("span", {}, text) : make("code", {}, text);
    const openings = { also: words.knownAs, call: "", message: "", tag: words.tagged };
    return make("p", { className: "reason" }, openings[label], shown);
  };

  // The dialog that searches from any page.
  let dialog;
  const openSearch = () => {
    if (!dialog) {
      const input = make("input", {
        type: "search", autocomplete: "off", spellcheck: false, role: "combobox",
        placeholder: words.placeholder,
        "aria-label": words.searchRules, "aria-controls": "palette-list",
        "aria-expanded": "true", "aria-autocomplete": "list",
      });
      const list = make("ul", { id: "palette-list", role: "listbox", "aria-label": words.rules });
      const hint = make("p", { className: "hint" },
        make("kbd", {}, "↑"), " ", make("kbd", {}, "↓"), ` ${words.choose} `,
        make("kbd", {}, "Enter"), ` ${words.open} `, make("kbd", {}, "Esc"), ` ${words.close}`);
      const count = make("p", { className: "sr-only", role: "status" });
      dialog = make("dialog", { className: "palette", "aria-label": words.search },
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
          const option = make("li", { id: `option-${index}`, role: "option" },
            make("p", {}, make("span", { className: "code-name" }, record.code), " ",
              make("span", { className: "title" }, record.title)));
          if (reason) option.append(reasonElement(reason));
          option.addEventListener("click", () => { location.href = base + record.path; });
          return option;
        }));
        if (!results.length) {
          list.replaceChildren(make("li", { className: "empty", role: "presentation" },
            words.nothingKnown));
        }
        count.textContent = results.length === 1 ? words.oneRule : say("countRules", results.length);
        activate(0);
      };
      input.addEventListener("input", show);
      input.addEventListener("keydown", (event) => {
        if (event.key === "ArrowDown") { event.preventDefault(); activate(active + 1); }
        if (event.key === "ArrowUp") { event.preventDefault(); activate(active - 1); }
        if (event.key === "Enter") {
          event.preventDefault();
          list.querySelector("[aria-selected=true]")?.click();
        }
      });
      dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
      dialog.addEventListener("open-search", show);
    }
    dialog.showModal();
    const input = dialog.querySelector("input");
    input.focus();
    input.select();
    dialog.dispatchEvent(new Event("open-search"));
  };
  window.asyncrulesFind = { open: openSearch };

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
  const reset = make("button", { type: "button", textContent: words.showAll });
  empty.append(make("p", {}, words.nothingFits), reset);
  document.querySelector(".groups").before(ranked, empty);
  const countText = document.getElementById("count");
  const names = ["q", "group", "severity", "framework", "status", "tool", "fixable"];
  const control = (name) => form.elements.namedItem(name);
  const valueOf = (name) => {
    const field = control(name);
    if (!field) return "";
    return field.type === "checkbox" ? (field.checked ? field.value : "") : field.value.trim();
  };
  const update = () => {
    const query = valueOf("q");
    const matches = new Map(search(query).map((result) => [result.record.code, result]));
    const passes = ({ item, group }) =>
      (!valueOf("group") || group.dataset.group === valueOf("group"))
      && (!valueOf("severity") || item.dataset.severity === valueOf("severity"))
      && (!valueOf("framework") || item.dataset.frameworks.split(" ").includes(valueOf("framework")))
      && (!valueOf("status") || item.dataset.status === valueOf("status"))
      && (!valueOf("tool") || item.dataset.tools.split(" ").includes(valueOf("tool")))
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
    countText.textContent = count === items.size ? say("allRules", count)
      : say("someRules", count, items.size);
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
      if (!field) continue;
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
