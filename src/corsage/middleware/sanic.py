"""CORS before Sanic applications: one line, ``install(app, policy)``.

A request middleware of the highest priority answers preflights, before any login, and before a path without OPTIONS
is refused. The headers are put on by response middleware, which alone sees streams before they start, and by the signal
that Sanic sends before it writes a response, since a response middleware that returns a response of its own ends the row.
Source: https://sanic.dev/en/guide/basics/middleware and https://sanic.dev/en/guide/advanced/signals
"""

from collections.abc import Callable
from typing import Any, Final, TypeAlias, TypeVar
from urllib.parse import unquote

from sanic import HTTPResponse, Request, Sanic
from sanic.response import BaseHTTPResponse, ResponseStream

from corsage.middleware.cors import CORS, Policies
from corsage.middleware.denial import Denial
from corsage.middleware.native import Answer, Asked, answer, at_work, put_on
from corsage.server import Policy

_App: TypeAlias = Sanic[Any, Any]
_Asked: TypeAlias = Request[Any, Any]
_Handler = TypeVar("_Handler", bound=Callable[..., object])

_MARK: Final = "__corsage__"
_ANSWER: Final = "corsage_answer"
_OUTERMOST: Final = 1_000_000
