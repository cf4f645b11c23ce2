"""Programs with a usual mistake, and the same without it: by stack and mistake; ``*`` is for all other stacks."""

from __future__ import annotations

from typing import Final

_CORS: Final = "app.use(cors({{ {0} }}));"
_HAPI: Final = "Hapi.server({{ routes: {{ cors: {{ {0} }} }} }});"
_IO: Final = "const io = new Server(httpServer, {{ {0} }});"

PAIRS: Final[dict[str, dict[str, list[tuple[str, str]]]]] = {
    "*": {
        "trailing-slash": [
            ("cors({ origin: 'https://app.example.com/' })", "cors({ origin: ['https://app.example.com'] })"),
            (
                "const allowedOrigins = [\n  // the page\n  'https://a.example',\n  'http://localhost:3000/',\n];",
                "const allowedOrigins = ['https://a.example'];\nfetch('https://a.example/');",
            ),
            (
                'const corsOptions: CorsOptions = { origin: ["https://a.example/"] }',
                "// origin: 'https://a.example/'\nconst corsOptions = { origin: ['https://a.example'] }",
            ),
            (
                "const whitelist = new Set(['https://a.example/'])",
                "const urls = new Set(['https://a.example/'])",
            ),
        ],
        "origin-with-path": [
            (
                "cors({ origin: ['https://app.example/home'] })",
                "cors({ origin: ['https://app.example'], x: '/home' })",
            )
        ],
        "several-in-one-text": [
            (
                "cors({ origin: 'https://a.example, https://b.example' })",
                "cors({ origin: ['https://a.example', 'https://b.example'] })",
            ),
            ("{ origin: `http://a.example http://b.example` }", "{ origin: `http://a.example` }"),
        ],
        "no-scheme": [
            ("cors({ origin: 'localhost:3000' })", "cors({ origin: ['http://localhost:3000'] })"),
            (
                "cors({ origin: ['app.example.com'] })",
                "cors({ origin: ['*'], methods: ['app.example.com'] })",
            ),
        ],
        "null-origin": [("cors({ origin: ['null'] })", "cors({ origin: [null] })")],
        "open-expression": [
            (r"cors({ origin: /example\.com$/ })", r"cors({ origin: /^https:\/\/[a-z]+\.example\.com$/ })"),
            (
                r"cors({ origin: [/^https:\/\/a\.example/] })",
                r"cors({ origin: [/^https:\/\/a\.example$/i] })",
            ),
        ],
        "part-of-origin": [
            (
                "origin: (origin, cb) => cb(null, origin.endsWith('example.com'))",
                "origin: (origin, cb) => cb(null, allowed.includes(origin))",
            ),
            (
                "if (requestOrigin.includes('localhost')) next()",
                "if (origin.endsWith('.example.com')) next()",
            ),
        ],
        "reflected-with-credentials": [
            ("app.use(cors({ origin: true, credentials: true }))", "app.use(cors({ origin: true }))"),
            (
                "res.header('Access-Control-Allow-Origin', req.headers.origin);\n"
                "res.header('Access-Control-Allow-Credentials', true);",
                "res.header('Access-Control-Allow-Origin', allowed.get(req.headers.origin));\n"
                "res.header('Access-Control-Allow-Credentials', true);",
            ),
        ],
        "single-text-origin": [
            (
                "app.use(cors({ origin: 'https://a.example', credentials: true }))",
                "app.use(cors({ origin: ['https://a.example'] }))",
            ),
            (
                "new Server(s, { cors: { origin: 'https://a.example' } })",
                "new Server(s, { cors: { origin: '*' } })",
            ),
        ],
        "wildcard-text": [
            (
                "cors({ origin: ['https://*.a.example'] })",
                r"cors({ origin: [/^https:\/\/[a-z]*\.a\.example$/, '*'] })",
            )
        ],
        "star-in-list": [(_CORS.format("origin: ['*']"), _CORS.format("origin: '*'"))],
        "star-with-credentials": [
            (_CORS.format("origin: '*', credentials: true"), _CORS.format("origin: '*', credentials: false")),
            (_CORS.format("credentials: true"), _CORS.format("origin: allowed, credentials: true")),
            (
                "const corsOptions = { origin: '*', credentials: true };",
                "const corsOptions = { origin: list, credentials: true }; const s = { origin: '*' };",
            ),
        ],
        "error-for-strangers": [
            (
                "cors({ origin(origin, callback) { callback(new Error('Not allowed by CORS')) } })",
                "cors({ origin: (origin, callback) => callback(null, list.includes(origin)) })",
            ),
            (
                "origin: (o, cb) => { cb(new Error('no')) }",
                "app.get('/', (q, r, next) => next(new Error('no')))",
            ),
        ],
        "headers-by-hand-too": [
            (
                "app.use(cors()); app.use((q, r, n) => { r.header('Access-Control-Allow-Origin', '*'); n(); })",
                "app.use(cors()); // 'Access-Control-Allow-Origin'",
            )
        ],
        "helmet-resource-policy": [
            (
                "app.use(helmet());",
                "app.use(helmet({ crossOriginResourcePolicy: { policy: 'cross-origin' } }));",
            )
        ],
        "cors-after-routes": [
            ("app.get('/', f); app.use(cors());", "app.use(cors()); app.get('/', f); app.get('port');"),
            ("app.use('/api', apiRouter); app.use(cors())", "app.use(cors()); app.use('/api', apiRouter)"),
            ("app.use(router.routes()); app.use(cors())", "app.use(logger()); app.use(cors())"),
        ],
        "cors-after-login": [
            (
                "app.use(passport.initialize()); app.use(cors());",
                "app.use(cors()); app.use(passport.initialize());",
            ),
            ("app.use(requireAuth); app.use(cors())", "app.use(cors()); app.use(requireAuth)"),
        ],
        "unknown-option": [
            ("cors({ origins: ['https://a.example'] })", "cors({ origin: ['https://a.example'] })"),
            (
                "const corsOptions = { origin: '*', allowCredentials: true }",
                "const corsOptions = { origin: '*' }; const other = { allowCredentials: true }",
            ),
            ("x({ cors: { allow: '*' } })", "x({ cors: { origin } })"),
        ],
    },
    "express": {
        "starred-route": [
            ("app.options('*', cors());", "app.options('/{*any}', cors());"),
            ("app.get('/api/*', f)", "app.get('/api/{*any}', f)"),
        ],
        "unknown-option": [("cors({ allowHeaders: ['x'] })", "cors({ allowedHeaders: ['x'], maxAge: 1 })")],
    },
    "fastify": {
        "star-in-list": [
            (
                "fastify.register(cors, { origin: ['*', 'https://a.example'] })",
                "fastify.register(cors, { origin: '*' })",
            )
        ],
        "default-methods": [
            (
                "fastify.register(require('@fastify/cors'), { origin: true })",
                "fastify.register(require('@fastify/cors'), { origin: true, methods: ['PUT'] })",
            ),
            ("await app.register(cors, { origin })", "await app.register(other, { origin })"),
        ],
        "cors-after-login": [
            (
                "fastify.register(authPlugin); fastify.register(cors, {})",
                "fastify.register(cors, {}); fastify.register(authPlugin)",
            )
        ],
    },
    "nestjs": {
        "cors-after-listen": [
            (
                "await app.listen(3000); app.enableCors();",
                "app.enableCors(); await app.listen(3000);",
            )
        ],
        "cors-twice": [
            (
                "const app = await NestFactory.create(AppModule, { cors: true }); app.enableCors();",
                "const app = await NestFactory.create(AppModule); app.enableCors();",
            )
        ],
        "star-with-credentials": [
            (
                "app.enableCors({ origin: '*', credentials: true });",
                "app.enableCors({ origin: ['https://a.example'], credentials: true });",
            ),
            (
                "NestFactory.create(AppModule, { cors: { origin: '*', credentials: true } })",
                "NestFactory.create(AppModule, { cors: true })",
            ),
        ],
    },
    "koa": {
        "list-of-origins": [
            ("app.use(cors({ origin: ['https://a.example'] }))", "app.use(cors({ origin: (ctx) => '' }))")
        ],
        "reflects-with-credentials": [
            (_CORS.format("credentials: true"), _CORS.format("origin: (ctx) => f(ctx), credentials: true")),
        ],
        "error-without-headers": [
            (_CORS.format("keepHeadersOnError: false"), _CORS.format("keepHeadersOnError: true"))
        ],
        "unknown-option": [(_CORS.format("allowedHeaders: ['x']"), _CORS.format("allowHeaders: ['x']"))],
    },
    "hono": {
        "list-of-expressions": [
            (
                _CORS.format(r"origin: [/^https:\/\/a\.example$/]"),
                _CORS.format("origin: ['https://a.example']"),
            )
        ],
    },
    "hapi": {
        "text-origin": [
            (_HAPI.format("origin: '*'"), _HAPI.format("origin: 'ignore'")),
            (_HAPI.format("origin: 'https://a.example'"), _HAPI.format("origin: ['https://a.example']")),
        ],
        "reflects-with-credentials": [
            (
                _HAPI.format("credentials: true"),
                _HAPI.format("origin: ['https://a.example'], credentials: true"),
            ),
            (_HAPI.format("origin: ['*'], credentials: true"), _HAPI.format("origin: ['*']")),
        ],
        "unknown-option": [(_HAPI.format("methods: ['PUT']"), _HAPI.format("additionalHeaders: ['x']"))],
    },
    "nextjs": {
        "list-in-header": [
            (
                "{ key: 'Access-Control-Allow-Origin', value: 'https://a.example, https://b.example' }",
                "{ key: 'Access-Control-Allow-Origin', value: 'https://a.example' }",
            )
        ],
        "star-with-credentials": [
            (
                "[{ key: 'Access-Control-Allow-Credentials', value: 'true' },"
                " { key: 'Access-Control-Allow-Origin', value: '*' }]",
                "[{ key: 'Access-Control-Allow-Origin', value: '*' }]",
            )
        ],
        "no-options": [
            (
                "export async function GET() { return new Response('', {"
                " headers: { 'Access-Control-Allow-Origin': '*' } }) }",
                "export async function GET() { return new Response('', {"
                " headers: { 'Access-Control-Allow-Origin': '*' } }) }\nexport async function OPTIONS() {}",
            )
        ],
        "middleware-after-16": [
            ("export async function middleware(request) {}", "export function proxy(request) {}")
        ],
        "no-cors-mode": [("fetch(u, { mode: 'no-cors' })", "fetch(u, { mode: 'cors' })")],
    },
    "node": {
        "list-in-header": [
            (
                "{ key: 'Access-Control-Allow-Origin', value: 'https://a.example, https://b.example' }",
                "{ key: 'Access-Control-Allow-Origin', value: 'https://a.example' }",
            )
        ],
        "star-with-credentials": [
            (
                "[{ key: 'Access-Control-Allow-Credentials', value: 'true' },"
                " { key: 'Access-Control-Allow-Origin', value: '*' }]",
                "[{ key: 'Access-Control-Allow-Origin', value: '*' }]",
            )
        ],
        "no-preflight": [
            (
                "response.setHeader('Access-Control-Allow-Origin', 'https://a.example');",
                "if (request.method === 'OPTIONS') response.setHeader('Access-Control-Allow-Origin', 'https://a.example');",
            )
        ],
    },
    "socket.io": {
        "origins-of-version-2": [
            (_IO.format("origins: '*:*'"), _IO.format("cors: { origin: '*' }")),
            ("io.origins(['https://a.example:443']);", "io.on('connection', f);"),
            ("io(server, { origins: 'https://a.example' })", "io(server, { cors: { origin: f } })"),
        ],
        "version-2": [('"socket.io": "^2.5.0"', '"socket.io": "^4.8.0"')],
        "cors-without-object": [(_IO.format("cors: '*'"), _IO.format("cors: { origin: '*' }"))],
        "websocket-unguarded": [
            (
                _IO.format("transports: ['websocket']"),
                _IO.format("transports: ['websocket'], allowRequest: (r, cb) => cb(null, f(r))"),
            ),
            (_IO.format("transports: [ 'websocket' ]"), _IO.format("transports: ['websocket', 'polling']")),
        ],
        "unknown-option": [(_IO.format("cors: { origins: '*' }"), _IO.format("cors: { origin: '*' }"))],
    },
    "apollo-server": {
        "cors-of-version-3": [
            ("new ApolloServer({ typeDefs, cors: { origin: '*' } })", "new ApolloServer({ typeDefs })"),
            ("server.applyMiddleware({ app, cors: false })", "server.applyMiddleware({ app })"),
        ],
        "standalone": [
            ("const { url } = await startStandaloneServer(server);", "app.use(expressMiddleware(server));")
        ],
        "starred-route": [("app.options('*', cors());", "app.options('/{*any}', cors());")],
    },
}
