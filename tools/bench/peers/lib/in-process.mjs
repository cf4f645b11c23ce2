// Answers a peer's requests without sockets, below the layer where the peer makes its CORS decisions.
import http from "node:http";
import { EventEmitter } from "node:events";
import { Readable, Writable } from "node:stream";

/** The hop's answer to a request with this method. The speed scenarios send no OPTIONS of their own. */
const answerTo = (hop, method) => (method === "OPTIONS" ? hop.preflight : hop.response);

/** jsdom's own interceptors: its dispatcher checks preflight and response around them. */
function jsdomInterceptor(hop) {
  return () => (options, handler) => {
    const { status, headers, body } = answerTo(hop, options.method);
    const controller = { aborted: false, paused: false, reason: null, abort() {}, pause() {}, resume() {} };
    handler.onRequestStart(controller, {});
    const lowerCased = headers.map(([name, value]) => [name.toLowerCase(), value]);
    handler.onResponseStart(controller, status, Object.fromEntries(lowerCased), "OK");
    if (body) handler.onResponseData(controller, Buffer.from(body));
    handler.onResponseEnd(controller, {});
    return true;
  };
}

/** As much of http.ClientRequest as happy-dom uses. */
class StubRequest extends Writable {
  constructor(answer) {
    super();
    this.answer = answer;
    process.nextTick(() => this.emit("socket", new EventEmitter()));
  }

  setTimeout() {}

  _write(chunk, encoding, done) {
    done();
  }

  _final(done) {
    done();
    const { status, headers, body } = this.answer;
    const response = Readable.from(body ? [Buffer.from(body)] : [], { objectMode: false });
    const lowerCased = headers.map(([name, value]) => [name.toLowerCase(), value]);
    Object.assign(response, { statusCode: status, statusMessage: "OK", rawHeaders: headers.flat() });
    response.headers = Object.fromEntries(lowerCased);
    process.nextTick(() => this.emit("response", response));
  }
}

/** happy-dom's own interceptor and virtual servers answer before its CORS check, so Node's http stands in. */
function stubNodeHttp(hop) {
  http.request = (url, options) => new StubRequest(answerTo(hop, options.method));
}

/** Sets the peer up to have every request answered by the hop; gives the interceptors for its pages. */
export function answerInProcess(peer, hop) {
  if (peer === "jsdom") return [jsdomInterceptor(hop)];
  stubNodeHttp(hop);
  return [];
}
