// Serves code that takes a Request and returns a Response, as a platform would: node serve_fetch.mjs PLATFORM FILE PORT
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const [platform, file, port] = process.argv.slice(2);
let served;
globalThis.Deno = { serve: (handle) => { served = handle; } };
const module = await import(pathToFileURL(file).href);
const HANDLERS = {
  workers: (request) => module.default.fetch(request, {}, { waitUntil() {} }),
  vercel: (request) => module[request.method]?.(request) ?? new Response(null, { status: 405 }),
  netlify: (request) => module.default(request, {}),
  supabase: (request) => served(request),
};

createServer(async (asked, answered) => {
  const url = `http://${asked.headers.host}${asked.url}`;
  const pairs = [];
  for (let at = 0; at < asked.rawHeaders.length; at += 2) pairs.push([asked.rawHeaders[at], asked.rawHeaders[at + 1]]);
  const request = new Request(url, { method: asked.method, headers: pairs });
  const response = await HANDLERS[platform](request);
  answered.writeHead(response.status, [...response.headers].flat());
  answered.end(Buffer.from(await response.arrayBuffer()));
}).listen(Number(port), '127.0.0.1');
