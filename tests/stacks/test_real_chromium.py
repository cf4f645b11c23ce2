"""A sample of what is rendered, run, and judged by real Chromium: it sees just what the policy says."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.e2e.stage import PAGE, STRANGER, visit
from tests.stacks.proxies import programs
from tests.stacks.upstream import OWN_CORS, upstream
from tests.stacks.verdicts import DEEDS, Deed, answer_of_the_application

from corsage.browser import CHROMIUM, new_request
from corsage.model import Request, RequestInit, page
from corsage.pair import simulate
from corsage.server import Policy
from corsage.stacks import find_stack
from record import chromium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from tests.e2e.stage import Visit

    from corsage.stacks import Rendered

POLICY: Final = Policy(
    origins=[PAGE, "https://app.example"],
    methods=["PUT", "DELETE"],
    request_headers=["X-Token", "Authorization"],
    exposed_headers=["X-Total"],
    credentials=True,
    max_age=0,
)
# By name of the stack: started with what was rendered, before an application with wrong headers of its own.
SERVERS: Final[dict[str, Callable[[Rendered, str], AbstractContextManager[str]]]] = {
    "nginx": programs.nginx,
    "apache": programs.apache,
    "caddy": programs.caddy,
    "haproxy": programs.haproxy,
    "lighttpd": programs.lighttpd,
    "varnish": programs.varnish,
}


@pytest.fixture(scope="module")
def open_pages() -> Iterator[Visit]:
    program = chromium.program()
    if program is None:
        pytest.skip(f"chromium is not installed (Debian: {chromium.package})")
    with contextlib.ExitStack() as stack:
        yield stack.enter_context(visit(chromium, program))


def asked(deed: Deed, api: str) -> dict[str, Any]:
    return {
        "url": api + deed.path,
        "method": deed.method,
        "headers": deed.headers,
        "credentials": deed.credentials,
    }


def foreseen(deed: Deed, api: str, origin: str) -> dict[str, Any]:
    """Return what the engine says that the page sees, by the policy alone."""
    init = RequestInit(api + deed.path, deed.method, deed.headers, credentials=deed.credentials)
    request = new_request(init, page(f"{origin}/page.html"), CHROMIUM)
    assert isinstance(request, Request)
    response = simulate(request, POLICY, CHROMIUM, app_response=answer_of_the_application).outcome.response
    if response is None:
        return {"error": "TypeError"}
    names = [name for name, _ in response.headers]
    return {"status": response.status, "names": "x-total" in names, "redirected": response.redirected}


def seen(result: dict[str, Any]) -> dict[str, Any]:
    """Return of what Chromium tells that which is the same for all servers."""
    if "status" not in result:
        return {"error": result["error"]}
    return {
        "status": result["status"],
        "names": "x-total" in result["names"],
        "redirected": result["redirected"],
    }


@pytest.mark.browser
@pytest.mark.parametrize("name", SERVERS)
def test_chromium_sees_what_the_policy_says(name: str, open_pages: Visit) -> None:
    stack = find_stack(name)
    assert stack is not None
    with upstream(OWN_CORS) as application, SERVERS[name](stack.render(POLICY), application) as api:
        for origin in (PAGE, STRANGER):
            results = open_pages.play(origin, [asked(deed, api) for deed in DEEDS])
            found = {deed.name: seen(result) for deed, result in zip(DEEDS, results, strict=True)}
            assert found == {deed.name: foreseen(deed, api, origin) for deed in DEEDS}
