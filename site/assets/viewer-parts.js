"use strict";
// The parts that the viewer builds its page of. Everything in a transcript is hostile: it reaches the page as
// textContent and as nothing else, characters that hide or turn text written out.
globalThis.fcbenchParts = (() => {
  const { layout, renderPath } = globalThis.fcbenchJson;
  const { offset } = globalThis.fcbenchReply;
  const MAX_LINES = 4000;
  const MAX_TEXT = 1_000_000;
  const MAX_WIDTH = 400;
  const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
  const show = (text) =>
    String(text).replace(HIDDEN, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

  const el = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== null) node.setAttribute(key, String(value));
    }
    for (const child of children.flat()) {
      if (child === null || child === undefined) continue;
      node.append(child instanceof Node ? child : document.createTextNode(show(child)));
    }
    return node;
  };
  const words = (name) => name.replaceAll("_", " ");
  const badge = (outcome) => {
    const known = /^[a-z_]+$/.test(outcome) ? outcome : "fault";
    return el("span", { class: `fcb-outcome fcb-o-${known}` }, words(outcome));
  };
  const cut = (text, limit) =>
    text.length > limit ? `${text.slice(0, limit)}\n… ${(text.length - limit).toLocaleString("en")} more characters` : text;
  const pre = (text) => el("pre", { class: "fcb-text", tabindex: 0 }, cut(text, MAX_TEXT));
  const fold = (title, open, ...children) => {
    const node = el("details", {}, el("summary", {}, title), ...children);
    node.open = open;
    return node;
  };
  const plural = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
  const note = (...children) => el("p", { class: "fcb-note" }, ...children);

  // Feedback: its quoted lines with the caret under them must not be wrapped, all else may be.
  const feedback = (text) => {
    const box = el("pre", { class: "fcb-text", tabindex: 0 });
    const lines = text.split("\n");
    const isQuoted = (line) => line?.startsWith(">") ?? false;
    let from = 0;
    lines.forEach((line, i) => {
      if (i + 1 < lines.length && isQuoted(line) === isQuoted(lines[i + 1])) return;
      const run = lines.slice(from, i + 1).join("\n") + (i + 1 < lines.length ? "\n" : "");
      box.append(isQuoted(line) ? el("span", { class: "fcb-excerpt", tabindex: 0 }, run) : el("span", { class: "fcb-lines" }, run));
      from = i + 1;
    });
    return box;
  };

  // Numbered lines {text, marks}, a bounded number at once.
  const listing = (lines, label) => {
    const box = el("div", { class: "fcb-json", tabindex: 0, role: "group", "aria-label": label });
    const list = el("ol");
    box.append(list);
    const add = (from, to) => {
      for (const { text, marks } of lines.slice(from, to)) {
        const item = el("li", { class: marks ? "fcb-faulty" : null }, text);
        for (const mark of marks ?? []) item.append(el("span", { class: "fcb-mark" }, `${mark.code}: ${mark.message}`));
        list.append(item);
      }
    };
    add(0, MAX_LINES);
    if (lines.length > MAX_LINES) {
      const more = el("button", { type: "button", class: "md-button" }, `Show ${plural(lines.length - MAX_LINES, "more line")}`);
      more.addEventListener("click", () => {
        more.remove();
        add(MAX_LINES, lines.length);
      });
      box.append(more);
    }
    return box;
  };
  // What is missing has no line of its own: it is marked at the nearest place around it that has one.
  const marksByPath = (lines, diagnostics) => {
    const known = new Set(lines.filter((line) => !line.closes).map((line) => line.path));
    const at = new Map();
    for (const d of diagnostics) {
      const path = [...d.path];
      while (path.length > 0 && !known.has(renderPath(path))) path.pop();
      const name = renderPath(path);
      at.set(name, [...(at.get(name) ?? []), d]);
    }
    return at;
  };
  const jsonView = (text, lines, diagnostics) => {
    const at = marksByPath(lines, diagnostics);
    const shown = lines.map((line) => {
      const marks = line.closes ? undefined : at.get(line.path);
      if (marks !== undefined) at.delete(line.path);
      return { text: "  ".repeat(line.indent) + line.text, marks };
    });
    return [listing(shown, "The answer, formatted"), fold(`As it came, ${plural(text.length, "character")}`, false, pre(text))];
  };
  // A text of one long line is wrapped, and the first place marked in it.
  const wrapped = (text, places) => {
    const at = places.length > 0 ? offset(text, places[0]) : null;
    if (at === null || text.length > MAX_TEXT) return pre(text);
    const width = text.codePointAt(at) > 0xffff ? 2 : 1;
    const here = at < text.length ? text.slice(at, at + width) : " ";
    const mark = el("mark", { class: "fcb-here", title: show(`${places[0].code}: ${places[0].message}`) }, here);
    return el("pre", { class: "fcb-text", tabindex: 0 }, text.slice(0, at), mark, text.slice(at + width));
  };
  const textView = (text, places) => {
    const lines = text.split("\n");
    if (lines.length < 3 || lines.some((line) => line.length > MAX_WIDTH)) return wrapped(text, places);
    const found = (i) => places.filter((place) => place.line === i + 1);
    return listing(
      lines.map((line, i) => ({ text: line, marks: found(i).length > 0 ? found(i) : undefined })),
      "The answer, line by line",
    );
  };
  // A text that was judged, laid out, what was found marked at its place.
  const judgedView = (text, diagnostics, places) => {
    const lines = layout(text);
    if (lines !== null) return jsonView(text, lines, diagnostics);
    const where = places.map((place) => `line ${place.line}, column ${place.column.toLocaleString("en")}`);
    const said = where.length > 0 ? `Marked: ${where.slice(0, 3).join("; ")}${where.length > 3 ? " and more" : ""}.` : null;
    return [said && note(said), textView(text, places)];
  };
  // Brings what is marked into sight inside its box, without moving the page.
  const reveal = (root) => {
    for (const mark of root.querySelectorAll(".fcb-json .fcb-faulty, .fcb-here")) {
      const box = mark.closest(".fcb-json, pre");
      if (box.querySelector(".fcb-faulty, .fcb-here") !== mark) continue;
      box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - 72;
    }
    for (const excerpt of root.querySelectorAll(".fcb-excerpt")) {
      const lines = excerpt.textContent.trimEnd().split("\n");
      const place = lines.at(-1).indexOf("^") / Math.max(...lines.map((line) => line.length));
      excerpt.scrollLeft = place * excerpt.scrollWidth - excerpt.clientWidth / 2;
    }
  };

  return { el, words, badge, pre, fold, plural, note, feedback, judgedView, reveal };
})();
