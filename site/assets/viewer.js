"use strict";
// Reads viewer/?t=PROVIDER/MODEL/TOPIC/FILE.ndjson.gz#CASE/TRIAL/ROUND and shows one trial, round by round.
// Everything in a transcript is hostile: it reaches the page as textContent and as nothing else.
(() => {
  const root = document.getElementById("fcb-viewer");
  if (root === null) return;
  const CODES = new Set((root.dataset.codes ?? "").split(" "));
  const MAX_LINES = 4000;
  const MAX_TEXT = 1_000_000;
  const { layout, renderPath } = globalThis.fcbenchJson;
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
  const pre = (text) => {
    const cut = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}\n… ${text.length - MAX_TEXT} more characters` : text;
    return el("pre", { class: "fcb-text", tabindex: 0 }, cut);
  };
  const fold = (title, open, ...children) => {
    const node = el("details", {}, el("summary", {}, title), ...children);
    node.open = open;
    return node;
  };
  const plural = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

  // ---- reading -------------------------------------------------------------------------------------------

  const transcriptUrl = (name) => {
    const parts = name.split("/");
    if (parts.length < 4 || !name.endsWith(".ndjson.gz") || parts.some((p) => p === "" || p === "." || p === "..")) {
      throw new Error("the address names no transcript");
    }
    return new URL(`../transcripts/${parts.map(encodeURIComponent).join("/")}`, document.baseURI);
  };
  // Some servers undo the gzip on the way; then the bytes do not start with its mark.
  const unzip = async (response) => {
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  };
  const load = async (name) => {
    const response = await fetch(transcriptUrl(name));
    if (!response.ok) throw new Error(`there is no such transcript here (HTTP ${response.status})`);
    const [head, ...lines] = (await unzip(response)).split("\n").filter((line) => line !== "");
    return { name, head: JSON.parse(head), records: lines.map((line) => JSON.parse(line)) };
  };
  const nameOf = (record) => {
    const name = `${record.case.id}/${record.trial}`;
    return name.toWellFormed?.() ?? name;
  };
  const hashOf = (record, round) => {
    const path = nameOf(record).split("/").map(encodeURIComponent).join("/");
    return `#${path}${round === undefined ? "" : `/${round}`}`;
  };
  // The trial that the address names, and the round, where it names one; without a name the first trial.
  const choose = (records) => {
    const wanted = decodeURIComponent(location.hash.slice(1));
    if (wanted === "") return [records[0]];
    const record = records.find((r) => wanted === nameOf(r) || /^\/\d+$/.test(wanted.startsWith(nameOf(r)) ? wanted.slice(nameOf(r).length) : ""));
    return [record, record && wanted.slice(nameOf(record).length + 1)];
  };

  // ---- one round -----------------------------------------------------------------------------------------

  const jsonView = (text, diagnostics) => {
    const lines = layout(text);
    if (lines === null) return [el("p", { class: "fcb-note" }, "Not JSON, or too long or deep to lay out; shown as it came."), pre(text)];
    // What is missing has no line of its own: it is marked at the nearest place around it that has one.
    const places = new Set(lines.filter((line) => !line.closes).map((line) => line.path));
    const at = new Map();
    for (const d of diagnostics) {
      const path = [...d.path];
      while (path.length > 0 && !places.has(renderPath(path))) path.pop();
      const name = renderPath(path);
      at.set(name, [...(at.get(name) ?? []), d]);
    }
    const box = el("div", { class: "fcb-json", tabindex: 0, role: "group", "aria-label": "The arguments, formatted" });
    const list = el("ol");
    box.append(list);
    const add = (from, to) => {
      for (const line of lines.slice(from, to)) {
        const found = line.closes ? undefined : at.get(line.path);
        if (found !== undefined) at.delete(line.path);
        const item = el("li", { class: found ? "fcb-faulty" : null }, "  ".repeat(line.indent) + line.text);
        for (const d of found ?? []) item.append(el("span", { class: "fcb-mark" }, `${d.code}: ${d.message}`));
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
    return [box, fold(`As it came, ${plural(text.length, "character")}`, false, pre(text))];
  };

  const sent = (record, index, tool) => {
    if (index > 0) {
      const previous = record.rounds[index - 1];
      return [
        el("p", { class: "fcb-note" }, "The original prompt, the call above, and this feedback:"),
        previous.feedback ? pre(previous.feedback) : el("p", {}, "No feedback."),
      ];
    }
    return [
      fold("System prompt", false, pre(record.prompt.system)),
      fold("Prompt", true, pre(record.prompt.user)),
      tool
        ? fold(`Tool ${tool.name}: description and schema`, false, pre(tool.description), pre(JSON.stringify(tool.parameters, null, 2)))
        : el("p", {}, "The file does not hold the tool."),
    ];
  };

  const came = (round) => {
    const reply = round.reply;
    if (!reply) return [el("p", {}, "Nothing that could be judged."), round.detail ? pre(round.detail) : null];
    const facts = [
      reply.function === undefined ? "no tool call" : `called ${reply.function}`,
      reply.finish_reason === undefined ? null : `finish reason ${reply.finish_reason}`,
      reply.extra_calls ? `${plural(reply.extra_calls, "further call")}, not judged` : null,
    ];
    return [
      el("p", { class: "fcb-note" }, facts.filter(Boolean).join(" · ")),
      ...(reply.arguments === undefined || reply.arguments === null ? [] : jsonView(reply.arguments, round.diagnostics ?? [])),
      reply.content ? fold("Text beside the call", reply.arguments === undefined, pre(reply.content)) : null,
      reply.refusal ? fold("Refusal", true, pre(reply.refusal)) : null,
    ];
  };

  const wrong = (round) => {
    const found = round.diagnostics ?? [];
    if (found.length === 0) {
      const nothing = round.outcome === "valid" ? "Nothing: it parses, matches the schema and compiles." : "No single place is to blame.";
      return [el("p", {}, nothing)];
    }
    const rows = found.map((d) => {
      const safe = CODES.has(d.code);
      const code = safe ? el("a", { href: new URL(`../diagnostics/${d.code}/`, document.baseURI).href }, d.code) : d.code;
      return el(
        "tr",
        {},
        el("td", {}, el("code", {}, renderPath(d.path))),
        el("td", {}, code, d.severity === "warning" ? " (warning)" : null),
        el("td", {}, d.message),
        el("td", {}, d.expected),
        el("td", {}, d.actual),
      );
    });
    const heads = ["Where", "Code", "What", "Expected", "Got"].map((text) => el("th", { scope: "col" }, text));
    const caption = `${plural(found.length, "finding")}${round.omitted ? `, ${round.omitted} more left out` : ""}, stage ${found[0].stage}`;
    const table = el("table", { class: "fcb-table" }, el("caption", {}, caption), el("thead", {}, el("tr", {}, heads)), el("tbody", {}, rows));
    return [el("div", { class: "fcb-scroll", tabindex: 0, role: "group", "aria-label": "Findings" }, table)];
  };

  const lenient = (round) => {
    if (!round.lenient) return null;
    const repairs = round.lenient.repairs ?? [];
    return el("span", { class: "fcb-pair" }, "lenient ", badge(round.lenient.outcome), repairs.length ? ` after ${repairs.map(words).join(", ")}` : null);
  };
  const usage = (round) => {
    const tokens = round.usage ?? {};
    const part = (key, name) => (tokens[key] === undefined || tokens[key] === null ? null : `${tokens[key].toLocaleString("en")} ${name}`);
    const errors = (round.attempts ?? []).filter((a) => a.error).map((a) => a.error);
    return [
      part("prompt_tokens", "tokens in"),
      part("completion_tokens", "tokens out"),
      part("reasoning_tokens", "of them reasoning"),
      part("cached_tokens", "of the input cached"),
      typeof round.seconds === "number" ? `${round.seconds.toFixed(1)} s` : null,
      plural((round.attempts ?? []).length, "attempt") + (errors.length ? ` (${errors.join(", ")})` : ""),
      round.served_model ? `served by ${round.served_model}` : null,
    ]
      .filter(Boolean)
      .join(" · ");
  };

  const roundView = (record, round, index, tool) => {
    const name = index === 0 ? "Round 0, the first call" : `Round ${index}`;
    const anchor = el("a", { class: "headerlink", href: hashOf(record, index), title: "Permanent link" }, "#");
    const next = record.rounds[index + 1];
    let after = "Nothing: the reply is valid.";
    if (next) after = `Round ${index + 1}, with the feedback below: `;
    else if (round.outcome !== "valid") after = "Nothing: the rounds are spent, or the trial ended here.";
    return el(
      "section",
      { class: "fcb-round", "data-round": index, "aria-label": name },
      el("h2", {}, name, " ", badge(round.outcome), anchor),
      el("p", { class: "fcb-note" }, el("span", { class: "fcb-pair" }, "strict ", badge(round.outcome)), " ", lenient(round)),
      el("p", { class: "fcb-note" }, usage(round)),
      el("h3", {}, "What was sent"),
      ...sent(record, index, tool),
      el("h3", {}, "What came"),
      ...came(round),
      el("h3", {}, "What was wrong"),
      ...wrong(round),
      el("h3", {}, "What came next"),
      el("p", {}, after, next ? badge(next.outcome) : null),
    );
  };

  // ---- the page ------------------------------------------------------------------------------------------

  const label = (record) => `${record.case.id}, trial ${record.trial}: ${record.rounds.map((r) => words(r.outcome)).join(", ")}`;
  const chooser = (file, current) => {
    const select = el("select", { id: "fcb-choose" });
    file.records.forEach((record, i) => {
      const option = el("option", { value: i }, label(record));
      option.selected = record === current;
      select.append(option);
    });
    select.addEventListener("change", () => {
      location.hash = hashOf(file.records[Number(select.value)]);
    });
    const step = (by, text) => {
      const target = file.records[file.records.indexOf(current) + by];
      return target ? el("a", { href: hashOf(target) }, text) : el("span", { class: "fcb-quiet" }, text);
    };
    return el("p", { class: "fcb-choose" }, step(-1, "← previous"), el("label", { for: "fcb-choose" }, "Trial"), select, step(1, "next →"));
  };
  const page = (path, text) => el("span", {}, el("a", { href: new URL(`../${path}`, document.baseURI).href }, text));
  const PLAIN_NAME = /^[a-z0-9][a-z0-9._-]*[a-z0-9]$/;
  // A model's folder is the transcript's without topic and file; a case has a page of its own name where that is plain.
  const modelPage = (file, name) => {
    const folders = file.name.split("/").slice(0, -2);
    return page(`models/${folders.map(encodeURIComponent).join("/")}/`, name);
  };
  const casePage = (record) =>
    record.case.id.split("/").every((part) => PLAIN_NAME.test(part)) ? page(`cases/${record.case.id}/`, record.case.id) : el("span", {}, record.case.id);
  const crumbs = (file, record) => {
    const p = record.provenance;
    const name = p.provider ? `${p.provider}/${p.model}` : p.model;
    const simulated = p.simulated ? el("span", { class: "fcb-badge fcb-badge--simulated" }, "simulated") : null;
    return [
      el("p", { class: "fcb-crumbs" }, page("", "Leaderboard"), modelPage(file, name), casePage(record), el("span", {}, `trial ${record.trial}`)),
      el("p", {}, el("strong", {}, record.case.title), " ", simulated),
      el("p", { class: "fcb-note" }, `suite ${p.suite_version} · ${p.track} track · run ${p.run} · ${p.host} · ${p.channel} · dialect ${p.dialect} · fcbench ${p.fcbench_version}`),
    ];
  };
  const gradeView = (grade) => {
    if (!grade) return [];
    const part = (p) => el("li", {}, `${p.name}: ${p.earned} of ${p.possible}`, (p.misses ?? []).length ? el("ul", {}, p.misses.map((m) => el("li", {}, m))) : null);
    return [el("h2", {}, "Grade of the first valid reply"), el("p", {}, `${(grade.score * 100).toFixed(1)} of 100. The model never sees this.`), el("ul", {}, grade.parts.map(part))];
  };
  const render = (file) => {
    const [record, round] = choose(file.records);
    if (record === undefined) throw new Error("the transcript has no such trial");
    const tool = (file.head.tools ?? {})[record.case.function];
    root.replaceChildren(
      ...crumbs(file, record),
      chooser(file, record),
      ...record.rounds.map((round, i) => roundView(record, round, i, tool)),
      ...gradeView(record.grade),
    );
    for (const box of root.querySelectorAll(".fcb-json")) {
      const faulty = box.querySelector(".fcb-faulty");
      if (faulty) box.scrollTop = faulty.offsetTop - box.offsetTop - 72;
    }
    root.dataset.ready = "true";
    document.title = `${record.case.id} trial ${record.trial} - fcbench`;
    if (round) root.querySelector(`[data-round="${Number(round)}"]`)?.scrollIntoView();
  };
  const fail = (error) => {
    root.replaceChildren(el("p", { class: "fcb-notice" }, `Cannot show this: ${error.message}.`), el("p", {}, "Open a trial from a case's page."));
    root.dataset.ready = "failed";
  };
  const start = async () => {
    const name = new URLSearchParams(location.search).get("t");
    if (name === null) throw new Error("the address names no transcript");
    root.replaceChildren(el("p", { class: "fcb-quiet" }, "Reading the transcript …"));
    const file = await load(name);
    const again = () => {
      try {
        render(file);
      } catch (error) {
        fail(error);
      }
    };
    addEventListener("hashchange", again);
    render(file);
  };
  start().catch(fail);
})();
