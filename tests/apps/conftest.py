"""The server and the command line as fixtures."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import trustme
from click.testing import CliRunner, Result
from tests.apps.loopback import PAGE, Api, Handler, Run, Server

from corsage.apps.cli.main import cli


@contextmanager
def serving(scheme: str, context: ssl.SSLContext | None = None) -> Iterator[Api]:
    with Server(("127.0.0.1", 0), Handler) as server:
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        server.api = Api(f"{scheme}://localhost:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.api
        server.shutdown()
        thread.join()


@pytest.fixture
def api() -> Iterator[Api]:
    with serving("http") as found:
        yield found


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secure_api(authority: trustme.CA) -> Iterator[Api]:
    """An API on https whose certificate is for ``localhost`` and comes from *authority*."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    with serving("https", context) as found:
        yield found


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``corsage`` in this process, 80 columns wide, without colours."""
    for name in ("FORCE_COLOR", "NO_COLOR", "CORSAGE_TRACEBACK", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def invoke(*arguments: str, **options: object) -> Result:
        return CliRunner().invoke(cli, list(arguments), **options)  # type: ignore[arg-type]

    return invoke


@pytest.fixture
def check(run: Run) -> Run:
    """Run ``corsage check`` for a page at ``http://localhost:3000`` unless the test says otherwise."""

    def invoke(url: str, *arguments: str, origin: str | None = PAGE, **options: object) -> Result:
        page = ("--origin", origin) if origin is not None else ()
        return run("check", url, *page, *arguments, **options)

    return invoke
