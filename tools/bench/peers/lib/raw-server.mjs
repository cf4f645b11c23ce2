// The recording's server: raw sockets, because an HTTP library would normalise the very bytes under test.
import { STATUS_CODES } from "node:http";
import net from "node:net";
import tls from "node:tls";

const NOT_FOUND = { status: 404, headers: [], body: "" };

/** One complete HTTP/1.1 request from the bytes received so far, or null while some are missing. */
function parseRequest(bytes) {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd < 0) return null;
  const [requestLine, ...lines] = bytes.toString("latin1", 0, headEnd).split("\r\n");
  const [method, target] = requestLine.split(" ");
  const headers = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  const header = (name) => headers.find(([n]) => n === name)?.[1];
  const body = bytes.subarray(headEnd + 4);
  const complete = /chunked/i.test(header("transfer-encoding") ?? "")
    ? body.toString("latin1").endsWith("0\r\n\r\n")
    : body.length >= Number(header("content-length") ?? 0);
  return complete ? { method, target, headers, header } : null;
}

function responseBytes({ status, headers, body }, method) {
  const payload = Buffer.from(body ?? "", "utf8");
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  if (status !== 204 && status !== 304) lines.push(`Content-Length: ${payload.length}`);
  lines.push("Connection: close");
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Status"}\r\n${lines.join("\r\n")}\r\n\r\n`;
  const bodiless = method === "HEAD" || status === 204 || status === 304;
  return Buffer.concat([Buffer.from(head, "latin1"), bodiless ? Buffer.alloc(0) : payload]);
}

/** A list answers its n-th request with its n-th item and repeats the last. */
function nextAnswer(answers, hop, kind) {
  if (!Array.isArray(answers)) return answers;
  hop.served[kind] = (hop.served[kind] ?? 0) + 1;
  return answers[Math.min(hop.served[kind], answers.length) - 1];
}

/** Serves the hops of the scenarios it is given on the loopback ports of their origins. */
export class RawServer {
  #hops = new Map();
  #listeners = [];
  /** Ports that this user may not bind, so that scenarios needing one can be told apart from failing ones. */
  refusedPorts = new Set();

  /** @param {Map<number, boolean>} ports port → whether it speaks TLS  @param {{key, cert}} certificate */
  async listen(ports, certificate) {
    for (const [port, secure] of ports) {
      const serve = (socket) => this.#serve(socket);
      const listener = secure ? tls.createServer(certificate, serve) : net.createServer(serve);
      listener.on("tlsClientError", () => {}); // A peer that breaks off its handshake has its own verdict.
      try {
        await new Promise((resolve, reject) => {
          listener.once("error", reject).listen(port, "127.0.0.1", resolve);
        });
        this.#listeners.push(listener);
      } catch (error) {
        if (error.code !== "EACCES") throw error;
        this.refusedPorts.add(port);
      }
    }
  }

  /** The port the system chose for the n-th of the ports asked for (when that was 0). */
  boundPort(index) {
    return this.#listeners[index].address().port;
  }

  /** Answers the scenario's paths until the returned function is called; requests are noted in `seen`. */
  offer(scenario) {
    const seen = [];
    scenario.server.hops.forEach((hop, index) => {
      this.#hops.set(hop.path, { ...hop, index, served: {}, seen });
    });
    const withdraw = () => scenario.server.hops.forEach((hop) => this.#hops.delete(hop.path));
    return { seen, withdraw };
  }

  close() {
    this.#listeners.forEach((listener) => listener.close());
  }

  #serve(socket) {
    let received = Buffer.alloc(0);
    const onData = (chunk) => {
      received = received.length ? Buffer.concat([received, chunk]) : chunk;
      const request = parseRequest(received);
      if (!request) return;
      socket.off("data", onData);
      this.#answer(socket, request);
    };
    socket.on("data", onData);
    socket.on("error", () => socket.destroy());
  }

  #answer(socket, request) {
    // Paths name scenario and hop; the origin asked and the query do not matter, as when it was recorded.
    const hop = this.#hops.get(request.target.split("?")[0]);
    const kind =
      request.method === "OPTIONS" && request.header("access-control-request-method") !== undefined
        ? "preflight"
        : "response";
    hop?.seen.push({
      kind: kind === "preflight" ? "preflight" : "actual",
      hop: hop.index,
      method: request.method,
      headers: [...request.headers].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)),
    });
    const answer = (hop && nextAnswer(hop[kind], hop, kind)) ?? NOT_FOUND;
    if (answer.drop) socket.destroy();
    else socket.end(responseBytes(answer, request.method));
  }
}
