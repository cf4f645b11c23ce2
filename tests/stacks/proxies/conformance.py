"""What every proxy that can be run goes through, whichever it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tests.middleware.wire import ask
from tests.stacks.matrix import POLICIES, complaints
from tests.stacks.proxies.hostile import ALLOWED, DENIED, EVERYTHING, RARE, hostile_policy
from tests.stacks.upstream import OWN_CORS, upstream

from corsage.server import Policy

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.middleware.wire import Answer

    from corsage.stacks import Rendered, Stack

ORIGIN = "access-control-allow-origin"


class Serve(Protocol):
    """Starts a proxy with what was rendered, before the application at an address; gives the proxy's address."""

    def __call__(self, rendered: Rendered, application: str) -> AbstractContextManager[str]: ...


def goes_through_the_matrix(
    stack: Stack, serve: Serve, name: str, quirks: frozenset[str] = frozenset()
) -> None:
    """Check a policy of the matrix before an application that sets its own CORS headers, wrong ones."""
    policy = POLICIES[name]
    rendered = stack.render(policy)
    with upstream(OWN_CORS) as application, serve(rendered, application) as url:
        assert complaints(url, policy, quirks=quirks) == []


def holds_hostile_text(stack: Stack, serve: Serve) -> None:
    """Check that expressions and names stay what they are."""
    policy = hostile_policy()
    rendered = stack.render(policy)
    assert rendered.limits == ()
    with upstream() as application, serve(rendered, application) as url:
        for origin in ALLOWED:
            assert get(url, origin).headers.get(ORIGIN) == origin, origin
        for origin in DENIED:
            assert get(url, origin).headers.get(ORIGIN) is None, origin
        answer = preflight(url, "https://app.example")
    assert answer.status == 204
    assert answer.headers.get("access-control-allow-methods") == policy.methods[0]
    assert answer.headers.get("access-control-allow-headers") == policy.request_headers[0]


def holds_odd_names(stack: Stack, serve: Serve) -> None:
    """Check origins and names that configurations may take for signs of their own."""
    origins = ("https://[::1]:8080", "app://", "x-y.z://-_.q", "https://xn--bcher-kva.example")
    policy = Policy(origins=origins, methods=["A%41", "B$x"], request_headers=["x-%41", "x-$b", "x-%%c"])
    with upstream() as application, serve(stack.render(policy), application) as url:
        for origin in origins:
            assert get(url, origin).headers.get(ORIGIN) == origin
        answer = preflight(url, origins[0])
    dollars = stack.name != "nginx"
    assert answer.headers.get("access-control-allow-methods") == ("A%41, B$x" if dollars else "A%41")
    names = "x-%41, x-$b, x-%%c" if dollars else "x-%41, x-%%c"
    assert answer.headers.get("access-control-allow-headers") == names


def has_rare_headers(stack: Stack, serve: Serve) -> None:
    with upstream() as application, serve(stack.render(RARE), application) as url:
        stranger, friend, null = (
            get(url, each) for each in ("https://evil.com", "https://app.example", "null")
        )
        asked = preflight(url, "https://app.example")
        denied = preflight(url, "https://evil.com")
    assert stranger.headers.get("timing-allow-origin") is None
    assert stranger.headers.get("cross-origin-resource-policy") == "cross-origin"
    assert friend.headers.get("timing-allow-origin") == "https://app.example"
    assert null.headers.get(ORIGIN) == "null"
    assert asked.status == 200
    assert asked.headers.get("access-control-allow-private-network") == "true"
    assert denied.headers.get("access-control-allow-private-network") is None
    assert asked.headers.lines("vary") != []


def lets_everyone_in(stack: Stack, serve: Serve) -> None:
    with upstream(OWN_CORS) as application, serve(stack.render(EVERYTHING), application) as url:
        assert complaints(url, EVERYTHING) == []
        assert get(url, "https://evil.com").headers.get("timing-allow-origin") == "*"


def hands_preflights_on(stack: Stack, serve: Serve) -> None:
    policy = Policy(origins=["https://app.example"], methods=["PUT"], preflight_continue=True)
    with upstream() as application, serve(stack.render(policy), application) as url:
        answer = preflight(url, "https://app.example")
    assert answer.status == 405  # the application's own
    assert answer.headers.get("access-control-allow-methods") == "PUT"
    assert answer.headers.get(ORIGIN) == "https://app.example"


def says_so_on_its_own_errors(stack: Stack, serve: Serve) -> None:
    """Check that pages can read 502 or 503 of a proxy whose application is gone."""
    with upstream() as application:
        pass
    with serve(stack.render(POLICIES["exact"]), application) as url:
        answer = get(url, "https://app.example")
    assert answer.status in {502, 503, 504}
    assert answer.headers.lines(ORIGIN) == ["https://app.example"]
    assert "Origin" in (answer.headers.get("vary") or "")


def get(url: str, origin: str, path: str = "/ok") -> Answer:
    return ask(url, "GET", path, (("Origin", origin),))


def preflight(url: str, origin: str, method: str = "PUT") -> Answer:
    return ask(url, "OPTIONS", "/ok", (("Origin", origin), ("Access-Control-Request-Method", method)))


def answers_before_authentication(
    stack: Stack, serve: Callable[..., AbstractContextManager[str]], more: str
) -> None:
    """Check that preflights need no password, and that pages can read that other requests do.

    Args:
        stack: to be rendered.
        serve: starts it.
        more: its own configuration, which asks everybody for a password.
    """
    with upstream() as application, serve(stack.render(POLICIES["exact"]), application, more) as url:
        asked = preflight(url, "https://app.example")
        answer = get(url, "https://app.example")
        stranger = get(url, "https://evil.com")
    assert asked.status == 204
    assert answer.status == stranger.status == 401
    assert answer.headers.lines(ORIGIN) == ["https://app.example"]
    assert stranger.headers.lines(ORIGIN) == []
