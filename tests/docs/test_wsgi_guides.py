"""The guides of Flask, Django, Bottle, Pyramid and WSGI: their examples are run, and asked."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.middleware.serving import wsgi_server
from tests.middleware.wire import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

GUIDES = Path(__file__).parents[2] / "docs" / "frameworks"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
INI = re.compile(r"^```ini\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PAGE = "https://app.example.com"
STRANGER = "https://evil.example"


def text_of(framework: str) -> str:
    if framework != "wsgi" and find_spec(framework) is None:
        pytest.skip(f"{framework} is not installed")
    return (GUIDES / f"{framework}.md").read_text(encoding="utf-8")


def run(framework: str) -> dict[str, Any]:
    """Run all blocks of a guide, one after the other."""
    found: dict[str, Any] = {"__name__": __name__}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those that old frameworks raise on import
        for block in BLOCK.findall(text_of(framework)):
            exec(block, found)  # noqa: S102 - our own guides
    return found


def allowed(url: str, path: str, origin: str) -> str | None:
    return ask(url, "GET", path, (("Origin", origin),)).headers.get("access-control-allow-origin")


def check(url: str) -> None:
    """Ask as a page of the guide's origin does, and as a stranger."""
    answer = ask(url, "GET", "/rate", (("Origin", PAGE),))
    assert (answer.status, answer.headers.get("x-rate-limit")) == (200, "60")
    assert answer.headers.get("access-control-allow-origin") == PAGE
    assert answer.headers.get("access-control-expose-headers") == "x-rate-limit"
    preflight = ask(url, "OPTIONS", "/rate", (("Origin", PAGE), ("Access-Control-Request-Method", "PUT")))
    assert preflight.headers.get("access-control-allow-methods") == "PUT, DELETE"
    assert allowed(url, "/none", PAGE) == PAGE
    assert allowed(url, "/rate", STRANGER) is None


@pytest.mark.parametrize("framework", ["flask", "bottle"])
def test_frameworks_with_routes(framework: str) -> None:
    with wsgi_server(run(framework)["app"]) as url:
        check(url)
        assert allowed(url, "/public", STRANGER) == "*"
        assert "vary" not in ask(url, "POST", "/hook", (("Origin", PAGE),)).headers


def test_wsgi() -> None:
    names = run("wsgi")
    with wsgi_server(names["app"]) as url:
        check(url)
    with wsgi_server(names["several"].wsgi(names["rate"])) as url:
        assert allowed(url, "/public/x", STRANGER) == "*"
        assert allowed(url, "/rate", STRANGER) is None


def test_pyramid() -> None:
    names = run("pyramid")
    with wsgi_server(names["app"]) as url:
        check(url)
    with wsgi_server(names["config"].make_wsgi_app()) as url:
        assert allowed(url, "/public", STRANGER) == "*"
        assert allowed(url, "/hook", PAGE) is None


def test_pyramids_settings() -> None:
    text = text_of("pyramid")
    names = run("pyramid")
    (block,) = INI.findall(text)
    settings = dict(line.split(" = ", 1) for line in block.splitlines())
    config = names["Configurator"](settings=settings)
    config.add_route("rate", "/rate")
    config.add_view(names["rate"], route_name="rate")
    with wsgi_server(config.make_wsgi_app()) as url:
        check(url)


# --- Django: a project of files, in a process of its own ---

REST = """
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "urls"
SECRET_KEY = "of tests"
STATIC_URL = "static/"
"""
PROGRAM = """
from wsgiref.simple_server import make_server
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
call_command("check", fail_level="DEBUG")
{}
with make_server("127.0.0.1", 0, application) as server:
    print(server.server_port, flush=True)
    server.serve_forever()
"""


@contextlib.contextmanager
def project(where: Path, program: str) -> Iterator[str]:
    blocks = BLOCK.findall(text_of("django"))
    for block in blocks:
        name = block.partition("\n")[0].removeprefix("# ")
        (where / name).write_text(block + (REST if name == "settings.py" else ""), encoding="utf-8")
    command = [sys.executable, "-c", program]
    environ = {"DJANGO_SETTINGS_MODULE": "settings", "PYTHONPATH": str(where)}
    with subprocess.Popen(
        command, cwd=where, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            said = ""
            while not said.strip().isdigit():
                said = process.stdout.readline()
                assert said, process.stderr.read() if process.stderr else ""
            yield f"http://127.0.0.1:{said.strip()}"
        finally:
            process.terminate()
            process.communicate(timeout=30)


def test_django(tmp_path: Path) -> None:
    with project(tmp_path, PROGRAM.format("")) as url:
        check(url)
        assert allowed(url, "/public", STRANGER) == "*"
        assert allowed(url, "/partners", "https://partner.example") == "https://partner.example"
        assert "access-control-allow-origin" not in ask(url, "GET", "/hook", (("Origin", PAGE),)).headers


def test_django_around_the_application(tmp_path: Path) -> None:
    with project(tmp_path, PROGRAM.format("from wsgi import application")) as url:
        check(url)
