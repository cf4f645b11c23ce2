"""The sample application in Django, its middleware synchronous."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from django.core.handlers.wsgi import WSGIHandler
from tests.middleware.django_project import handler
from tests.middleware.serving import Options, Served, wsgi_server
from typing_extensions import Unpack

from corsage.middleware import CORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corsage.middleware.cors import Policies
    from corsage.server import Policy

NEEDS = ("django",)
WEBSOCKETS = False
LACKS: dict[str, str] = {}
STATUSES = {413: 400}  # so Django answers a body over DATA_UPLOAD_MAX_MEMORY_SIZE


@contextlib.contextmanager
def serve(policy: Policy | Policies, **options: Unpack[Options]) -> Iterator[Served]:
    cors = CORS(policy, **options)
    with wsgi_server(handler(WSGIHandler, cors)) as url:
        yield Served(url, cors.replace)
