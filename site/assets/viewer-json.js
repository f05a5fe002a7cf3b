"use strict";
// Lays out JSON text without reading it into values: numbers, escapes and repeated keys stay as they were written.
// layout(text) gives lines {indent, text, path, closes}, or null where the text is no JSON, or too long or deep. Nothing here touches the page.
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

  // The same text as fcbench's own paths: $.files[0].name
  const renderPath = (path) =>
    path.reduce((text, key) => (typeof key === "number" ? `${text}[${key}]` : step(text, key)), "$");

  return { layout, renderPath };
})();
