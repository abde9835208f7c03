// Theme, copy buttons, framework switch, and what loads the rest when it is asked for. Everything
// is readable without it.
(() => {
  const root = document.documentElement;
  const data = root.dataset;
  const words = window.asyncrulesWords;
  /** The words of a name, with values in their places. */
  const say = (name, ...values) => words[name].replace(/\{(\d)\}/g, (_, index) => values[index]);
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

  const announce = (text) => { live.textContent = text; };
  const loaded = new Map();
  /** Loads a script of this site once. */
  const load = (source) => {
    if (!loaded.has(source)) {
      loaded.set(source, new Promise((resolve, reject) => {
        const script = make("script", { src: source, onload: resolve });
        script.onerror = () => { loaded.delete(source); reject(new Error(source)); };
        document.head.append(script);
      }));
    }
    return loaded.get(source);
  };
  const loadEditor = async () => {
    await load(data.checker);
    await window.asyncrulesChecker.load();
    await load(data.editor);
  };
  window.asyncrules = { make, words, say, announce, load, loadEditor };

  // The same page in another language opens at the same place, with the same filters.
  for (const link of document.querySelectorAll("a.language")) {
    link.addEventListener("click", () => {
      const target = new URL(link.href);
      target.search = location.search;
      target.hash = location.hash;
      link.href = target.href;
    });
  }

  // Theme: system, light, dark.
  const themeButton = document.querySelector("button.theme");
  const themes = ["system", "light", "dark"];
  const showTheme = () => {
    const theme = root.dataset.theme || "system";
    const next = themes[(themes.indexOf(theme) + 1) % themes.length];
    themeButton.dataset.state = theme;
    themeButton.setAttribute("aria-label", say("switchColours", words[theme], words[next]));
    themeButton.title = say("coloursAre", words[theme]);
  };
  if (themeButton) {
    showTheme();
    themeButton.addEventListener("click", () => {
      const theme = themes[(themes.indexOf(root.dataset.theme || "system") + 1) % themes.length];
      if (theme === "system") delete root.dataset.theme; else root.dataset.theme = theme;
      storage.set("asyncrules-theme", theme === "system" ? "" : theme);
      showTheme();
      announce(say("coloursAre", words[theme]));
    });
  }
  for (const tools of document.querySelectorAll(".tools")) tools.hidden = false;

  // A link to each section and example, for passing on; the contents of the page have them too.
  const linkTo = (id, label) => make("a", { className: "anchor", href: `#${id}`, "aria-label": label }, "#");
  for (const heading of document.querySelectorAll("article :is(h2, h3)[id]")) {
    if (!heading.querySelector("a")) heading.append(linkTo(heading.id, words.linkToSection));
  }
  for (const example of document.querySelectorAll("article .example[id]")) {
    example.querySelector(".bar")?.append(linkTo(example.id, words.linkToExample));
  }

  // Copy buttons: the code without line numbers; of a difference, the new text.
  for (const file of document.querySelectorAll(".file")) {
    const code = file.querySelector("pre.code code");
    const bar = file.querySelector(".bar");
    if (!code || !bar) continue;
    const actions = make("span", { className: "actions" });
    bar.append(actions);
    const anchor = bar.querySelector(".anchor");
    if (anchor) bar.append(anchor);
    if (data.checker) {
      const edit = make("button", {
        type: "button", className: "edit", title: words.editTitle, textContent: words.edit,
      });
      edit.addEventListener("click", async () => {
        edit.textContent = words.loading;
        try {
          await loadEditor();
          window.asyncrulesEditor.editExample(file);
          edit.textContent = words.edit;
        } catch {
          edit.textContent = words.edit;
          bar.after(make("p", { className: "notice", role: "alert" }, words.loadFailed));
        }
      });
      actions.append(edit);
    }
    if (!navigator.clipboard) continue;
    const button = make("button", { type: "button", className: "copy", textContent: words.copy });
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(
          file.asyncrulesEditor?.text ?? `${code.textContent}\n`);
        button.textContent = words.copied;
        announce(words.codeCopied);
      } catch {
        button.textContent = words.notAllowed;
      }
      setTimeout(() => { button.textContent = words.copy; }, 1600);
    });
    actions.append(button);
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

  // Links to examples, or to their lines, lead to the pages that the examples have moved to.
  const follow = () => {
    const id = location.hash.slice(1);
    for (const item of document.querySelectorAll(".elsewhere > li")) {
      if (id !== item.id && (document.getElementById(id) || !id.startsWith(`${item.id}-`))) continue;
      location.replace(item.querySelector("a").href.replace(/#.*/, location.hash));
    }
  };
  follow();
  addEventListener("hashchange", follow);

  // Search is loaded when it is opened.
  const openSearch = async () => {
    const field = document.getElementById("query");
    if (field) { field.focus(); field.select(); return; }
    await Promise.all([load(data.find), load(data.search)]);
    window.asyncrulesFind.open();
  };
  document.querySelector(".search-open")?.addEventListener("click", openSearch);
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=radio],[type=checkbox]),select,textarea");
    const isShortcut = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isShortcut || typing) return;
    event.preventDefault();
    openSearch();
  });
})();
