"""``docs/messages.md``: what each browser prints for each cause, from the engine's own renderings."""

from collections.abc import Iterator

from corsage.browser import CHROME, FIREFOX, WEBKIT
from corsage.browser.console import report
from corsage.model import (
    URL,
    Cause,
    HeaderList,
    Initiator,
    Outcome,
    Refusal,
    Request,
    page,
    parse_url,
)

_PAGE = page("https://app.example/")
_BROWSERS = (("Chrome", CHROME), ("Firefox", FIREFOX), ("Safari", WEBKIT))
_PARAMETERS = {
    Cause.MULTIPLE_ALLOW_ORIGIN: "https://app.example, *",
    Cause.PREFLIGHT_MULTIPLE_ALLOW_ORIGIN: "https://app.example, *",
    Cause.INVALID_ALLOW_ORIGIN: "app.example",
    Cause.PREFLIGHT_INVALID_ALLOW_ORIGIN: "app.example",
    Cause.ALLOW_ORIGIN_MISMATCH: "https://other.example",
    Cause.PREFLIGHT_ALLOW_ORIGIN_MISMATCH: "https://other.example",
    Cause.METHOD_DISALLOWED: "PUT",
    Cause.HEADER_DISALLOWED: "x-token",
    Cause.BAD_PORT: "25",
    Cause.UNSAFE_REDIRECT: "data",
    Cause.INVALID_LOCAL_NETWORK_ACCESS: "local,loopback",
    Cause.INSECURE_LOCAL_NETWORK: "loopback",
    Cause.LOCAL_NETWORK_PERMISSION_DENIED: "loopback",
}
_LOCATIONS = {
    Cause.REDIRECT_CONTAINS_CREDENTIALS: "https://user:pw@other.example/",
    Cause.UNSAFE_REDIRECT: "data:text/plain,hi",
}


def messages_page() -> str:
    """Return the page as Markdown."""
    lines = [
        "# What browsers print",
        "",
        "Made by `make docs` from `src/corsage/browser/console`, which is held against recorded browsers word for word",
        "(Chromium 156, Firefox 153 ESR, WebKitGTK 2.50). The example: a page at `https://app.example/` fetches",
        "`https://api.example/items`. Codes are Corsage's, Chromium's where Chromium has one; Firefox's are message",
        "categories; WebKit's reasons are numbered W1 to W17 here.",
    ]
    for cause in Cause:
        lines += ["", f"## {cause.value}", "", *_rows(cause)]
    return "\n".join(lines) + "\n"


def _rows(cause: Cause) -> Iterator[str]:
    outcome = Outcome(_request(), refusal=_refusal(cause))
    printed = False
    for name, profile in _BROWSERS:
        found = report(outcome, profile)
        if not found.lines:
            continue
        printed = True
        code = f" (`{found.code}`)" if found.code else ""
        yield f"- {name}{code}:"
        yield from (f"  - `{line}`" for line in found.lines)
    if not printed:
        yield "Nothing on any console; the promise is rejected."


def _request() -> Request:
    return Request(
        url=_url("https://api.example/items"),
        client=_PAGE,
        initiator=Initiator.FETCH,
        headers=HeaderList([("X-Token", "1")]),
        unsafe_request=True,
    )


def _refusal(cause: Cause) -> Refusal:
    url = _url("https://api.example/items")
    location = _LOCATIONS.get(cause)
    return Refusal(
        cause=cause,
        url=url,
        first_url=url,
        origin=_PAGE.origin.serialized,
        parameter=_PARAMETERS.get(cause, ""),
        status=204 if cause.is_preflight else 200,
        location=None if location is None else _url(location),
        reached_cross_origin=True,
        lines=("@",),
        headers=HeaderList(),
    )


def _url(text: str) -> URL:
    url = parse_url(text)
    assert url is not None  # noqa: S101 - the examples are ours
    return url
