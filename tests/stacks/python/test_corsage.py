"""Our own middleware as it is rendered: the file, and the two lines of each framework, at work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.middleware.serving import asgi_server, wsgi_server
from tests.stacks.matrix import POLICIES, complaints
from tests.stacks.python import sites_asgi, sites_loops, sites_wsgi
from tests.stacks.python.rendering import module_of, needs

from corsage import load_policy
from corsage.server import Policy
from corsage.stacks import find_stack

if TYPE_CHECKING:
    from pathlib import Path

    from corsage.stacks.base import Rendered

# What stands above the two lines, in an application that the sites of the other stacks know.
ABOVE: Final = {
    "fastapi/main.py": "from fastapi import FastAPI\n\napi = app = FastAPI()\n",
    "starlette/main.py": "from starlette.applications import Starlette\n\nsite = app = Starlette()\n",
    "litestar/app.py": "from litestar import Litestar\n\napp = Litestar([])\n",
    "flask/app.py": "from flask import Flask\n\napp = Flask('sample')\n",
    "quart/app.py": "from quart import Quart\n\napp = Quart('sample')\n",
    "django/settings.py": "INSTALLED_APPS = []\nMIDDLEWARE = ['django.middleware.common.CommonMiddleware']\n",
    "aiohttp/server.py": "from aiohttp import web\n\napp = web.Application()\n",
    "sanic/server.py": "from sanic import Sanic\n\napp = Sanic('sample')\napp.config.CORS = False\n",
    "falcon/app.py": "import falcon\n\napp = falcon.App()\n",
    "tornado/app.py": "from tornado.web import Application, RequestHandler as CorsHandler\n\napp = Application([])\n",
}
SITES: Final = {
    "fastapi/main.py": sites_asgi.fastapi,
    "starlette/main.py": sites_asgi.starlette,
    "litestar/app.py": sites_asgi.litestar,
    "flask/app.py": sites_wsgi.flask,
    "quart/app.py": sites_asgi.quart,
    "django/settings.py": sites_wsgi.django,
    "aiohttp/server.py": sites_loops.aiohttp,
    "sanic/server.py": sites_loops.sanic,
    "falcon/app.py": sites_wsgi.falcon,
    "tornado/app.py": sites_loops.tornado,
}
_RAISES: Final = "\n\ndef boom(*_):\n    raise RuntimeError('the sample application\\'s own error')\n\n\n"
# Those with routes of their own, served as they are.
WHOLE: Final = {
    "bottle/app.py": (
        "import bottle\n\napp = bottle.Bottle()\n" + _RAISES + "def ok():\n"
        "    bottle.response.set_header('X-Total', '1')\n    return 'ok'\n\n\n"
        "for method in ('GET', 'POST', 'PUT', 'DELETE', 'PATCH'):\n    app.route('/ok', method, ok)\n"
        "app.route('/boom', 'GET', boom)\napp.route('/moved', 'GET', lambda: bottle.redirect('/ok', 302))\n"
    ),
    "wsgi/app.py": (
        "from flask import Flask, redirect\n\napp = Flask('sample')\napp.logger.disabled = True\n" + _RAISES +
        "app.add_url_rule('/ok', 'ok', lambda: ('ok', 200, {'X-Total': '1'}), "
        "methods=['GET', 'POST', 'PUT', 'DELETE', 'PATCH'])\napp.add_url_rule('/boom', 'boom', boom)\n"
        "app.add_url_rule('/moved', 'moved', lambda: redirect('/ok'))\n"
    ),
    "asgi/app.py": (
        "from starlette.applications import Starlette\nfrom tests.stacks.python.sites_asgi import starlette_routes\n\n"
        "app = Starlette()\nstarlette_routes(app)\n"
    ),
    "pyramid/app.py": (
        "from pyramid.config import Configurator\nfrom pyramid.httpexceptions import HTTPFound\n"
        "from pyramid.response import Response\n\nconfig = Configurator(package='pyramid')\n" + _RAISES +
        "def ok(_):\n    return Response(b'ok', headers={'X-Total': '1'})\n\n\n"
        "def moved(_):\n    return HTTPFound('/ok')\n\n\n"
        "for name, view in (('ok', ok), ('boom', boom), ('moved', moved)):\n"
        "    config.add_route(name, '/' + name)\n    config.add_view(view, route_name=name)\n"
    ),
}  # fmt: skip
BELOW: Final = {"pyramid/app.py": "\napp = config.make_wsgi_app()\n"}


def rendered(policy: Policy) -> Rendered:
    stack = find_stack("corsage")
    assert stack is not None
    return stack.render(policy)


def lines(made: Rendered, name: str, folder: Path) -> str:
    texts = {file.name: file.text for file in made.files}
    path = folder / "cors.toml"
    path.write_text(texts["cors.toml"], encoding="utf-8")
    return texts[name].replace('"cors.toml"', repr(str(path)))


@pytest.mark.parametrize("policy", POLICIES)
def test_the_file_is_the_policy(policy: str, tmp_path: Path) -> None:
    lines(rendered(POLICIES[policy]), "flask/app.py", tmp_path)
    assert load_policy(tmp_path / "cors.toml").default == POLICIES[policy]


@pytest.mark.parametrize("policy", ["exact", "public", "regex", "nothing"])
@pytest.mark.parametrize("name", SITES)
def test_the_lines_of_a_framework(name: str, policy: str, tmp_path: Path) -> None:
    with SITES[name](ABOVE[name] + lines(rendered(POLICIES[policy]), name, tmp_path)) as url:
        assert complaints(url, POLICIES[policy]) == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")  # of what Pyramid imports
@pytest.mark.parametrize("policy", ["exact", "nothing"])
@pytest.mark.parametrize("name", WHOLE)
def test_the_lines_of_an_application(name: str, policy: str, tmp_path: Path) -> None:
    needs({"wsgi": "flask", "asgi": "starlette"}.get(name.partition("/")[0], name.partition("/")[0]))
    text = WHOLE[name] + lines(rendered(POLICIES[policy]), name, tmp_path) + BELOW.get(name, "")
    app = module_of(text)["app"]
    # Pyramid leaves the 500 of strangers to the server, which knows no Vary.
    quirks = frozenset({"no-vary-for-strangers"} if name.startswith("pyramid") else ())
    with (asgi_server if name.startswith("asgi") else wsgi_server)(app) as url:
        assert complaints(url, POLICIES[policy], quirks=quirks) == []


def test_every_line_is_run() -> None:
    names = {file.name for file in rendered(Policy()).files}
    assert names == {"cors.toml", *SITES, *WHOLE}


def test_what_a_file_cannot_hold() -> None:
    made = rendered(Policy(origins=["https://a.example"], origin_lookup=lambda _: True))
    assert "origin_lookup is code" in made.limits[0]
