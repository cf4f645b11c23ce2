"""Configurations as people paste them: each with a mistake, and the same without it."""

from __future__ import annotations

from typing import Final

# Stack, pitfall, a text that has it, one that has not.
Row = tuple[str, str, str, str]

FASTAPI: Final = """
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
origins = [
    "{origin}",
    "http://localhost:3000",
]
app.add_middleware(
    CORSMiddleware,
    allow_origins=origins,
    allow_credentials=True,
    allow_methods=["*"],
    allow_headers=["*"],
)
"""
GOOD_FASTAPI: Final = FASTAPI.format(origin="https://app.example")
_STARLETTE: Final = (
    (
        "added-before-others",
        "app.add_middleware(CORSMiddleware, allow_origins=['https://a.example'])\napp.add_middleware(AuthMiddleware)",
        "app.add_middleware(AuthMiddleware)\napp.add_middleware(CORSMiddleware, allow_origins=['https://a.example'])",
    ),
    (
        "added-before-others",
        "app.add_middleware(CORSMiddleware)\n\n@app.middleware('http')\nasync def login(request, call_next): ...",
        "@app.middleware('http')\nasync def login(request, call_next): ...\n\napp.add_middleware(CORSMiddleware)",
    ),
    (
        "added-before-others",
        "app = Starlette(middleware=[Middleware(AuthMiddleware), Middleware(CORSMiddleware, allow_origins=['*'])])",
        "app = Starlette(middleware=[Middleware(CORSMiddleware, allow_origins=['*']), Middleware(AuthMiddleware)])",
    ),
    (
        "added-before-others",
        "app.add_middleware(CORSMiddleware)\napp.add_middleware(GZipMiddleware)",
        "api.add_middleware(CORSMiddleware)\nother.add_middleware(GZipMiddleware)",
    ),
    ("any-origin-with-credentials", FASTAPI.format(origin="*"), GOOD_FASTAPI),
    ("origin-with-slash", FASTAPI.format(origin="https://app.example/"), GOOD_FASTAPI),
    ("origin-with-slash", FASTAPI.format(origin="https://app.example/path"), GOOD_FASTAPI),
    ("origin-without-scheme", FASTAPI.format(origin="app.example"), GOOD_FASTAPI),
    ("origin-without-scheme", FASTAPI.format(origin="localhost:5173"), GOOD_FASTAPI),
    ("origin-not-as-sent", FASTAPI.format(origin="https://app.example:443"), GOOD_FASTAPI),
    ("origin-not-as-sent", FASTAPI.format(origin="https://App.example"), GOOD_FASTAPI),
    ("origins-in-one-text", FASTAPI.format(origin="https://app.example, https://b.example"), GOOD_FASTAPI),
    ("wildcard-in-origin", FASTAPI.format(origin="https://*.example"), GOOD_FASTAPI),
    ("wildcard-in-origin", FASTAPI.format(origin="http://localhost:*"), GOOD_FASTAPI),
    (
        "text-for-list",
        "app = CORSMiddleware(app, allow_origins='https://app.example')",
        "app = CORSMiddleware(app, allow_origins=('https://app.example',))",
    ),
    (
        "unknown-option",
        "app.add_middleware(CORSMiddleware, allow_origin=['https://app.example'])",
        GOOD_FASTAPI,
    ),
    (
        "unknown-option",
        "app.add_middleware(CORSMiddleware, allowed_origins=['https://app.example'])",
        GOOD_FASTAPI,
    ),
    (
        "methods-not-listed",
        "app.add_middleware(CORSMiddleware, allow_origins=['*'], allow_headers=['*'])",
        GOOD_FASTAPI,
    ),
    (
        "request-headers-not-listed",
        "app.add_middleware(CORSMiddleware, allow_origins=['*'], allow_methods=['*'])",
        GOOD_FASTAPI,
    ),
)
_FLASK: Final = (
    ("any-origin-with-credentials", "CORS(app, supports_credentials=True)", "CORS(app)"),
    (
        "any-origin-with-credentials",
        'app.config["CORS_ORIGINS"] = "*"\napp.config["CORS_SUPPORTS_CREDENTIALS"] = True',
        'app.config["CORS_ORIGINS"] = "https://a.example"\napp.config["CORS_SUPPORTS_CREDENTIALS"] = True',
    ),
    (
        "origin-with-slash",
        'CORS(app, resources={r"/api/.*": {"origins": "https://app.example/"}})',
        'CORS(app, resources={r"/api/.*": {"origins": "https://app.example"}})',
    ),
    ("origin-without-scheme", "CORS(app, origins=['app.example'])", "CORS(app, origins=['*'])"),
    (
        "origin-not-as-sent",
        "CORS(app, origins=['http://app.example:80'])",
        "CORS(app, origins=['http://a.example'])",
    ),
    (
        "origins-in-one-text",
        "CORS(app, origins='https://a.example, https://b.example')",
        "CORS(app, origins='*')",
    ),
    (
        "wildcard-in-origin",
        "CORS(app, origins=['https://*.example.com'])",
        r"CORS(app, origins=[re.compile(r'https://[a-z]+\.example\.com\Z')])",
    ),
    (
        "expression-open-at-its-end",
        r"CORS(app, origins=r'https://.*\.example\.com')",
        r"CORS(app, origins=r'https://[a-z]+\.example\.com$')",
    ),
    ("unknown-option", "CORS(app, origin='https://app.example')", "CORS(app, origins='https://app.example')"),
    (
        "names-in-one-text",
        "CORS(app, allow_headers='Content-Type, Authorization')",
        "CORS(app, allow_headers=['Content-Type', 'Authorization'])",
    ),
    ("path-with-star", 'CORS(app, resources={r"/api/*": {}})', 'CORS(app, resources={r"/api/.*": {}})'),
    (
        "login-before-preflight",
        "@app.before_request\ndef login():\n    if not session.get('user'):\n        abort(401)",
        "@app.before_request\ndef login():\n    if request.method != 'OPTIONS' and not session.get('user'):\n"
        "        abort(401)",
    ),
    (
        "decorator-above-route",
        "@cross_origin()\n@app.route('/x')\ndef x(): ...",
        "@app.route('/x')\n@cross_origin()\ndef x(): ...",
    ),
)
_MIDDLEWARE: Final = 'MIDDLEWARE = ["{first}", "{second}"]\nCORS_ALLOWED_ORIGINS = ["https://app.example"]\n'
_OURS: Final = "corsheaders.middleware.CorsMiddleware"
_COMMON: Final = "django.middleware.common.CommonMiddleware"
_SSL: Final = "django.middleware.security.SecurityMiddleware"
GOOD_DJANGO: Final = _MIDDLEWARE.format(first=_OURS, second=_COMMON)
_DJANGO: Final = (
    ("middleware-too-low", _MIDDLEWARE.format(first=_COMMON, second=_OURS), GOOD_DJANGO),
    (
        "middleware-too-low",
        _MIDDLEWARE.format(first=_SSL, second=_OURS) + "SECURE_SSL_REDIRECT = True",
        _MIDDLEWARE.format(first=_SSL, second=_OURS),
    ),
    ("middleware-missing", _MIDDLEWARE.format(first=_COMMON, second=_SSL), GOOD_DJANGO),
    (
        "any-origin-with-credentials",
        "CORS_ORIGIN_ALLOW_ALL = True\nCORS_ALLOW_CREDENTIALS = True",
        "CORS_ALLOW_ALL_ORIGINS = True\nCORS_ALLOW_CREDENTIALS = False",
    ),
    ("literal-star", "CORS_ALLOW_HEADERS = ('*',)", "CORS_ALLOW_HEADERS = (*default_headers, 'x-token')"),
    ("star-for-origin", "CORS_ALLOWED_ORIGINS = ['*']", GOOD_DJANGO),
    ("origin-with-slash", "CORS_ALLOWED_ORIGINS = ['https://app.example/']", GOOD_DJANGO),
    ("origin-without-scheme", "CORS_ORIGIN_WHITELIST = ('localhost:3000',)", GOOD_DJANGO),
    ("origin-not-as-sent", "CORS_ALLOWED_ORIGINS = ['https://app.example:443']", GOOD_DJANGO),
    ("origins-in-one-text", "CORS_ALLOWED_ORIGINS = ['https://a.example,https://b.example']", GOOD_DJANGO),
    ("wildcard-in-origin", "CORS_ALLOWED_ORIGINS = ['https://*.example']", GOOD_DJANGO),
    (
        "expression-open-at-its-end",
        r"CORS_ALLOWED_ORIGIN_REGEXES = [r'^https://\w+\.example\.com']",
        r"CORS_ALLOWED_ORIGIN_REGEXES = [r'^https://\w+\.example\.com$']",
    ),
    ("text-for-list", "CORS_ALLOWED_ORIGINS = ('https://app.example')", GOOD_DJANGO),
    ("unknown-option", "CORS_ALLOWED_ORIGIN = ['https://app.example']", GOOD_DJANGO),
    ("unknown-option", "CORS_ORIGINS_WHITELIST = ['https://app.example']", GOOD_DJANGO),
    (
        "cookie-not-secure",
        "SESSION_COOKIE_SAMESITE = 'None'",
        "SESSION_COOKIE_SAMESITE = 'None'\nSESSION_COOKIE_SECURE = True",
    ),
)
_LITESTAR: Final = (
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
_QUART: Final = (
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
_SANIC: Final = (
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
_AIOHTTP: Final = (
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
_FALCON: Final = (
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
_TORNADO: Final = (
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
_JUPYTER: Final = (
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
_SOCKETIO: Final = (
    (
        "any-origin",
        "sio = socketio.AsyncServer(async_mode='asgi', cors_allowed_origins='*')",
        "sio = socketio.AsyncServer(async_mode='asgi')",
    ),
    ("empty-list", "SocketIO(app, cors_allowed_origins=[])", "SocketIO(app, cors_allowed_origins=None)"),
    (
        "headers-twice",
        "app.add_middleware(CORSMiddleware, allow_origins=['*'])\nsio = socketio.AsyncServer()",
        "sio = socketio.AsyncServer()",
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
_TABLES: Final = {
    "fastapi": _STARLETTE,
    "starlette": _STARLETTE,
    "flask": _FLASK,
    "django": _DJANGO,
    "litestar": _LITESTAR,
    "quart": _QUART,
    "sanic": _SANIC,
    "aiohttp": _AIOHTTP,
    "falcon": _FALCON,
    "tornado": _TORNADO,
    "jupyter": _JUPYTER,
    "python-socketio": _SOCKETIO,
}
ROWS: Final[list[Row]] = [(stack, *row) for stack, rows in _TABLES.items() for row in rows]
