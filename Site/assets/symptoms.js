// Finds the messages of the page in a pasted text. Without it the page is a list.
(() => {
  const form = document.querySelector("form.paste");
  const list = document.querySelector("dl.messages");
  if (!form || !list) return;
  const field = form.querySelector("textarea");
  const status = form.querySelector("[role=status]");

  // A message as an expression; the type before it may be written in different ways.
  const expression = (pattern) => {
    const colon = pattern.indexOf(": ");
    const rest = pattern.slice(colon + 2);
    const hasType = colon > 0 && !pattern.slice(0, colon).includes(" ");
    const letters = rest.replace(/[^\p{L}]/gu, "").length;
    const message = hasType && letters >= 12 ? rest : pattern;
    const parts = message.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return { expression: new RegExp(parts.join(".*"), "u"), weight: message.length };
  };
  const entries = [...list.querySelectorAll("dt")].map((term, order) => ({
    term, order, definition: term.nextElementSibling, ...expression(term.textContent),
  }));

  const search = () => {
    const text = field.value.trim();
    const lines = text.split("\n").filter((line) => line.trim());
    const found = entries.filter(({ term, expression }) => lines.some((line) =>
      expression.test(line)
        || (line.trim().length >= 6
          && term.textContent.toLowerCase().includes(line.trim().toLowerCase()))));
    const shown = text ? found : entries;
    const order = text ? (a, b) => b.weight - a.weight : (a, b) => a.order - b.order;
    for (const { term, definition } of entries) {
      term.hidden = true;
      definition.hidden = true;
    }
    for (const { term, definition } of [...shown].sort(order)) {
      term.hidden = false;
      definition.hidden = false;
      list.append(term, definition);
    }
    status.textContent = !text ? ""
      : found.length === 0 ? "No message here is in this text."
        : found.length === 1 ? "1 message" : `${found.length} messages`;
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", search);
})();
