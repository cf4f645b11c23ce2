// Serves a Lambda function as a gateway does: node serve_events.mjs FILE FORMAT PORT, FORMAT 1.0 (REST) or 2.0 (HTTP API).
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const [file, format, port] = process.argv.slice(2);
const { handler } = await import(pathToFileURL(file).href);

function eventOf(asked) {
  if (format === '1.0') {
    const headers = {};
    for (let at = 0; at < asked.rawHeaders.length; at += 2) headers[asked.rawHeaders[at]] = asked.rawHeaders[at + 1];
    return { resource: '/{proxy+}', path: asked.url, httpMethod: asked.method, headers };
  }
  return {
    version: '2.0',
    rawPath: asked.url,
    headers: { ...asked.headers },
    requestContext: { http: { method: asked.method, path: asked.url } },
  };
}

createServer(async (asked, answered) => {
  const result = await handler(eventOf(asked), {});
  for (const [name, value] of Object.entries(result.headers ?? {})) answered.setHeader(name, value);
  for (const [name, values] of Object.entries(result.multiValueHeaders ?? {})) answered.appendHeader(name, values);
  answered.statusCode = result.statusCode;
  answered.end(result.body);
}).listen(Number(port), '127.0.0.1');
