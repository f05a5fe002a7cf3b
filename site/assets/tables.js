"use strict";
// Sortable tables: every head cell of table[data-sortable] with data-sort ("text" or "number") becomes a button.
// A cell's value is its data-value, else its text. Empty values stay last either way.
// A box whose table fits is no box to scroll: its heads may stay in sight, and the keyboard need not stop there.
(() => {
  const value = (row, column, kind) => {
    const cell = row.cells[column];
    const text = cell === undefined ? "" : cell.dataset.value ?? cell.textContent.trim();
    if (kind !== "number") return text;
    return text === "" ? NaN : Number(text);
  };
  const compare = (a, b, kind, sign) => {
    if (kind === "number") {
      if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
      return sign * (a - b);
    }
    if (a === "" || b === "") return Number(a === "") - Number(b === "");
    return sign * a.localeCompare(b, "en", { numeric: true });
  };
  const sort = (table, head, column) => {
    const kind = head.dataset.sort;
    const first = kind === "number" ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const order = head.getAttribute("aria-sort") === first ? other : first;
    for (const cell of table.tHead.querySelectorAll("th[aria-sort]")) cell.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", order);
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    const keyed = rows.map((row) => [value(row, column, kind), row]);
    const sign = order === "ascending" ? 1 : -1;
    keyed.sort(([a], [b]) => compare(a, b, kind, sign));
    const body = table.tBodies[0];
    body.append(...keyed.map(([, row]) => row));
    for (const spare of [...table.tBodies].slice(1)) spare.remove();
  };
  // With a row of group heads above, a cell's column is counted over all rows of the head.
  const columns = (table) => {
    const taken = [];
    const places = new Map();
    [...table.tHead.rows].forEach((row, r) => {
      let c = 0;
      for (const cell of row.cells) {
        while (taken[r]?.[c]) c += 1;
        places.set(cell, c);
        for (let y = r; y < r + cell.rowSpan; y += 1) {
          taken[y] ??= [];
          for (let x = c; x < c + cell.colSpan; x += 1) taken[y][x] = true;
        }
        c += cell.colSpan;
      }
    });
    return places;
  };
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const places = columns(table);
    for (const head of table.tHead.querySelectorAll("th[data-sort]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "fcb-sort";
      head.classList.add("fcb-sortable");
      button.append(...head.childNodes);
      head.append(button);
      if (!head.hasAttribute("aria-sort")) head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => sort(table, head, places.get(head)));
    }
  }
  const SCROLLS = { tabindex: "0", role: "group", "aria-label": "Table, scrolls sideways" };
  const fit = (box) => {
    const fits = box.firstElementChild.offsetWidth <= box.clientWidth;
    box.classList.toggle("fcb-fits", fits);
    for (const [name, text] of Object.entries(SCROLLS)) {
      if (fits) box.removeAttribute(name);
      else box.setAttribute(name, text);
    }
  };
  const sizes = new ResizeObserver((entries) => entries.forEach((entry) => fit(entry.target)));
  for (const box of document.querySelectorAll(".fcb-scroll")) sizes.observe(box);
})();
