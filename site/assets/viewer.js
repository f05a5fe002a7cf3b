"use strict";
// Reads viewer/?t=PROVIDER/MODEL/TOPIC/FILE.ndjson.gz#CASE/TRIAL/ROUND and shows one trial, round by round.
// Everything in a transcript is hostile: it reaches the page as textContent and as nothing else.
(() => {
  const root = document.getElementById("fcb-viewer");
  if (root === null) return;
  const CODES = new Set((root.dataset.codes ?? "").split(" "));
  const MAX_CHANGES = 100;
  const { renderPath } = globalThis.fcbenchJson;
  const { changes } = globalThis.fcbenchChanges;
  const { isText, judged, places } = globalThis.fcbenchReply;
  const { el, words, badge, pre, fold, plural, note, feedback, judgedView, reveal } = globalThis.fcbenchParts;
  const CHANNELS = { tool: "function calls", json_schema: "JSON under a schema", text: "answers as text" };

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

  const schema = (tool) => pre(JSON.stringify(tool.parameters, null, 2));
  // What stood at the end of the system prompt about how to answer.
  const added = (tool, channel) => {
    if (tool?.note) return fold("Added to the system prompt: how to answer", true, pre(tool.note.trim()));
    if (channel === "tool") return null;
    return note("What was added to the system prompt about how to answer is not in this file: an earlier version wrote it.");
  };
  const form = (tool, channel) => {
    if (channel === "text") return null;
    if (!tool) return el("p", {}, "The file does not hold the tool.");
    if (channel === "json_schema") return fold(`Schema that the answer is decoded under, ${tool.name}`, false, schema(tool));
    return fold(`Tool ${tool.name}: description and schema`, false, pre(tool.description), schema(tool));
  };
  const sent = (record, index, tool) => {
    const channel = record.provenance.channel;
    if (index > 0) {
      const previous = record.rounds[index - 1];
      const what = channel === "tool" ? "call" : "answer";
      return [
        note(`The original prompt, the ${what} above, and this feedback:`),
        previous.feedback ? feedback(previous.feedback) : el("p", {}, "No feedback."),
      ];
    }
    return [
      fold("System prompt", false, pre(record.prompt.system)),
      added(tool, channel),
      fold("Prompt", true, pre(record.prompt.user)),
      form(tool, channel),
    ];
  };

  const called = (reply) => {
    if (!isText(reply)) return reply.function === undefined ? "no tool call" : `called ${reply.function}`;
    return reply.function === undefined ? "answer as text" : `called ${reply.function}, though no call was asked for`;
  };
  const beside = (reply, text) => {
    if (!reply.content || (isText(reply) && reply.content === text)) return null;
    if (!isText(reply)) return fold("Text beside the call", text === null, pre(reply.content));
    const title = text === null ? "The whole text" : "The whole text, of which the part above was judged";
    return fold(title, text === null, pre(reply.content));
  };
  const came = (round) => {
    const reply = round.reply;
    if (!reply) return [el("p", {}, "Nothing that could be judged."), round.detail ? pre(round.detail) : null];
    const text = judged(reply);
    const facts = [
      called(reply),
      reply.finish_reason === undefined ? null : `finish reason ${reply.finish_reason}`,
      reply.extra_calls ? `${plural(reply.extra_calls, "further call")}, not judged` : null,
    ];
    return [
      note(facts.filter(Boolean).join(" · ")),
      ...(text === null ? [] : judgedView(text, round.diagnostics ?? [], places(round))),
      beside(reply, text),
      reply.refusal ? fold("Refusal", true, pre(reply.refusal)) : null,
    ];
  };

  // What became of the findings that the feedback told, as far as the next check got.
  const followUp = (previous, round) => {
    const name = (d) => `${d.code} ${renderPath(d.path)}`;
    const errors = (r) => (r.diagnostics ?? []).filter((d) => d.severity !== "warning");
    const [told, found] = [previous, round].map((r) => new Set(errors(r).map(name)));
    const gone = [...told].filter((one) => !found.has(one)).length;
    const fresh = [...found].filter((one) => !told.has(one)).length;
    const parts = [`${gone} of ${plural(told.size, "finding")} gone`, fresh > 0 ? `${fresh} new` : null];
    return parts.filter(Boolean).join(", ");
  };
  const short = (text) => (text.length > 90 ? `${text.slice(0, 90)}…` : text);
  const value = (name, text) => el(name, { class: text.length > 40 ? "fcb-value fcb-long" : "fcb-value" }, short(text.trimStart()));
  const change = ({ place, was, is }) => {
    const kind = was === undefined ? "added" : is === undefined ? "removed" : "changed";
    const parts = [was === undefined ? null : value("del", was), is === undefined ? null : value("ins", is)];
    const spaced = parts.filter(Boolean).flatMap((part) => [" ", part]);
    return el("li", { class: `fcb-${kind}` }, el("span", { class: "fcb-kind" }, kind), " ", el("code", {}, place), ...spaced);
  };
  const changed = (previous, round) => {
    const [before, after] = [judged(previous.reply), judged(round.reply)];
    if (before === null || after === null) return [];
    const found = changes(before, after);
    const rest = found.length - MAX_CHANGES;
    const said = found.length === 0 ? "Nothing: the same answer again." : `${plural(found.length, "place")}; ${followUp(previous, round)}.`;
    return [
      el("h3", {}, "Changed since the last reply"),
      note(said),
      found.length > 0 ? el("ul", { class: "fcb-changes" }, found.slice(0, MAX_CHANGES).map(change)) : null,
      rest > 0 ? note(`… ${plural(rest, "more place")}`) : null,
    ];
  };

  const HEADS = ["Where", "Code", "What", "Expected", "Got"];
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
        ...[el("code", {}, renderPath(d.path)), [code, d.severity === "warning" ? " (warning)" : null], d.message, d.expected, d.actual].map(
          (child, i) => (child === "" || child === undefined ? el("td") : el("td", { "data-head": HEADS[i] }, child)),
        ),
      );
    });
    const heads = HEADS.map((text) => el("th", { scope: "col" }, text));
    const caption = `${plural(found.length, "finding")}${round.omitted ? `, ${round.omitted} more left out` : ""}, stage ${found[0].stage}`;
    const table = el("table", { class: "fcb-table fcb-findings" }, el("caption", {}, caption), el("thead", {}, el("tr", {}, heads)), el("tbody", {}, rows));
    return [el("div", { class: "fcb-scroll", tabindex: 0, role: "group", "aria-label": "Findings" }, table)];
  };

  // Both verdicts, where a forgiving reader would have come to another one.
  const verdicts = (round) => {
    if (!round.lenient || round.lenient.outcome === round.outcome) return null;
    const repairs = round.lenient.repairs ?? [];
    const after = repairs.length ? ` after ${repairs.map(words).join(", ")}` : null;
    const pair = (...children) => el("span", { class: "fcb-pair" }, ...children);
    return note(pair("strict ", badge(round.outcome)), " ", pair("lenient ", badge(round.lenient.outcome), after));
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
      verdicts(round),
      note(usage(round)),
      el("h3", {}, "What was sent"),
      ...sent(record, index, tool),
      el("h3", {}, "What came"),
      ...came(round),
      ...(index > 0 ? changed(record.rounds[index - 1], round) : []),
      el("h3", {}, "What was wrong"),
      ...wrong(round),
      el("h3", {}, "What came next"),
      el("p", {}, after, next ? badge(next.outcome) : null),
    );
  };

  // ---- the page ------------------------------------------------------------------------------------------

  const label = (record) => `${record.case.id}, trial ${record.trial}: ${record.rounds.map((r) => words(r.outcome)).join(", ")}`;
  const chooser = (file, current) => {
    const select = el("select", { id: "fcb-choose", "aria-label": "Trial" });
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
  // The page's own heading becomes the case's title, below the way there.
  const heading = root.closest("article").querySelector("h1");
  const way = el("div");
  heading.before(way);
  const head = (file, record) => {
    const p = record.provenance;
    const name = p.provider ? `${p.provider}/${p.model}` : p.model;
    const simulated = p.simulated ? el("span", { class: "fcb-badge fcb-badge--simulated" }, "simulated") : null;
    const steps = [page("", "Leaderboard"), modelPage(file, name), casePage(record), el("span", {}, `trial ${record.trial}`)];
    way.replaceChildren(el("nav", { class: "fcb-crumbs", "aria-label": "Where this page is" }, steps));
    heading.replaceChildren(...el("h1", {}, record.case.title, " ", simulated).childNodes);
    const channel = CHANNELS[p.channel] ?? `channel ${p.channel}`;
    const asked = [`suite ${p.suite_version}`, `${p.track} track`, channel, `dialect ${p.dialect}`];
    return note([...asked, p.host, `run ${p.run}`, `fcbench ${p.fcbench_version}`].join(" · "));
  };
  const strip = (record) => {
    const links = record.rounds.map((round, i) => el("li", {}, el("a", { href: hashOf(record, i) }, String(i), " ", badge(round.outcome))));
    return el("nav", { class: "fcb-strip", "aria-label": "Rounds" }, el("ol", {}, links));
  };
  const gradeView = (grade) => {
    if (!grade) return [];
    const part = (p) => el("li", {}, `${p.name}: ${p.earned} of ${p.possible}`, (p.misses ?? []).length ? el("ul", {}, p.misses.map((m) => el("li", {}, m))) : null);
    return [el("h2", {}, "Grade of the first valid reply"), el("p", {}, `${(grade.score * 100).toFixed(1)} of 100. The model never sees this.`), el("ul", {}, grade.parts.map(part))];
  };
  let shown;
  const render = (file) => {
    const [record, round] = choose(file.records);
    if (record === undefined) throw new Error("the transcript has no such trial");
    if (shown !== record) {
      const tool = (file.head.tools ?? {})[record.case.function];
      root.replaceChildren(
        head(file, record),
        chooser(file, record),
        strip(record),
        ...record.rounds.map((round, i) => roundView(record, round, i, tool)),
        ...gradeView(record.grade),
      );
      shown = record;
      reveal(root);
      root.dataset.ready = "true";
      document.title = `${record.case.id} trial ${record.trial} - fcbench`;
    }
    if (round) root.querySelector(`[data-round="${Number(round)}"]`)?.scrollIntoView();
  };
  const fail = (error) => {
    shown = undefined;
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
