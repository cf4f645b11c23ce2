"""Corsage's own middleware: the policy as a file, and two lines for each framework."""

from collections.abc import Iterator
from typing import ClassVar, Final

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Rendered, Sign, Stack, Trait
from corsage.stacks.python.answers import says

_LOAD: Final = "from corsage import load_policy\n"
_POLICY: Final = 'load_policy("cors.toml")'
# Where the lines go, and what they are.
_LINES: Final = {
    "fastapi/main.py": f"from corsage.middleware.fastapi import install\n\ninstall(app, {_POLICY})\n",
    "starlette/main.py": f"from corsage.middleware.starlette import install\n\ninstall(app, {_POLICY})\n",
    "litestar/app.py": f"from corsage.middleware.litestar import install\n\ninstall(app, {_POLICY})\n",
    "flask/app.py": f"from corsage.middleware.flask import CORS\n\nCORS(app, {_POLICY})\n",
    "quart/app.py": f"from corsage.middleware.quart import install\n\ninstall(app, {_POLICY})\n",
    "django/settings.py": (
        f'\nMIDDLEWARE.insert(0, "corsage.middleware.django.CORSMiddleware")\nCORSAGE = {_POLICY}\n'
    ),
    "aiohttp/server.py": f"from corsage.middleware.aiohttp import setup\n\nsetup(app, {_POLICY})\n",
    "sanic/server.py": f"from corsage.middleware.sanic import install\n\ninstall(app, {_POLICY})\n",
    "falcon/app.py": f"from corsage.middleware.falcon import install\n\ninstall(app, {_POLICY})\n",
    "tornado/app.py": f"from corsage.middleware.tornado import install\n\ninstall(app, {_POLICY})\n",
    "bottle/app.py": f"from corsage.middleware.bottle import CORS\n\napp.install(CORS({_POLICY}))\n",
    "pyramid/app.py": f'\nconfig.include("corsage.middleware.pyramid")\nconfig.set_cors_policy({_POLICY})\n',
    "asgi/app.py": f"from corsage.middleware import CORS\n\napp = CORS({_POLICY}).asgi(app)\n",
    "wsgi/app.py": f"from corsage.middleware import CORS\n\napp = CORS({_POLICY}).wsgi(app)\n",
}


class Corsage(Stack):
    """Corsage's middleware."""

    name: ClassVar[str] = "corsage"
    title: ClassVar[str] = "Corsage's middleware"
    kind: ClassVar[Kind] = Kind.APP
    words: ClassVar[tuple[str, ...]] = ("corsage",)
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.OVERWRITES_HEADERS})
    executed: ClassVar[str] = "each framework"
    order: ClassVar[str] = (
        "It stands before everything else by itself; in Django it is the first of MIDDLEWARE."
    )

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """The reason of a refusal, which it tells while debugging."""
        if "corsage-denied" in answer.headers:
            yield says(0.98, "Corsage-Denied")

    def render(self, policy: Policy) -> Rendered:
        """Write the policy as TOML."""
        from corsage.server.formats import write_policies

        code = [File(name, "python", _LOAD + lines) for name, lines in _LINES.items()]
        limits = []
        if policy.origin_lookup is not None:
            limits.append(
                "origin_lookup is code, which no file can hold: give the function beside it, with "
                'dataclasses.replace(load_policy("cors.toml").default, origin_lookup=...).'
            )
        return Rendered(
            self.name,
            (File("cors.toml", "toml", write_policies(policy)), *code),
            (
                "pip install corsage",
                "Write cors.toml, and into your application the two lines of your framework.",
                "Delete the framework's own CORS.",
                "Check it: corsage policy check cors.toml",
            ),
            tuple(limits),
            self.executed,
        )
