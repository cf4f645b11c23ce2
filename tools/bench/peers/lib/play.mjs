// Plays scenarios one after the other in a peer: one fresh page each, one verdict each.
import { loadPeer } from "./peers.mjs";
import { makeRequest, offersApi } from "./page-request.mjs";
import { RawServer } from "./raw-server.mjs";

const TIMEOUT_MS = 2000;

function portOf(url) {
  const { port, protocol } = new URL(url);
  return Number(port) || (protocol === "https:" ? 443 : 80);
}

const hopPorts = (scenario) => scenario.server.hops.map((hop) => portOf(hop.origin));

function allPorts(scenarios) {
  const origins = scenarios.flatMap((scenario) => scenario.server.hops.map((hop) => hop.origin));
  return new Map(origins.map((origin) => [portOf(origin), origin.startsWith("https:")]));
}

/** Why the peer cannot be asked this scenario, or null when it can. */
function obstacle(scenario, window, server) {
  if (!scenario.request) return "sequence of requests";
  if (scenario.client.origin === "null") return "opaque origin";
  if (!offersApi(window, scenario.request.api)) return `no ${scenario.request.api}`;
  const refused = hopPorts(scenario).find((port) => server.refusedPorts.has(port));
  return refused === undefined ? null : `port ${refused} may not be bound`;
}

/** The promise's value, or a timeout verdict: some peers leave a request unanswered where a browser would not. */
async function withinLimit(promise) {
  let timer;
  const limit = new Promise((resolve) => {
    timer = setTimeout(resolve, TIMEOUT_MS, { verdict: "timeout" });
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

async function playOne(scenario, openPage, server) {
  const page = openPage(`${scenario.client.page}/page.html`);
  const { seen, withdraw } = server.offer(scenario);
  try {
    const reason = obstacle(scenario, page.window, server);
    if (reason) return { id: scenario.id, verdict: "unsupported", reason };
    const { verdict, type, status, headers, body } = await withinLimit(makeRequest(page.window, scenario.request));
    return { id: scenario.id, verdict, type, status, headers, body, requests_seen: seen };
  } finally {
    withdraw();
    // A page that cannot be closed cleanly must not cost the scenario its verdict.
    await withinLimit(page.close().catch(() => {}));
  }
}

/** Plays every scenario `repeat` times and yields one result each: the last, marked where verdicts differed. */
export async function* play(peer, scenarios, repeat) {
  const openPage = await loadPeer(peer);
  const server = new RawServer();
  // happy-dom carries a self-signed pair for its own requests; it saves making one with outside tools.
  const { default: certificate } = await import("happy-dom/lib/fetch/certificate/FetchHTTPSCertificate.js");
  await server.listen(allPorts(scenarios), certificate);
  for (const scenario of scenarios) {
    const runs = [];
    for (let run = 0; run < repeat; run += 1) runs.push(await playOne(scenario, openPage, server));
    const last = runs.at(-1);
    const unstable = runs.some((run) => run.verdict !== last.verdict || run.status !== last.status);
    yield unstable ? { ...last, unstable } : last;
  }
  server.close();
}
