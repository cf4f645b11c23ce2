"""From a scenario's JSON to the engine's own types."""

from typing import Any

from corsage.browser import Cookie, CookieJar, Profile, new_element_request, new_request, new_xhr_request
from corsage.model import (
    Body,
    BodyKind,
    Client,
    ElementInit,
    Initiator,
    Request,
    RequestInit,
    Thrown,
    Trace,
    XhrInit,
    page,
)

# Where the recorder's pages live on their origin.
_PAGES = {"top": "/page.html", "sandboxed": "/frame.html"}

# What the recorder preset in every browser, before each scenario.
_LAX_HOSTS = ("client.test", "api.client.test", "api.test", "other.test", "localhost", "127.0.0.1")
_SECURE_HOSTS = ("client.test", "api.client.test", "api.test", "other.test")


def client_of(scenario: dict[str, Any]) -> Client:
    """Return the page of a scenario."""
    client = scenario["client"]
    context = client.get("context", "top")
    return page(client["page"] + _PAGES[context], sandboxed=context == "sandboxed")


def preset_cookies() -> CookieJar:
    """Return the cookies that the recorder had set."""
    jar = CookieJar([Cookie("sid", "v1", host, path="/s/") for host in _LAX_HOSTS])
    for host in _SECURE_HOSTS:
        jar.add(Cookie("sidnone", "v2", host, path="/s/", secure=True, same_site="none"))
    return jar


def request_of(spec: dict[str, Any], client: Client, profile: Profile, trace: Trace) -> Request | Thrown:
    """Construct the request that *spec* describes, by the API that it names.

    Raises:
        KeyError, TypeError, ValueError: *spec* is malformed.
    """
    api = spec["api"]
    body = body_of(spec.get("body"))
    headers = tuple((name, isomorphic(value)) for name, value in spec.get("headers") or ())
    if api == "xhr":
        xhr = XhrInit(
            url=spec["url"],
            method=spec.get("method", "GET"),
            headers=headers,
            body=body,
            with_credentials=bool(spec.get("with_credentials")),
            upload_listener=bool(spec.get("upload_listener")),
        )
        return new_xhr_request(xhr, client, profile, trace)
    if api != "fetch":
        element = ElementInit(
            initiator=Initiator(api),
            url=spec["url"],
            crossorigin=spec.get("crossorigin"),
            with_credentials=bool(spec.get("with_credentials")),
            body=body,
        )
        return new_element_request(element, client, profile, trace)
    init = RequestInit(
        url=spec["url"],
        method=spec.get("method", "GET"),
        headers=headers,
        body=body,
        mode=spec.get("mode", "cors"),
        credentials=spec.get("credentials", "same-origin"),
        redirect=spec.get("redirect", "follow"),
        cache=spec.get("cache", "default"),
        referrer_policy=spec.get("referrer_policy", ""),
        keepalive=bool(spec.get("keepalive")),
        duplex=spec.get("duplex", "half"),
        aborted=bool(spec.get("aborted")),
    )
    return new_request(init, client, profile, trace)


def body_of(spec: dict[str, Any] | None) -> Body | None:
    """Return the body that *spec* describes, or ``None``."""
    if spec is None:
        return None
    kind = BodyKind(spec["type"])
    if kind is BodyKind.FORM_DATA:
        text = "&".join(f"{name}={value}" for name, value in spec.get("fields") or ())
    else:
        text = spec.get("value") or ""
    return Body(kind, text.encode(), spec.get("mime") if kind is BodyKind.BLOB else None)


def isomorphic(value: str) -> str:
    """Return *value* as the byte string that JavaScript converts it to; characters above U+00FF stay, and throw."""
    return value
