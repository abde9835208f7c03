// The checker as WebAssembly. Loaded when code is edited for the first time, never before.
(() => {
  const data = document.documentElement.dataset;
  const loadScript = (source) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = resolve;
    script.onerror = () => reject(new Error(source));
    document.head.append(script);
  });

  // Pages opened as files cannot fetch; for them the module comes as a script.
  const moduleBytes = async () => {
    if (location.protocol !== "file:") {
      const answer = await fetch(data.wasm);
      if (!answer.ok) throw new Error(`${answer.status} ${data.wasm}`);
      return answer.arrayBuffer();
    }
    await loadScript(data.wasmScript);
    return Uint8Array.from(atob(window.asyncrulesModule), (character) => character.charCodeAt(0));
  };

  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  let module;
  let machine;

  // A machine hands out memory and takes none back, so before each question its memory is written
  // back as it was when the rules had been read.
  const start = () => {
    const { memory, allocate, prepare, check, look } = new WebAssembly.Instance(module, {}).exports;
    const put = (bytes) => {
      const address = allocate(bytes.length) >>> 0;
      new Uint8Array(memory.buffer, address, bytes.length).set(bytes);
      return address;
    };
    const table = encoder.encode(window.asyncrulesTable.table);
    if (prepare(put(table), table.length) !== 1) throw new Error("rule table");
    const ready = new Uint8Array(memory.buffer.slice(0));
    const ask = (question, bytes) => {
      new Uint8Array(memory.buffer, 0, ready.length).set(ready);
      const answer = question(put(bytes), bytes.length) >>> 0;
      const length = new DataView(memory.buffer).getUint32(answer, true);
      return memory.buffer.slice(answer + 4, answer + 4 + length);
    };
    return { check: (bytes) => ask(check, bytes), look: (bytes) => ask(look, bytes) };
  };
  const ask = (question, bytes) => {
    try {
      machine ??= start();
      return machine[question](bytes);
    } catch (error) {
      machine = undefined;
      throw error;
    }
  };

  // A request as Sources/Playground/PlaygroundRequest.swift reads it; an empty table means the
  // prepared one.
  const encode = (files) => {
    const texts = files.map((file) => [encoder.encode(file.path), encoder.encode(file.text)]);
    const size = texts.reduce((sum, [path, text]) => sum + 12 + path.length + text.length, 8);
    const bytes = new Uint8Array(size);
    const view = new DataView(bytes.buffer);
    let position = 0;
    const number = (value) => { view.setUint32(position, value, true); position += 4; };
    const text = (value) => { number(value.length); bytes.set(value, position); position += value.length; };
    number(0);
    number(files.length);
    texts.forEach(([path, content], index) => {
      text(path);
      number(files[index].path.endsWith(".ipynb") ? 1 : 0);
      text(content);
    });
    return bytes;
  };

  let loading;
  window.asyncrulesChecker = {
    /** Resolves when `check` and `look` can be called. */
    load() {
      loading ??= Promise.all([
        moduleBytes().then((bytes) => WebAssembly.compile(bytes)), loadScript(data.table),
      ]).then(([compiled]) => { module = compiled; machine = start(); });
      return loading;
    },
    /** The findings in files that may import one another, as the JSON of `asyncrules check`. */
    check: (files) => decoder.decode(ask("check", encode(files))),
    /** Coloured tokens, and syntax nodes each before its children; places are UTF-8 bytes. */
    look(text) {
      const numbers = new DataView(ask("look", encoder.encode(text)));
      let position = 0;
      const number = () => { position += 4; return numbers.getUint32(position - 4, true); };
      const records = (...names) => Array.from({ length: number() }, () => {
        const record = {};
        for (const name of names) record[name] = number();
        return record;
      });
      return {
        tokens: records("kind", "start", "end"),
        nodes: records("kind", "depth", "start", "end"),
      };
    },
    encoder,
  };
})();
