"""The options of one call become what it asks for."""

import json
from typing import Final

from corsage.clients.snippets.asked import Asked
from corsage.clients.snippets.browser_headers import looks_copied
from corsage.clients.snippets.javascript.headers import headers_of
from corsage.clients.snippets.javascript.values import Call, Object, Unknown, Value, text_of_value

_JSON: Final = ("Content-Type", "application/json")
_DEEPEST: Final = 20


def fetch_options(asked: Asked, options: Value) -> None:
    """Read the second argument of `fetch` (https://fetch.spec.whatwg.org/#requestinit)."""
    if options is None:
        asked.mode, asked.credentials, asked.method = "cors", "same-origin", "GET"
        return
    if not isinstance(options, Object):
        return
    asked.headers += headers_of(options.get("headers"))
    asked.method = options.text("method") or ("" if options.open else "GET")
    asked.mode = options.text("mode") or ("" if options.open else "cors")
    asked.credentials = options.text("credentials") or ("" if options.open else "same-origin")
    asked.page = options.text("referrer") if "://" in options.text("referrer") else ""
    set_body(asked, options.get("body"))
    if options.quoted and _is_copied(asked, options):
        _from_developer_tools(asked, options)


def _is_copied(asked: Asked, options: Object) -> bool:
    names = {name.lower() for name, _ in asked.headers}
    described = options.get("referrer", "referrerPolicy") is not None
    return described or "referrer-policy" in names or looks_copied(names)


def _from_developer_tools(asked: Asked, options: Object) -> None:
    """Distrust what "Copy as fetch" says of credentials: it tells what was sent, not what the page asked for.

    Chrome writes ``include`` where cookies or Authorization went along, otherwise ``omit``; for Node.js it writes
    neither, and gives cookies as a header.
    """
    asked.copied = True
    certain = options.text("credentials") == "include" and not asked.has("authorization")
    asked.credentials = "include" if certain or asked.has("cookie") else ""


def axios_options(asked: Asked, options: Value, defaults: Object | None = None) -> None:
    """Read a configuration of axios, or of Angular's HttpClient, which calls the same things the same."""
    for each in (defaults, options):
        if isinstance(each, Object):
            asked.headers += headers_of(each.get("headers"))
            credentials = each.get("withCredentials")
            if isinstance(credentials, bool):
                asked.credentials = "include" if credentials else "same-origin"
            asked.method = each.text("method").upper() or asked.method
            asked.url = each.text("url") or asked.url
            set_body(asked, each.get("data", "body"))
    base = defaults.text("baseURL") if defaults is not None else ""
    base = (options.text("baseURL") if isinstance(options, Object) else "") or base
    if base and "://" not in asked.url:
        asked.url = f"{base.rstrip('/')}/{asked.url.lstrip('/')}" if asked.url else base
    asked.credentials = asked.credentials or ("" if isinstance(options, Unknown) else "same-origin")
    asked.mode = asked.mode or "cors"


def jquery_options(asked: Asked, options: Value) -> None:
    """Read the settings of ``$.ajax`` (https://api.jquery.com/jQuery.ajax/)."""
    if not isinstance(options, Object):
        return
    asked.url = options.text("url") or asked.url
    asked.method = (options.text("method", "type") or asked.method or "GET").upper()
    asked.headers += headers_of(options.get("headers"))
    content_type = options.text("contentType")
    if content_type and not asked.has("content-type") and content_type != "false":
        asked.headers.append(("Content-Type", content_type))
    fields = options.get("xhrFields")
    sent = fields.get("withCredentials") if isinstance(fields, Object) else None
    asked.credentials = "include" if sent is True else "same-origin"
    asked.mode = "cors"
    if options.text("dataType").lower() == "jsonp":
        asked.mode = "no-cors (script)"
        asked.remarks.append("the snippet uses JSONP")
    set_body(asked, options.get("data"))


def set_json(asked: Asked, value: Value) -> None:
    """Say that *value* is sent as JSON, whose type the library sets by itself."""
    set_body(asked, value)
    if isinstance(value, (Object, list)) and not asked.has("content-type"):
        asked.headers.append(_JSON)


def set_body(asked: Asked, value: Value) -> None:
    """Take *value* for the body, as text where it is literal."""
    if value is None:
        return
    if isinstance(value, Call) and value.name == "JSON.stringify" and value.arguments:
        value = value.arguments[0]
    if isinstance(value, (Object, list)):
        asked.body = json.dumps(_plain(value), ensure_ascii=False)
    elif isinstance(value, str):
        asked.body = value


def _plain(value: Value, depth: int = 0) -> object:
    if depth > _DEEPEST:
        return "…"
    if isinstance(value, Object):
        return {name: _plain(each, depth + 1) for name, each in value.pairs.items()}
    if isinstance(value, list):
        return [_plain(each, depth + 1) for each in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value if value is None or isinstance(value, (bool, float)) else text_of_value(value)
