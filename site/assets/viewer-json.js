"use strict";
// Lays out JSON text without reading it into values: numbers, escapes and repeated keys stay as they were written.
// layout(text) gives lines {indent, text, path, closes}, or null where the text is no JSON, or too long or deep;
// tree(text) gives nodes {kind, path, raw(), parts} of the same, null likewise. Nothing here touches the page.
globalThis.fcbenchJson = (() => {
  const TOKEN = /[{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+/gs;
  const PLAIN = /^[A-Za-z_$][A-Za-z0-9_$]*$/;
  const MAX_DEPTH = 200;
  const MAX_TEXT = 2_000_000;
  const isJson = (text) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const step = (path, key) => `${path}${PLAIN.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`}`;

  const layout = (text) => {
    if (text.length > MAX_TEXT || !isJson(text)) return null;
    const tokens = text.match(TOKEN) ?? [];
    const lines = [];
    const stack = [];
    let line = { indent: 0, text: "", path: "$" };
    const place = () => {
      const top = stack.at(-1);
      if (top === undefined) return "$";
      return top.array ? `${top.path}[${top.index}]` : step(top.path, top.key ?? "");
    };
    const end = (indent, path) => {
      lines.push(line);
      line = { indent, text: "", path };
    };
    for (const [i, token] of tokens.entries()) {
      const top = stack.at(-1);
      if (stack.length > MAX_DEPTH) return null;
      if (token === "{" || token === "[") {
        const path = place();
        line.path = path;
        line.text += token;
        stack.push({ path, array: token === "[", index: 0, key: null });
        const empty = tokens[i + 1] === "}" || tokens[i + 1] === "]";
        if (!empty) end(stack.length, path);
      } else if (token === "}" || token === "]") {
        const closed = stack.pop();
        const empty = tokens[i - 1] === "{" || tokens[i - 1] === "[";
        if (!empty) end(stack.length, closed.path);
        line.closes = !empty;
        line.text += token;
      } else if (token === ",") {
        line.text += ",";
        if (top.array) top.index += 1;
        else top.key = null;
        end(stack.length, top.path);
      } else if (token === ":") {
        line.text += ": ";
      } else if (top !== undefined && !top.array && tokens[i + 1] === ":" && top.key === null) {
        top.key = JSON.parse(token);
        line.path = place();
        line.text += token;
      } else {
        line.path = place();
        line.text += token;
      }
    }
    lines.push(line);
    return lines;
  };

  // The parts of an object are [key, node] in the order of the text, those of an array are nodes.
  const tree = (text) => {
    if (layout(text) === null) return null;
    const tokens = text.match(TOKEN) ?? [];
    let at = 0;
    const node = (kind, path, from, parts) => {
      const to = at;
      let joined;
      return { kind, path, parts, raw: () => (joined ??= tokens.slice(from, to).join("")) };
    };
    const read = (path) => {
      const from = at;
      const open = tokens[at];
      at += 1;
      if (open !== "{" && open !== "[") return node("scalar", path, from, []);
      const parts = [];
      while (tokens[at] !== "}" && tokens[at] !== "]") {
        if (tokens[at] === ",") at += 1;
        parts.push(open === "[" ? read(`${path}[${parts.length}]`) : member(path));
      }
      at += 1;
      return node(open === "[" ? "array" : "object", path, from, parts);
    };
    const member = (path) => {
      const key = JSON.parse(tokens[at]);
      at += 2;
      return [key, read(step(path, key))];
    };
    return read("$");
  };

  // The same text as fcbench's own paths: $.files[0].name
  const renderPath = (path) =>
    path.reduce((text, key) => (typeof key === "number" ? `${text}[${key}]` : step(text, key)), "$");

  return { layout, tree, renderPath };
})();
