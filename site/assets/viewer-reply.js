"use strict";
// What of a reply was judged, and the places in it that feedback names by line and column. Nothing here touches the page.
globalThis.fcbenchReply = (() => {
  const ENDS = ["</think>", "</thinking>"];
  const FENCE = /^[ \t]*```[^`]*$/;
  const STOPPED = /^(?:The arguments of `[^`]*` are|Your answer is) not valid JSON: reading stopped at line (\d+), column (\d+)\.$/;
  const PROGRAM = "Your program was not accepted:";
  const AT_LINE = /^Line (\d+), column (\d+): \[([a-z0-9-]+)\] (.*)$/s;

  // The text of the answer in a reply that was asked for as text: what fcbench_action/judge/channels.py takes.
  const answerIn = (content, channel) => {
    const thought = Math.max(0, ...ENDS.map((end) => (content.includes(end) ? content.lastIndexOf(end) + end.length : 0)));
    const text = content.slice(thought);
    if (channel !== "text") return text;
    const fences = [];
    let at = 0;
    for (const line of text.split("\n")) {
      if (FENCE.test(line)) fences.push({ start: at, end: at + line.length });
      at += line.length + 1;
    }
    if (fences.length === 0) return text;
    const open = fences.length % 2 === 0 ? fences.at(-2) : fences.at(-1);
    const close = fences.length % 2 === 0 ? fences.at(-1) : undefined;
    return text.slice(open.end + 1, close?.start);
  };
  const isText = (reply) => reply.channel !== undefined && reply.channel !== "tool";
  // The text that was judged; null where there was none.
  const judged = (reply) => {
    if (!reply) return null;
    if (!isText(reply)) return reply.arguments ?? null;
    const text = answerIn(reply.content ?? "", reply.channel);
    return text.trim() === "" ? null : text;
  };
  // {line, column, code, message}: columns count characters from 1, as Python does.
  const places = (round) => {
    const lines = (round.feedback ?? "").split("\n");
    const stopped = STOPPED.exec(lines[0]);
    if (stopped !== null) {
      const first = (round.diagnostics ?? [])[0];
      return [{ line: Number(stopped[1]), column: Number(stopped[2]), code: first?.code ?? "", message: first?.message ?? "" }];
    }
    if (!lines[0].startsWith(PROGRAM)) return [];
    return lines
      .map((line) => AT_LINE.exec(line))
      .filter((found) => found !== null)
      .map(([, line, column, code, message]) => ({ line: Number(line), column: Number(column), code, message }));
  };
  // Where in the text a place is; null where it has no such line.
  const offset = (text, { line, column }) => {
    const lines = text.split("\n", line);
    if (lines.length < line) return null;
    const before = lines.slice(0, -1).reduce((sum, one) => sum + one.length + 1, 0);
    return before + [...lines.at(-1)].slice(0, column - 1).join("").length;
  };

  return { answerIn, isText, judged, places, offset };
})();
