"""URLs by the thousand: most are of few hosts and differ in a plain path and query, which no parser changes."""

import re
from typing import Final

from corsage.model import URL, parse_url

# What stays as it is: https://url.spec.whatwg.org/#path-state and #query-state. No segment begins with a dot.
_PLAIN: Final = re.compile(
    r"(https?://[^/?#\\@\s%]++)((?:/[A-Za-z0-9_~-][A-Za-z0-9._~!$&()*+,;=:@-]*+)++/?+|/)"
    r"(?:\?([A-Za-z0-9!$%&()*+,./:;=?@\[\]_{|}~^`\\-]++))?+"
)


_LONGEST_KNOWN: Final = 1024


def parse_plain_url(written: str) -> URL | None:
    """Return what `parse_url` returns for *written*, faster where its host is known and the rest is plain."""
    match = _PLAIN.fullmatch(written)
    base = parse_url(f"{match[1]}/") if match else None
    if match is None or base is None:
        # Long ones hardly come again: they are not remembered.
        return parse_url(written) if len(written) < _LONGEST_KNOWN else parse_url.__wrapped__(written)
    path, query = match[2], match[3]
    rest = path if query is None else f"{path}?{query}"
    return URL(
        href=f"{base.href[:-1]}{rest}",
        scheme=base.scheme,
        host=base.host,
        port=base.port,
        path=path,
        query=query or "",
        fragment=None,
        username="",
        password="",
        origin=base.origin,
    )
