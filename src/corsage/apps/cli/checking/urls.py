"""Reads the URLs to check."""

from typing import Final

from corsage.apps.cli.text import shown
from corsage.model import URL, parse_url
from corsage.model.sites import is_loopback_host

# Schemes that need no slashes: a browser has an answer for them, if only a refusal.
_KNOWN: Final = frozenset({"about", "blob", "data", "file", "ftp", "http", "https"})


def read_url(text: str, problems: list[str]) -> URL | None:
    """Parse an absolute URL as a browser does; a problem is added where it is none."""
    text = text.strip()
    url = parse_url(text)
    if url is not None and (url.scheme in _KNOWN or "://" in text):
        return url
    suggestion = with_scheme(text)
    if suggestion is None:
        problems.append(f"{shown(text)!s}: not a URL; write it in full, such as http://localhost:8080/ping")
    else:
        problems.append(f"{shown(text)}: the URL lacks its scheme; did you mean {shown(suggestion)} ?")
    return None


def with_scheme(text: str) -> str | None:
    """Return *text* as the URL that was probably meant, or ``None`` where a scheme does not help."""
    if not text or "://" in text or text.startswith(("/", ".", "?", "#")):
        return None
    url = parse_url(f"http://{text}")
    if url is None or not url.host or " " in text:
        return None
    return f"http://{text}" if _is_likely_plain(url) else f"https://{text}"


def _is_likely_plain(url: URL) -> bool:
    # A port that is named, this machine, and private names rarely speak TLS.
    return url.port not in {80, 443} or is_loopback_host(url.host) or "." not in url.host
