#!/usr/bin/env node
// Plays recorded scenarios in a peer, or measures how many fetches per second it makes. See README.md.
import { readFileSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";
import { stayOnLoopback } from "./lib/loopback-only.mjs";
import { PEERS } from "./lib/peers.mjs";
import { play } from "./lib/play.mjs";
import { measure, SPEED_SCENARIOS } from "./lib/speed.mjs";

const PEER = `--peer ${PEERS.join("|")}`;
const USAGE = `usage: node run.mjs ${PEER} --scenarios FILE.jsonl [--repeat N]
       node run.mjs ${PEER} --speed ${SPEED_SCENARIOS.join("|")} [--seconds S]
            [--transport in-process|loopback]`;

function readOptions() {
  const { values } = parseArgs({
    options: {
      peer: { type: "string" },
      scenarios: { type: "string" },
      repeat: { type: "string", default: "1" },
      speed: { type: "string" },
      seconds: { type: "string", default: "3" },
      transport: { type: "string" },
    },
  });
  const valid =
    PEERS.includes(values.peer) &&
    Boolean(values.scenarios) !== Boolean(values.speed) &&
    (!values.speed || SPEED_SCENARIOS.includes(values.speed)) &&
    [undefined, "in-process", "loopback"].includes(values.transport) &&
    Number.isInteger(Number(values.repeat)) && Number(values.repeat) > 0 &&
    Number(values.seconds) > 0;
  if (!valid) throw new Error("these options do not make sense together");
  return values;
}

function readScenarios(path) {
  const lines = readFileSync(path, "utf8").split("\n").filter((line) => line.trim());
  return lines.map((line) => JSON.parse(line)).map((record) => record.scenario ?? record);
}

// Synchronous, so that every finished line is out even if a peer takes the process down.
const printLine = (value) => writeSync(1, `${JSON.stringify(value)}\n`);

/** Peers leak errors of failed requests as unhandled rejections; the verdict is what the page saw, not these. */
function countStrayErrors() {
  const stray = { count: 0 };
  process.on("uncaughtException", () => (stray.count += 1));
  process.on("unhandledRejection", () => (stray.count += 1));
  return stray;
}

async function main(options) {
  stayOnLoopback();
  // Nothing leaves the loopback interface, where the only certificate is the self-signed one of our server.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
  if (options.speed) {
    printLine(await measure(options.peer, options.speed, Number(options.seconds), options.transport));
    return;
  }
  const scenarios = readScenarios(options.scenarios);
  const stray = countStrayErrors();
  for await (const result of play(options.peer, scenarios, Number(options.repeat))) printLine(result);
  if (stray.count) process.stderr.write(`${options.peer}: ${stray.count} errors that reached no page\n`);
}

let options;
try {
  options = readOptions();
} catch (error) {
  process.stderr.write(`${error.message}\n${USAGE}\n`);
  process.exit(2);
}
try {
  await main(options);
  // A peer's forgotten timers and sockets must not keep the process.
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}
