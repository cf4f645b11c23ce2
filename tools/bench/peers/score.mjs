#!/usr/bin/env node
// Holds a peer's verdicts against a recorded browser: can the page read the response, and does it read the same?
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

const USAGE = `usage: node score.mjs --peer NAME --recordings FILE.jsonl --results FILE.jsonl
       [--browser chromium|firefox|webkit] [--by api|family|verdict] [--misses]`;

const readLines = (path) =>
  readFileSync(path, "utf8").split("\n").filter((line) => line.trim()).map((line) => JSON.parse(line));

const UNREADABLE_TYPES = new Set(["opaque", "opaqueredirect", "error"]);
const readable = (kind, type) => kind === "response" && !UNREADABLE_TYPES.has(type);

/** A peer that gives the page no answer at all is never right, not even where the browser refuses. */
function agrees(outcome, result) {
  if (result.verdict === "timeout") return false;
  const wanted = readable(outcome.kind, outcome.type);
  if (wanted !== readable(result.verdict, result.type)) return false;
  return !wanted || (outcome.status === result.status && (outcome.body ?? "") === (result.body ?? ""));
}

function groupOf(by, recording, result) {
  const { scenario } = recording;
  return { api: scenario.request?.api, family: scenario.family, verdict: result.verdict }[by];
}

function score({ peer, browser, by, misses, recordings, results }) {
  const byId = new Map(readLines(results).map((result) => [result.id, result]));
  const total = { peer, n: 0, right: 0 };
  const groups = new Map();
  for (const recording of readLines(recordings)) {
    const result = byId.get(recording.scenario.id);
    if (!result || result.verdict === "unsupported") continue;
    const right = agrees(recording[browser].outcome, result);
    const group = by && groupOf(by, recording, result);
    if (by && !groups.has(group)) groups.set(group, { peer, [by]: group, n: 0, right: 0 });
    for (const counts of by ? [total, groups.get(group)] : [total]) {
      counts.n += 1;
      counts.right += right;
    }
    if (misses && !right) {
      const { kind, type, status } = recording[browser].outcome;
      const got = { verdict: result.verdict, type: result.type, status: result.status };
      console.log(JSON.stringify({ id: result.id, wanted: { kind, type, status }, got }));
    }
  }
  [...groups.values(), total].forEach((counts) => console.log(JSON.stringify(counts)));
}

const text = { type: "string" };
const { values } = parseArgs({
  options: {
    peer: text,
    recordings: text,
    results: text,
    browser: { ...text, default: "chromium" },
    by: text,
    misses: { type: "boolean", default: false },
  },
});
if (!values.peer || !values.recordings || !values.results) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}
score(values);
