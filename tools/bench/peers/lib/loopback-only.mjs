// Keeps every connection of this process on the loopback interface, whatever a scenario or a peer asks for.
import dns from "node:dns";
import net from "node:net";

const LOOPBACK = "127.0.0.1";

const isScenarioHost = (name) => /(^|\.)(test|localhost)$/i.test(name);
const isLoopbackLiteral = (host) => host === "::1" || /^127\./.test(host);

function lookup(hostname, options, callback) {
  const done = callback ?? options;
  const all = typeof options === "object" && options?.all;
  const name = String(hostname).replace(/\.$/, "");
  if (isScenarioHost(name) || isLoopbackLiteral(name)) {
    // Only the IPv4 address is served, for localhost too: the recorded browsers' server was bound the same way.
    process.nextTick(() => (all ? done(null, [{ address: LOOPBACK, family: 4 }]) : done(null, LOOPBACK, 4)));
  } else {
    const refusal = Object.assign(new Error(`not resolved here: ${name}`), { code: "ENOTFOUND", hostname });
    process.nextTick(() => done(refusal));
  }
}

/** Maps the scenarios' symbolic host names to loopback and refuses every other destination. */
export function stayOnLoopback() {
  dns.lookup = lookup;
  // Address literals never reach the lookup, so the socket itself has to refuse the foreign ones.
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function guardedConnect(...args) {
    // net.connect() hands over its normalised arguments as one nested array.
    const options = Array.isArray(args[0]) ? args[0][0] : args[0];
    const host = options?.host;
    if (host && net.isIP(host) && !isLoopbackLiteral(host)) {
      process.nextTick(() => this.destroy(new Error(`not connected from here: ${host}`)));
      return this;
    }
    return connect.apply(this, args);
  };
}
