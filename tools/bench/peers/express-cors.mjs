// Times Express's `cors` before an application that does nothing: nanoseconds per request, as JSON lines.
// node express-cors.mjs --cases FILE.json: a list of {name, options, method, headers: [[name, value], ...], expect}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";

const cors = createRequire(import.meta.url)("cors");
const { values } = parseArgs({ options: { cases: { type: "string" } } });

class Response {
  constructor() {
    this.statusCode = 200;
    this.sent = {};
  }
  getHeader(name) {
    return this.sent[name.toLowerCase()];
  }
  setHeader(name, value) {
    this.sent[name.toLowerCase()] = value;
  }
  end() {}
}

function requests(entry, count) {
  const made = [];
  for (let i = 0; i < count; i += 1) {
    const headers = {};
    for (const [name, value] of entry.headers) headers[name] = Buffer.from(value).toString();
    made.push({ method: entry.method, headers });
  }
  return made;
}

function batch(handle, made) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < made.length; i += 1) {
    const response = new Response();
    handle(made[i], response, () => response.end());
  }
  return Number(process.hrtime.bigint() - start) / made.length;
}

const bare = (request, response, next) => next();
const median = (figures) => figures.sort((a, b) => a - b)[figures.length >> 1];

for (const entry of JSON.parse(readFileSync(values.cases, "utf8"))) {
  const middleware = cors(entry.options);
  const response = new Response();
  middleware(requests(entry, 1)[0], response, () => {});
  if (entry.expect !== null && (response.sent["access-control-allow-origin"] !== undefined) !== entry.expect) {
    throw new Error(`${entry.name}: answered otherwise than expected`);
  }
  for (let i = 0; i < 40; i += 1) for (const each of [bare, middleware]) batch(each, requests(entry, 1000));
  const added = [];
  for (let i = 0; i < 60; i += 1) {
    const [without, behind] = [batch(bare, requests(entry, 1000)), batch(middleware, requests(entry, 1000))];
    added.push(behind - without);
  }
  console.log(JSON.stringify({ name: entry.name, ns: median(added) }));
}
