"""Configurations as people paste them, for the smaller frameworks: with a mistake, and without it."""

from __future__ import annotations

from typing import Final

LITESTAR: Final = (
    ("any-origin-with-credentials", "CORSConfig(allow_credentials=True)", "CORSConfig()"),
    (
        "expression-beside-the-default",
        r"CORSConfig(allow_origin_regex=r'https://a\.example')",
        r"CORSConfig(allow_origins=[], allow_origin_regex=r'https://a\.example')",
    ),
    (
        "origin-with-slash",
        "CORSConfig(allow_origins=['https://a.example/'])",
        "CORSConfig(allow_origins=['*'])",
    ),
    ("origin-without-scheme", "CORSConfig(allow_origins=['a.example'])", "CORSConfig(allow_origins=['*'])"),
    (
        "origin-not-as-sent",
        "CORSConfig(allow_origins=['https://A.example'])",
        "CORSConfig(allow_origins=['*'])",
    ),
    ("origins-in-one-text", "CORSConfig(allow_origins=['https://a.b https://c.d'])", "CORSConfig()"),
    (
        "wildcard-in-origin",
        "CORSConfig(allow_origins=['https://example.*'])",
        "CORSConfig(allow_origins=['*'])",
    ),
    ("text-for-list", "CORSConfig(allow_origins='https://a.example')", "CORSConfig(allow_origins=['*'])"),
    ("unknown-option", "CORSConfig(allowed_origins=['*'])", "CORSConfig(allow_origins=['*'])"),
)
QUART: Final = (
    ("any-origin-with-credentials", "app = cors(app, allow_credentials=True)", "app = cors(app)"),
    ("origin-with-slash", "cors(app, allow_origin='https://a.example/')", "cors(app, allow_origin='*')"),
    ("origin-without-scheme", "cors(app, allow_origin=['a.example'])", "cors(app, allow_origin='*')"),
    ("origin-not-as-sent", "cors(app, allow_origin=['http://a.example:80'])", "cors(app, allow_origin='*')"),
    (
        "origins-in-one-text",
        "cors(app, allow_origin='https://a.b,https://c.d')",
        "cors(app, allow_origin='*')",
    ),
    ("wildcard-in-origin", "cors(app, allow_origin=['https://*.example'])", "cors(app, allow_origin='*')"),
    (
        "expression-open-at-its-end",
        r"cors(app, allow_origin=re.compile(r'https://.*\.example'))",
        r"cors(app, allow_origin=re.compile(r'https://[a-z]+\.example\Z'))",
    ),
    ("unknown-option", "cors(app, allow_origins='*')", "cors(app, allow_origin='*')"),
)
SANIC: Final = (
    (
        "any-origin-with-credentials",
        'app.config.CORS_ORIGINS = "*"\napp.config.CORS_SUPPORTS_CREDENTIALS = True',
        'app.config.CORS_ORIGINS = "https://a.example"\napp.config.CORS_SUPPORTS_CREDENTIALS = True',
    ),
    ("star-in-a-list", 'app.config.CORS_ORIGINS = ["*"]', 'app.config.CORS_ORIGINS = "*"'),
    ("origin-with-slash", 'app.config.CORS_ORIGINS = "http://a.example/"', 'app.config.CORS_ORIGINS = "*"'),
    (
        "origin-without-scheme",
        'app.extend(config={"CORS_ORIGINS": "a.example"})',
        'app.config.CORS_ORIGINS = "*"',
    ),
    (
        "origin-not-as-sent",
        'Config(cors_origins="http://a.example:80")',
        'Config(cors_origins="http://a.example")',
    ),
    ("wildcard-in-origin", 'app.config.CORS_ORIGINS = "https://*.example"', 'app.config.CORS_ORIGINS = "*"'),
    (
        "expression-open-at-its-end",
        r"app.config.CORS_ORIGINS = re.compile(r'https://.*\.example')",
        r"app.config.CORS_ORIGINS = re.compile(r'https://[a-z]+\.example\Z')",
    ),
    ("unknown-option", 'app.config.CORS_ALLOW_ORIGINS = "*"', 'app.config.CORS_ORIGINS = "*"'),
)
_SETUP: Final = (
    'cors = aiohttp_cors.setup(app, defaults={{"{origin}": aiohttp_cors.ResourceOptions({more})}})\n'
    "cors.add(route)"
)
AIOHTTP: Final = (
    ("no-route-added", "aiohttp_cors.setup(app, defaults={})", "c = aiohttp_cors.setup(app)\nc.add(route)"),
    (
        "any-origin-with-credentials",
        _SETUP.format(origin="*", more="allow_credentials=True"),
        _SETUP.format(origin="https://a.example", more="allow_credentials=True"),
    ),
    (
        "origin-with-slash",
        _SETUP.format(origin="https://a.example/", more=""),
        _SETUP.format(origin="*", more=""),
    ),
    ("origin-without-scheme", _SETUP.format(origin="a.example", more=""), _SETUP.format(origin="*", more="")),
    (
        "origin-not-as-sent",
        _SETUP.format(origin="http://A.example", more=""),
        _SETUP.format(origin="*", more=""),
    ),
    (
        "origins-in-one-text",
        _SETUP.format(origin="http://a.b,http://c.d", more=""),
        _SETUP.format(origin="*", more=""),
    ),
    (
        "wildcard-in-origin",
        _SETUP.format(origin="http://*.a.example", more=""),
        _SETUP.format(origin="*", more=""),
    ),
    (
        "unknown-option",
        _SETUP.format(origin="*", more='methods="*"'),
        _SETUP.format(origin="*", more='allow_methods="*"'),
    ),
)
_CORS: Final = "app = falcon.App(middleware=falcon.CORSMiddleware({}))"
FALCON: Final = (
    (
        "any-origin-with-credentials",
        _CORS.format("allow_origins='*', allow_credentials='*'"),
        _CORS.format("allow_origins='https://a.example', allow_credentials='*'"),
    ),
    (
        "credentials-are-origins",
        _CORS.format("allow_credentials=True"),
        _CORS.format("allow_credentials='*'"),
    ),
    ("star-in-a-list", _CORS.format("allow_origins=['*']"), _CORS.format("allow_origins='*'")),
    ("everything-by-default", "falcon.App(cors_enable=True)", "falcon.App(cors_enable=False)"),
    ("origin-with-slash", _CORS.format("allow_origins='https://a.example/'"), _CORS.format("")),
    ("origin-without-scheme", _CORS.format("allow_origins='a.example'"), _CORS.format("")),
    ("origin-not-as-sent", _CORS.format("allow_origins='https://a.example:443'"), _CORS.format("")),
    ("origins-in-one-text", _CORS.format("allow_origins='https://a.b, https://c.d'"), _CORS.format("")),
    ("wildcard-in-origin", _CORS.format("allow_origins=['https://*.example']"), _CORS.format("")),
    ("unknown-option", _CORS.format("allow_methods=['PUT']"), _CORS.format("")),
)
_HANDLER: Final = """
class Base(RequestHandler):
    def set_default_headers(self):
        self.set_header("Access-Control-Allow-Origin", {origin})
        {more}
"""
_OPTIONS: Final = "self.set_status(200)\n    def options(self):\n        self.set_status(204)"
_TRUE: Final = 'self.set_header("Access-Control-Allow-Credentials", "true")'
_ONE: Final = '"https://a.example"'
TORNADO: Final = (
    ("no-options", _HANDLER.format(origin=_ONE, more=""), _HANDLER.format(origin=_ONE, more=_OPTIONS)),
    (
        "star-with-credentials",
        _HANDLER.format(origin='"*"', more=_TRUE),
        _HANDLER.format(origin=_ONE, more=_TRUE),
    ),
    (
        "any-origin-with-credentials",
        _HANDLER.format(origin='self.request.headers.get("Origin")', more=_TRUE),
        _HANDLER.format(origin="origin", more=_TRUE),
    ),
    (
        "websocket-check-off",
        "class S(WebSocketHandler):\n    def check_origin(self, origin):\n        return True",
        "class S(WebSocketHandler):\n    def check_origin(self, origin):\n        return origin in ORIGINS",
    ),
    (
        "login-before-preflight",
        "class S(RequestHandler):\n    def prepare(self):\n        if not self.current_user:\n"
        "            raise HTTPError(401)",
        "class S(RequestHandler):\n    def prepare(self):\n        if self.request.method != 'OPTIONS':\n"
        "            raise HTTPError(401)",
    ),
    (
        "origin-with-slash",
        _HANDLER.format(origin='"http://a.example/"', more=""),
        _HANDLER.format(origin=_ONE, more=""),
    ),
    (
        "origin-without-scheme",
        _HANDLER.format(origin='"a.example"', more=""),
        _HANDLER.format(origin=_ONE, more=""),
    ),
    (
        "origins-in-one-text",
        _HANDLER.format(origin='"http://a.b, http://c.d"', more=""),
        _HANDLER.format(origin=_ONE, more=""),
    ),
)
_PAT: Final = r"c.ServerApp.allow_origin_pat = r'https://a\.example'"
JUPYTER: Final = (
    ("any-origin", "c.NotebookApp.allow_origin = '*'", _PAT),
    ("any-origin", "jupyter lab --ServerApp.allow_origin='*'", "jupyter lab --port=8888"),
    (
        "any-origin",
        "jupyter lab --NotebookApp.allow_origin=*",
        "jupyter lab --NotebookApp.allow_origin=https://a.example",
    ),
    ("expression-for-all", "c.ServerApp.allow_origin_pat = '.*'", _PAT),
    ("both-settings", f"c.ServerApp.allow_origin = 'https://a.example'\n{_PAT}", _PAT),
    ("list-of-origins", "c.ServerApp.allow_origin = ['https://a.example']", _PAT),
    ("origins-in-one-text", "c.ServerApp.allow_origin = 'https://a.example https://b.example'", _PAT),
    ("origin-with-slash", "c.ServerApp.allow_origin = 'https://a.example/'", _PAT),
    ("origin-without-scheme", "c.ServerApp.allow_origin = 'a.example'", _PAT),
    ("origin-not-as-sent", "c.ServerApp.allow_origin = 'https://a.example:443'", _PAT),
    ("wildcard-in-origin", "c.ServerApp.allow_origin = 'https://*.example'", _PAT),
    ("xsrf-check-off", "c.ServerApp.disable_check_xsrf = True", "c.ServerApp.disable_check_xsrf = False"),
    ("no-token", "jupyter lab --ServerApp.token=''", "jupyter lab --ServerApp.token='secret'"),
)
SOCKETIO: Final = (
    (
        "any-origin",
        "sio = socketio.AsyncServer(async_mode='asgi', cors_allowed_origins='*')",
        "sio = socketio.AsyncServer(async_mode='asgi')",
    ),
    ("empty-list", "SocketIO(app, cors_allowed_origins=[])", "SocketIO(app, cors_allowed_origins=None)"),
    (
        "headers-twice",
        "app.add_middleware(CORSMiddleware)\napp.mount('/', socketio.ASGIApp(sio))",
        "app.add_middleware(CORSMiddleware)\napp = socketio.ASGIApp(sio, app)",
    ),
    ("origin-with-slash", "socketio.Server(cors_allowed_origins='https://a.example/')", "socketio.Server()"),
    ("origin-without-scheme", "socketio.Server(cors_allowed_origins=['a.example'])", "socketio.Server()"),
    (
        "origin-not-as-sent",
        "socketio.Server(cors_allowed_origins=['http://a.example:80'])",
        "socketio.Server()",
    ),
    (
        "origins-in-one-text",
        "socketio.Server(cors_allowed_origins='http://a.b,http://c.d')",
        "socketio.Server()",
    ),
    (
        "wildcard-in-origin",
        "socketio.Server(cors_allowed_origins=['https://*.example'])",
        "socketio.Server()",
    ),
    (
        "unknown-option",
        "socketio.AsyncServer(cors_allowed_origin=['https://a.example'])",
        "socketio.AsyncServer()",
    ),
)
