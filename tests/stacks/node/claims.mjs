// What the pitfalls claim of libraries, asked of the libraries themselves. Prints one JSON object.
import http from 'node:http';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const STRANGER = { Origin: 'https://evil.example' };
const PREFLIGHT = { ...STRANGER, 'Access-Control-Request-Method': 'PUT' };
const found = {};

function ask(port, { path = '/', method = 'GET', headers = STRANGER } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      response.resume();
      const lines = [];
      for (let at = 0; at < response.rawHeaders.length; at += 2) {
        lines.push([response.rawHeaders[at].toLowerCase(), response.rawHeaders[at + 1]]);
      }
      const values = (name) => lines.filter(([each]) => each === name).map(([, value]) => value);
      resolve({ status: response.statusCode, values, origins: values('access-control-allow-origin') });
    });
    request.on('error', reject).end();
  });
}
const listening = (server) => new Promise((resolve) => {
  server.listen(0, '127.0.0.1', () => resolve(server.address().port));
});
function ended(server) {
  server.close();
  server.closeAllConnections();
}
function message(action) {
  try {
    action();
    return '';
  } catch (error) {
    return error.message.slice(0, 'Missing parameter name'.length);
  }
}

{
  const express = require('express');
  found.starredRoute = message(() => express().options('*', () => {}));
  found.starredEnd = message(() => express().get('/api/*', () => {}));
  const app = express();
  app.use(require('helmet')());
  const server = http.createServer(app);
  const answer = await ask(await listening(server));
  found.helmet = answer.values('cross-origin-resource-policy');
  ended(server);
}
for (const [name, options] of Object.entries({
  error: { origin: (origin, callback) => callback(new Error('no')) },
  text: { origin: 'https://app.example' },
  star: { origin: ['*'] },
})) {
  const app = require('express')();
  app.use(require('cors')(options));
  app.use((error, request, response, next) => response.status(500).end());
  const server = http.createServer(app);
  const answer = await ask(await listening(server));
  found[`express ${name}`] = [answer.status, answer.origins];
  ended(server);
}
for (const [name, options] of Object.entries({
  list: { origin: ['https://a.example', 'https://b.example'] },
  credentials: { credentials: true },
})) {
  const app = new (require('koa'))();
  app.use(require('@koa/cors')(options));
  const server = http.createServer(app.callback());
  found[`koa ${name}`] = (await ask(await listening(server))).origins;
  ended(server);
}
{
  const Hapi = require('@hapi/hapi');
  found.hapiText = message(() => Hapi.server({ routes: { cors: { origin: 'https://a.example' } } })) !== '';
  found.hapiUnknown = message(() => Hapi.server({ routes: { cors: { origins: ['https://a.example'] } } })) !== '';
  const server = Hapi.server({ port: 0, host: '127.0.0.1', routes: { cors: { credentials: true } } });
  server.route({ method: 'GET', path: '/', handler: () => 'x' });
  await server.start();
  found.hapiCredentials = (await ask(server.info.port)).origins;
  await server.stop();
}
{
  const fastify = require('fastify')();
  fastify.register(require('@fastify/cors'), { origin: ['*', 'https://a.example'] });
  await fastify.listen({ port: 0, host: '127.0.0.1' });
  const answer = await ask(fastify.server.address().port, { method: 'OPTIONS', headers: PREFLIGHT });
  found.fastify = [answer.origins, answer.values('access-control-allow-methods')];
  await fastify.close();
}
const POLLING = '/socket.io/?transport=polling&EIO=';
for (const [name, options] of Object.entries({
  text: { cors: '*' },
  yes: { cors: true },
  origins: { origins: 'https://evil.example' },
})) {
  const server = http.createServer();
  new (require('socket.io').Server)(server, options);
  const port = await listening(server);
  found[`socket.io ${name}`] = (await ask(port, { path: `${POLLING}4` })).origins;
  found.oldClient = (await ask(port, { path: `${POLLING}3` })).status;
  ended(server);
}
{
  const server = http.createServer();
  require('socket.io2')(server);
  const answer = await ask(await listening(server), { path: `${POLLING}3` });
  found.socketIo2 = [answer.origins, answer.values('access-control-allow-credentials')];
  ended(server);
}
{
  await import('reflect-metadata');
  const { NestFactory } = await import('@nestjs/core');
  const { Module } = await import('@nestjs/common');
  class Empty {}
  Reflect.decorate([Module({})], Empty);
  const late = await NestFactory.create(Empty, { logger: false });
  await late.listen(0, '127.0.0.1');
  late.enableCors();
  const port = late.getHttpServer().address().port;
  found.nestLate = (await ask(port, { method: 'OPTIONS', headers: PREFLIGHT })).status;
  await late.close();
  const twice = await NestFactory.create(Empty, { logger: false, cors: true });
  twice.enableCors({ origin: ['https://app.example'] });
  await twice.listen(0, '127.0.0.1');
  found.nestTwice = (await ask(twice.getHttpServer().address().port)).origins;
  await twice.close();
}
{
  const { ApolloServer } = require('@apollo/server');
  const { startStandaloneServer } = require('@apollo/server/standalone');
  const server = new ApolloServer({ typeDefs: 'type Query { ok: String }', cors: { origin: 'https://a.example' } });
  const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
  found.apollo = (await ask(new URL(url).port)).origins;
  await server.stop();
}
{
  const { Hono } = require('hono');
  const { cors } = require('hono/cors');
  const app = new Hono();
  app.use('*', cors({ origin: [/evil/, '*'] }));
  const answer = await app.request('/', { headers: STRANGER });
  found.hono = answer.headers.get('access-control-allow-origin');
}
console.log(JSON.stringify(found));
process.exit(0);
