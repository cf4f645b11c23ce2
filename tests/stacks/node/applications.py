"""What is around the rendered text: the routes that the matrix asks for, in each framework."""

from typing import Final

EXPRESS: Final = """
app.all('/ok', (req, res) => res.set('X-Total', '1').type('text/plain').send('ok'));
app.get('/boom', () => { throw new Error('boom'); });
app.get('/moved', (req, res) => res.redirect('/ok'));
"""
FASTIFY: Final = """
fastify.route({
  method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  url: '/ok',
  handler: (request, reply) => reply.header('X-Total', '1').send('ok'),
});
fastify.get('/boom', async () => { throw new Error('boom'); });
fastify.get('/moved', (request, reply) => reply.redirect('/ok'));
"""
NEST_MODULE: Final = """
import 'reflect-metadata';
import { All, Get, Header, Module, Redirect } from '@nestjs/common';

class Controller { ok() { return 'ok'; } boom() { throw new Error('boom'); } moved() {} }
const on = (method, ...decorators) => Reflect.decorate(
  decorators, Controller.prototype, method, Object.getOwnPropertyDescriptor(Controller.prototype, method));
on('ok', All('/ok'), Header('X-Total', '1'));
on('boom', Get('/boom'));
on('moved', Get('/moved'), Redirect('/ok'));
const { Controller: controller } = await import('@nestjs/common');
Reflect.decorate([controller()], Controller);

export class AppModule {}
Reflect.decorate([Module({ controllers: [Controller] })], AppModule);
"""
KOA: Final = """
app.silent = true;
app.use(async (ctx) => {
  if (ctx.path === '/boom') throw new Error('boom');
  if (ctx.path === '/moved') return ctx.redirect('/ok');
  if (ctx.path !== '/ok') return;
  if (!['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(ctx.method)) { ctx.status = 405; return; }
  ctx.set('X-Total', '1');
  ctx.body = 'ok';
});
"""
HONO: Final = """
app.on(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], '/ok', (c) => c.text('ok', 200, { 'X-Total': '1' }));
app.get('/boom', () => { throw new Error('boom'); });
app.get('/moved', (c) => c.redirect('/ok'));
"""
HAPI: Final = """
const answer = (request, h) => h.response('ok').header('X-Total', '1');
server.route({ method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], path: '/ok', handler: answer });
server.route({ method: 'GET', path: '/boom', handler: () => { throw new Error('boom'); } });
server.route({ method: 'GET', path: '/moved', handler: (request, h) => h.redirect('/ok') });
"""
APOLLO_SCHEMA: Final = """
export const typeDefs = 'type Query { ok: String }';
export const resolvers = { Query: { ok: () => 'ok' } };
"""
PLAIN: Final = """
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
  try {
    if (!methods.includes(request.method)) return response.writeHead(405).end();
    if (request.url === '/boom') throw new Error('boom');
    if (request.url === '/moved') return response.writeHead(302, { Location: '/ok' }).end();
    if (request.url !== '/ok') return response.writeHead(404).end();
    response.setHeader('X-Total', '1');
    response.end('ok');
  } catch (error) {
    response.writeHead(500).end();
  }
"""
