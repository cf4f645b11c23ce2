"""The code for platforms, executed: each behind a small adapter that speaks as the platform does."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.stacks.asking import ask
from tests.stacks.goldens import HOSTILE
from tests.stacks.matrix import POLICIES, complaints
from tests.stacks.serving import program, running

from corsage.server import Policy
from corsage.stacks.clouds.api_gateway_rest import ApiGatewayRest
from corsage.stacks.clouds.cloudflare_workers import CloudflareWorkers
from corsage.stacks.clouds.firebase import Firebase
from corsage.stacks.clouds.lambda_url import LambdaUrl
from corsage.stacks.clouds.netlify import Netlify
from corsage.stacks.clouds.supabase import Supabase
from corsage.stacks.clouds.vercel import Vercel

if TYPE_CHECKING:
    from corsage.stacks import Rendered, Stack

HERE: Final = Path(__file__).parent
# Its own CORS headers, which are wrong, must go.
HANDLE: Final = """
const OWN = { 'Access-Control-Allow-Origin': 'https://own.example', Vary: 'Accept-Encoding', 'X-Total': '1' };
export async function handle(request) {
  const { pathname } = new URL(request.url);
  if (pathname === '/boom') throw new Error('boom');
  if (pathname === '/moved') return new Response(null, { status: 302, headers: { Location: '/ok' } });
  if (pathname !== '/ok') return new Response('missing', { status: 404 });
  return new Response('ok', { headers: OWN });
}
"""
NODE_HANDLE: Final = """
export async function handle(request, response) {
  if (request.url === '/boom') throw new Error('boom');
  if (request.url === '/moved') return void response.writeHead(302, { Location: '/ok' }).end();
  if (request.url !== '/ok') return void response.writeHead(404).end('missing');
  response.setHeader('Vary', 'Accept-Encoding');
  response.writeHead(200, { 'Access-Control-Allow-Origin': 'https://own.example', 'X-Total': '1' });
  response.end('ok');
}
"""
EVENT_HANDLE: Final = """
export async function handler(event) {
  const path = event.path ?? event.rawPath;
  if (path === '/boom') throw new Error('boom');
  if (path === '/moved') return { statusCode: 302, headers: { Location: '/ok' } };
  if (path !== '/ok') return { statusCode: 404, body: 'missing' };
  const headers = { 'access-control-allow-origin': 'https://own.example', vary: 'Accept-Encoding', 'X-Total': '1' };
  return { statusCode: 200, headers, body: 'ok' };
}
"""
PYTHON_HANDLE: Final = """
def handler(event, context):
    path = event.get("path") or event.get("rawPath")
    if path == "/boom":
        raise RuntimeError("boom")
    if path == "/moved":
        return {"statusCode": 302, "headers": {"Location": "/ok"}}
    if path != "/ok":
        return {"statusCode": 404, "body": "missing"}
    headers = {"access-control-allow-origin": "https://own.example", "vary": "Accept-Encoding", "X-Total": "1"}
    return {"statusCode": 200, "headers": headers, "body": "ok"}
"""

PLATFORMS: Final[dict[str, tuple[Stack, str, str]]] = {
    "workers": (CloudflareWorkers(), "src/index.js", "src/app.js"),
    "vercel": (Vercel(), "api/FUNCTION.js", "lib/handle.js"),
    "netlify": (Netlify(), "netlify/functions/FUNCTION.mjs", "netlify/lib/handle.mjs"),
    "supabase": (
        Supabase(),
        "supabase/functions/FUNCTION/index.ts",
        "supabase/functions/FUNCTION/handle.js",
    ),
}
RUN: Final = {
    **POLICIES,
    "quotes": HOSTILE["quotes"],
    "many": HOSTILE["many"],
    "rare": Policy(
        origins=["https://app.example", "null", "app://"],
        methods=["PATCH"],
        exposed_headers="*",
        max_age=-1,
        private_network=True,
        timing=True,
        resource_policy="cross-origin",
        preflight_status=200,
        guard_websockets=True,
        dangerously_allow_null_origin=True,
    ),
}
# All take the same module: one goes through every policy, the others through the richest.
CASES: Final = [
    *(("workers", name) for name in RUN),
    *((platform, name) for platform in ("vercel", "netlify", "supabase") for name in ("exact", "regex")),
]


def written(rendered: Rendered, folder: Path, more: dict[str, str]) -> None:
    texts = {file.name: file.text for file in rendered.files} | more
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("platform", "name"), CASES)
def test_a_fetch_handler_does_what_the_policy_says(platform: str, name: str, tmp_path: Path) -> None:
    node = program("node", "nodejs")
    stack, entry, app = PLATFORMS[platform]
    handle = HANDLE + ("export default { fetch: handle };" if platform == "workers" else "")
    rendered = stack.render(RUN[name])
    written(rendered, tmp_path, {app: handle, "package.json": '{"type": "module"}'})
    start = tmp_path / entry
    if start.suffix == ".ts":
        # There are no types in it: Node takes it under the other name.
        start = Path(shutil.copy(start, start.with_suffix(".js")))
    adapter = str(HERE / "serve_fetch.mjs")
    with running(lambda port: [node, adapter, platform, str(start), str(port)]) as base:
        assert complaints(base, RUN[name]) == []


@pytest.mark.parametrize("name", RUN)
def test_a_node_handler_does_what_the_policy_says(name: str, tmp_path: Path) -> None:
    node = program("node", "nodejs")
    written(Firebase().render(RUN[name]), tmp_path, FIREBASE | {"functions/handle.js": NODE_HANDLE})
    start, adapter = str(tmp_path / "functions/index.js"), str(HERE / "serve_node.mjs")
    with running(lambda port: [node, adapter, start, str(port)]) as base:
        assert complaints(base, RUN[name]) == []


# In the place of the package: it hands the request on.
FIREBASE: Final = {
    "functions/package.json": '{"type": "module"}',
    "functions/node_modules/firebase-functions/package.json": '{"exports": {"./v2/https": "./https.js"}, '
    '"type": "module"}',
    "functions/node_modules/firebase-functions/https.js": "export const onRequest = (options, handle) => handle;",
}


@pytest.mark.parametrize(("name", "form"), [*((name, "2.0") for name in RUN), ("exact", "1.0")])
def test_a_function_in_javascript_does_what_the_policy_says(name: str, form: str, tmp_path: Path) -> None:
    node = program("node", "nodejs")
    written(ApiGatewayRest().render(RUN[name]), tmp_path, {"app.mjs": EVENT_HANDLE})
    start, adapter = str(tmp_path / "index.mjs"), str(HERE / "serve_events.mjs")
    with running(lambda port: [node, adapter, start, form, str(port)]) as base:
        assert complaints(base, RUN[name]) == []


@pytest.mark.parametrize(("name", "form"), [*((name, "1.0") for name in RUN), ("exact", "2.0")])
def test_a_function_in_python_does_what_the_policy_says(name: str, form: str, tmp_path: Path) -> None:
    written(ApiGatewayRest().render(RUN[name]), tmp_path, {"app.py": PYTHON_HANDLE})
    adapter = str(HERE / "serve_events.py")
    with running(lambda port: [sys.executable, adapter, str(tmp_path), form, str(port)]) as base:
        assert complaints(base, RUN[name]) == []


@pytest.mark.parametrize("name", ["patterns", "regex"])
def test_a_function_url_that_cannot_list_the_origins_does_it_in_code(name: str, tmp_path: Path) -> None:
    rendered = LambdaUrl().render(RUN[name])
    assert rendered.executed
    written(rendered, tmp_path, {"app.py": PYTHON_HANDLE})
    adapter = str(HERE / "serve_events.py")
    with running(lambda port: [sys.executable, adapter, str(tmp_path), "2.0", str(port)]) as base:
        assert complaints(base, RUN[name]) == []


def test_rare_parts_are_answered(tmp_path: Path) -> None:
    node = program("node", "nodejs")
    written(
        CloudflareWorkers().render(RUN["rare"]),
        tmp_path,
        {"src/app.js": HANDLE + "export default { fetch: handle };", "package.json": '{"type": "module"}'},
    )
    start, adapter = str(tmp_path / "src/index.js"), str(HERE / "serve_fetch.mjs")
    preflight = {
        "Origin": "https://app.example",
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Private-Network": "true",
    }
    with running(lambda port: [node, adapter, "workers", start, str(port)]) as base:
        status, headers = ask(base, "/ok", "OPTIONS", preflight)
        assert (status, headers["Access-Control-Allow-Private-Network"]) == (200, "true")
        _, headers = ask(base, "/ok", headers={"Origin": "https://app.example"})
        assert headers["Timing-Allow-Origin"] == "https://app.example"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Accept-Encoding" in headers["Vary"]


def test_a_policy_that_hands_preflights_on_puts_headers_on_their_answers(tmp_path: Path) -> None:
    node = program("node", "nodejs")
    written(ApiGatewayRest().render(HOSTILE["everything"]), tmp_path, {"app.mjs": EVENT_HANDLE})
    start, adapter = str(tmp_path / "index.mjs"), str(HERE / "serve_events.mjs")
    headers = {"Origin": "https://app.example", "Access-Control-Request-Method": "PATCH"}
    with running(lambda port: [node, adapter, start, "2.0", str(port)]) as base:
        status, answer = ask(base, "/missing", "OPTIONS", headers)
    assert status == 404
    assert answer["Access-Control-Allow-Methods"] == "*"
    assert answer["Access-Control-Max-Age"] == "0"


def test_what_is_no_origin_is_never_matched_by_an_expression() -> None:
    policy = Policy(origin_regexes=[r"https://[^/]*\.x\.example"])
    (code,) = (file.text for file in ApiGatewayRest().render(policy).files if file.name == "cors.py")
    names: dict[str, Any] = {}
    exec(compile(code, "cors.py", "exec"), names)  # noqa: S102 - our own text
    assert names["is_allowed"]("https://y.x.example")
    assert not names["is_allowed"]("https://evil.com, https://y.x.example")
    assert not names["is_allowed"]("null")
