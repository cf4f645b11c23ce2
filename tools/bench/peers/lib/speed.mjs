// Fetches per second of one fixed scenario, made again and again by one page.
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { answerInProcess } from "./in-process.mjs";
import { makeRequest, offersApi } from "./page-request.mjs";
import { loadPeer } from "./peers.mjs";

const PAGE = "http://client.test:8000";
const SERVER_HOST = "http://api.test";
const PATH = "/s/speed/0";
const WARM_UP_SECONDS = 0.5;

const ALLOW_PAGE = ["Access-Control-Allow-Origin", PAGE];
const RESPONSE = { status: 200, headers: [["Content-Type", "text/plain"], ALLOW_PAGE], body: "hello" };
// happy-dom asks for a preflight before a simple GET too, and fails the GET unless that is allowed.
const PREFLIGHT = {
  status: 204,
  headers: [ALLOW_PAGE, ["Access-Control-Allow-Methods", "GET, PUT"], ["Access-Control-Allow-Headers", "x-token"]],
  body: "",
};
const HOP = { path: PATH, response: RESPONSE, preflight: PREFLIGHT };

const REQUESTS = {
  GET: { method: "GET", headers: [] },
  PUT: { method: "PUT", headers: [["X-Token", "1"]] },
};

export const SPEED_SCENARIOS = Object.keys(REQUESTS);

/** The server on loopback runs in a process of its own, so that its processor time is not the peer's. */
async function startServerProcess() {
  const child = fork(fileURLToPath(new URL("./speed-server.mjs", import.meta.url)));
  child.send(HOP);
  const [port] = await once(child, "message");
  return { origin: `${SERVER_HOST}:${port}`, stop: () => child.disconnect() };
}

async function fetchFor(seconds, window, request) {
  const end = performance.now() + seconds * 1000;
  let fetches = 0;
  while (performance.now() < end) {
    const { verdict, body } = await makeRequest(window, request);
    // A refused fetch is quicker than an answered one and must not be counted as one.
    if (verdict !== "response" || body !== RESPONSE.body) throw new Error(`the fetch ended as ${verdict}`);
    fetches += 1;
  }
  return fetches;
}

/** Measures and gives {peer, api, transport, scenario, fetches, seconds, cpu_seconds}. */
export async function measure(peer, scenario, seconds, transport = peer === "jsdom" ? "in-process" : "loopback") {
  const openPage = await loadPeer(peer);
  const inProcess = transport === "in-process";
  const interceptors = inProcess ? answerInProcess(peer, HOP) : [];
  const server = inProcess ? { origin: `${SERVER_HOST}:9000`, stop() {} } : await startServerProcess();
  try {
    const { window, close } = openPage(`${PAGE}/page.html`, interceptors);
    const api = offersApi(window, "fetch") ? "fetch" : "xhr";
    const common = { api, url: server.origin + PATH, mode: "cors", credentials: "same-origin", redirect: "follow" };
    const request = { ...common, body: null, ...REQUESTS[scenario] };
    await fetchFor(WARM_UP_SECONDS, window, request);
    const cpuBefore = process.cpuUsage();
    const start = performance.now();
    const fetches = await fetchFor(seconds, window, request);
    const elapsed = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(cpuBefore);
    await close();
    return { peer, api, transport, scenario, fetches, seconds: elapsed, cpu_seconds: (user + system) / 1e6 };
  } finally {
    server.stop();
  }
}
