"""Configurations as people paste them: each with a mistake, and the same without it."""

from __future__ import annotations

from typing import Final

from tests.stacks.python import mistaken_more

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
_TABLES: Final = {
    "fastapi": _STARLETTE,
    "starlette": _STARLETTE,
    "flask": _FLASK,
    "django": _DJANGO,
    "litestar": mistaken_more.LITESTAR,
    "quart": mistaken_more.QUART,
    "sanic": mistaken_more.SANIC,
    "aiohttp": mistaken_more.AIOHTTP,
    "falcon": mistaken_more.FALCON,
    "tornado": mistaken_more.TORNADO,
    "jupyter": mistaken_more.JUPYTER,
    "python-socketio": mistaken_more.SOCKETIO,
}
ROWS: Final[list[Row]] = [(stack, *row) for stack, rows in _TABLES.items() for row in rows]
