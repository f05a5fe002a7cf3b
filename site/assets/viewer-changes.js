"use strict";
// What changed from one reply to the next: a list of {place, was, is}, where one of the two may be absent.
// JSON is compared member by member, as written: 1.0 is not 1. Other text is compared by lines, or by characters where
// it is one line. Nothing here touches the page.
globalThis.fcbenchChanges = (() => {
  const { tree } = globalThis.fcbenchJson;
  const MAX_CELLS = 250_000;

  // Pairs of places in two lists of texts, in order: what is equal meets, what lies between meets as far as it goes.
  const align = (a, b) => {
    let start = 0;
    while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
    let end = 0;
    while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
    const pairs = [];
    let [i, j] = [start, start];
    const gap = (toI, toJ) => {
      for (; i < toI || j < toJ; ) pairs.push([i < toI ? i++ : undefined, j < toJ ? j++ : undefined]);
    };
    for (const [x, y] of common(a.slice(start, a.length - end), b.slice(start, b.length - end))) {
      gap(start + x, start + y);
      i += 1;
      j += 1;
    }
    gap(a.length - end, b.length - end);
    return pairs;
  };
  // The longest common part of two lists, as pairs of places; none where that would take too long to find.
  const common = (a, b) => {
    if (a.length * b.length > MAX_CELLS) return [];
    const width = b.length + 1;
    const longest = new Uint32Array((a.length + 1) * width);
    for (let i = a.length - 1; i >= 0; i -= 1) {
      for (let j = b.length - 1; j >= 0; j -= 1) {
        const at = i * width + j;
        longest[at] = a[i] === b[j] ? longest[at + width + 1] + 1 : Math.max(longest[at + width], longest[at + 1]);
      }
    }
    const pairs = [];
    let [i, j] = [0, 0];
    while (i < a.length && j < b.length) {
      if (a[i] === b[j]) pairs.push([i++, j++]);
      else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) i += 1;
      else j += 1;
    }
    return pairs;
  };

  const compare = (a, b, found) => {
    if (a.raw() === b.raw()) return;
    if (a.kind === "object" && b.kind === "object") return members(a, b, found);
    if (a.kind === "array" && b.kind === "array") return items(a, b, found);
    found.push({ place: b.path, was: a.raw(), is: b.raw() });
  };
  const either = (a, b, found) => {
    if (a !== undefined && b !== undefined) compare(a, b, found);
    else found.push({ place: (b ?? a).path, was: a?.raw(), is: b?.raw() });
  };
  // A key that is there twice is met by its second self.
  const named = (node) => {
    const parts = new Map();
    for (const [key, part] of node.parts) {
      let n = 0;
      while (parts.has(`${n} ${key}`)) n += 1;
      parts.set(`${n} ${key}`, part);
    }
    return parts;
  };
  const members = (a, b, found) => {
    const [was, is] = [named(a), named(b)];
    for (const name of new Set([...was.keys(), ...is.keys()])) either(was.get(name), is.get(name), found);
  };
  const items = (a, b, found) => {
    const raws = (node) => node.parts.map((part) => part.raw());
    for (const [i, j] of align(raws(a), raws(b))) either(a.parts[i], b.parts[j], found);
  };

  const lines = (a, b) =>
    align(a, b).map(([i, j]) => ({ place: `line ${(j ?? i) + 1}`, was: a[i], is: b[j] }));
  const characters = (a, b) => {
    let start = 0;
    while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
    let end = 0;
    while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
    const middle = (text) => text.slice(start, text.length - end) || undefined;
    return [{ place: `character ${(start + 1).toLocaleString("en")}`, was: middle(a), is: middle(b) }];
  };

  const changes = (before, after) => {
    if (before === after) return [];
    const [a, b] = [tree(before), tree(after)];
    if (a !== null && b !== null) {
      const found = [];
      compare(a, b, found);
      return found;
    }
    const [was, is] = [before.split("\n"), after.split("\n")];
    return was.length > 2 && is.length > 2 ? lines(was, is) : characters(before, after);
  };

  return { changes };
})();
