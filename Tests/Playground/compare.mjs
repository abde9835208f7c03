// Checks every example of the rules with the checker as WebAssembly, as a native program and
// through the command line, and compares what they print, byte for byte.
//
// Usage: node compare.mjs CASES PLAYGROUND.wasm PLAYGROUND ASYNCRULES
// CASES is what playground-cases prints.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const paths = process.argv.slice(2).map((path) => resolve(path));
const [casesPath, wasmPath, playground, asyncrules] = paths;
const { table, examples } = JSON.parse(readFileSync(casesPath, "utf8"));
const module = new WebAssembly.Module(readFileSync(wasmPath));

/** The request as `PlaygroundRequest` reads it. */
function encode(table, files) {
  const parts = [];
  const number = (value) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    parts.push(bytes);
  };
  const text = (value) => {
    const bytes = Buffer.from(value, "utf8");
    number(bytes.length);
    parts.push(bytes);
  };
  text(table);
  number(files.length);
  for (const file of files) {
    text(file.path);
    number(file.isNotebook ? 1 : 0);
    text(file.text);
  }
  return Buffer.concat(parts);
}

/** What the WebAssembly module answers, in an instance of its own. */
function wasmAnswer(request) {
  const { memory, allocate, check } = new WebAssembly.Instance(module, {}).exports;
  const address = allocate(request.length) >>> 0;
  new Uint8Array(memory.buffer, address, request.length).set(request);
  const answer = check(address, request.length) >>> 0;
  const length = new DataView(memory.buffer).getUint32(answer, true);
  return Buffer.from(new Uint8Array(memory.buffer, answer + 4, length));
}

/** One instance for all requests, as the website uses it: its memory is put back before each. */
const prepared = (() => {
  const { memory, allocate, prepare, check, look } = new WebAssembly.Instance(module, {}).exports;
  const put = (bytes) => {
    const address = allocate(bytes.length) >>> 0;
    new Uint8Array(memory.buffer, address, bytes.length).set(bytes);
    return address;
  };
  const bytes = Buffer.from(table, "utf8");
  if (prepare(put(bytes), bytes.length) !== 1) throw new Error("the rule table is not accepted");
  const ready = new Uint8Array(memory.buffer.slice(0));
  const ask = (question, bytes) => {
    new Uint8Array(memory.buffer, 0, ready.length).set(ready);
    const answer = question(put(bytes), bytes.length) >>> 0;
    const length = new DataView(memory.buffer).getUint32(answer, true);
    return Buffer.from(new Uint8Array(memory.buffer, answer + 4, length));
  };
  return { check: (bytes) => ask(check, bytes), look: (text) => ask(look, Buffer.from(text, "utf8")) };
})();

/** Says what is wrong with the tokens and the tree of a text; they must nest and lie within it. */
function faultOfLook(text) {
  const answer = prepared.look(text);
  const size = Buffer.byteLength(text, "utf8");
  let position = 0;
  const number = () => answer.readUInt32LE((position += 4) - 4);
  let end = 0;
  for (let count = number(); count > 0; count -= 1) {
    const [, start, stop] = [number(), number(), number()];
    if (start < end || stop <= start || stop > size) return "tokens overlap or leave the text";
    end = stop;
  }
  const open = [];
  for (let count = number(); count > 0; count -= 1) {
    const [, depth, start, stop] = [number(), number(), number(), number()];
    if (depth > open.length || (depth === 0) !== (open.length === 0)) return "depths skip";
    open.length = depth;
    if (stop < start || stop > size) return "a node leaves the text";
    open.push(stop);
  }
  return position === answer.length ? null : "bytes are left";
}

/** What the native program answers. */
function nativeAnswer(request) {
  return execFileSync(playground, [], { input: request });
}

/** What `asyncrules check` prints for the files in a folder. */
function commandAnswer(files) {
  const folder = mkdtempSync(join(tmpdir(), "asyncrules-"));
  try {
    for (const file of files) {
      mkdirSync(join(folder, dirname(file.path)), { recursive: true });
      writeFileSync(join(folder, file.path), file.text);
    }
    const result = spawnSync(
      asyncrules,
      ["check", "--select", "ALL", "--output-format", "json", ...files.map((file) => file.path)],
      { cwd: folder },
    );
    // 1 says that there are findings.
    if (result.status !== 0 && result.status !== 1) {
      throw new Error(`asyncrules check: ${result.stderr}`);
    }
    return result.stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let failures = 0;
let findings = 0;
let commands = 0;

function expectEqual(name, what, found, wanted) {
  if (found.equals(wanted)) return;
  failures += 1;
  console.error(`${name}: ${what}\n  wanted ${wanted}\n  found  ${found}`);
}

for (const { rule, example, files } of examples) {
  const name = `${rule}#${example}`;
  const request = encode(table, files);
  const native = nativeAnswer(request);
  findings += JSON.parse(native).length;
  expectEqual(name, "WebAssembly differs from the native program", wasmAnswer(request), native);
  const again = prepared.check(encode("", files));
  expectEqual(name, "a prepared instance differs from the native program", again, native);
  for (const file of files) {
    const fault = faultOfLook(file.text);
    if (fault) { failures += 1; console.error(`${name}: ${fault}`); }
  }
  // The command reads whole notebooks, and an example holds one cell.
  if (files.some((file) => file.isNotebook)) continue;
  commands += 1;
  expectEqual(name, "the native program differs from the command", native, commandAnswer(files));
}

// Code that cannot be decoded or parsed, awkward characters, and what is not a request at all.
const python = (text, path = "a.py") => encode(table, [{ path, text, isNotebook: false }]);
const hostile = [
  python("def (:\n  \t x = '\u{1F600}\\N{DASH}\n"),
  python("# coding: klingon\n"),
  python("(".repeat(5000)),
  python("x = " + "a.".repeat(20000) + "b\n"),
  python("x = " + "-".repeat(20000) + "b\n"),
  python("0x_ffff_ffff_ffff_ffff 0b12 1e999 99999999999999999999\n"),
  python("import time\nasync def f(): time.sleep(1)\n", 'q"\n\u{7F}é.py'),
  encode(table, []),
  encode("no table", []),
  Buffer.from([255, 255, 255, 255]),
  Buffer.alloc(0),
];
for (const [index, request] of hostile.entries()) {
  const what = "WebAssembly differs from the native program";
  expectEqual(`hostile request ${index}`, what, wasmAnswer(request), nativeAnswer(request));
}

/** The milliseconds that checking 500 lines of examples again takes, the median of many times. */
function recheckTime() {
  const lines = [];
  for (const { files } of examples) {
    for (const file of files) {
      if (file.path.endsWith(".py") && lines.length < 500) lines.push(...file.text.split("\n"));
    }
  }
  const request = encode("", [
    { path: "a.py", text: lines.slice(0, 500).join("\n") + "\n", isNotebook: false },
  ]);
  const times = Array.from({ length: 41 }, () => {
    const start = performance.now();
    prepared.check(request);
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[20];
}
const recheck = recheckTime();
console.log(`500 lines are checked again in ${recheck.toFixed(1)} ms`);

console.log(
  `${examples.length} examples with ${findings} findings and ${hostile.length} hostile requests: ` +
    `WebAssembly and native program; ${commands} of them also with the command; ${failures} differ`,
);
if (failures > 0 || findings === 0) process.exit(1);
