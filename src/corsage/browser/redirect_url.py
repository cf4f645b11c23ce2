"""A response's location URL (https://fetch.spec.whatwg.org/#concept-response-location-url)."""

from corsage.browser.fetch_params import FetchParams
from corsage.model import URL, WireResponse, parse_url
from corsage.model.names import REDIRECT_STATUSES


def location_lines(response: WireResponse) -> list[str]:
    """Return the ``Location`` lines of a redirect response; empty for any other."""
    return response.headers.lines("location") if response.status in REDIRECT_STATUSES else []


def location_url(params: FetchParams, response: WireResponse) -> URL | None:
    """Return where *response* redirects to, the request's fragment inherited; ``None`` where it does not parse."""
    lines = location_lines(response)
    if not lines or (
        len(lines) > 1 and not (params.profile.repeated_location_may_agree and len(set(lines)) == 1)
    ):
        return None
    text = _escaped(lines[0]) if params.profile.keeps_location_bytes else lines[0]
    url = parse_url(text, params.url.href)
    if url is not None and url.fragment is None and params.url.fragment is not None:
        return parse_url(f"{url.href}#{params.url.fragment}")
    return url


def _escaped(value: str) -> str:
    if value.isascii():
        return value
    return "".join(char if char.isascii() else f"%{ord(char):02X}" for char in value)
