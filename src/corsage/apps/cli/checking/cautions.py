"""What worked, or went missing, without a word from the browser."""

from collections.abc import Iterator

from corsage.apps.cli.checking.run import Checked
from corsage.apps.cli.checking.steps import says
from corsage.apps.cli.checking.words import WARNINGS
from corsage.apps.cli.document import Section, bullet
from corsage.apps.cli.terminal import Glyphs
from corsage.apps.cli.text import shown
from corsage.model import TupleOrigin


def cautions(checked: Checked, glyphs: Glyphs) -> Section:
    """Show what worked, or went missing, without a word from the browser."""
    found = [*_dropped(checked), *_warnings(checked), *_cookies(checked), *_vary(checked)]
    return Section("Worth knowing", tuple(bullet(glyphs.dot, text) for text in found))


def _dropped(checked: Checked) -> Iterator[str]:
    request = checked.outcome.request
    for name in request.dropped_headers if request is not None else ():
        advice = "; --cookie says what the browser has stored" if name.lower() == "cookie" else ""
        yield f"The browser drops the header {shown(name)}: this request may not set it{advice}."


def _warnings(checked: Checked) -> Iterator[str]:
    for code in dict.fromkeys(checked.outcome.warnings):
        yield WARNINGS.get(code, code)


def _cookies(checked: Checked) -> Iterator[str]:
    withheld = [text for step in checked.trace if " withheld: " in (text := says(step))]
    yield from dict.fromkeys(f"{text[:1].upper()}{text[1:]}." for text in withheld)
    request, jar = checked.outcome.request, checked.question.cookies
    sent = any("cookie" in exchange.request.headers for exchange in checked.exchanges)
    if jar and request is not None and not sent and not withheld and checked.exchanges:
        yield f"No cookie was sent: the request's credentials mode is {request.credentials}."


def _vary(checked: Checked) -> Iterator[str]:
    response = checked.outcome.response
    if response is None or not checked.outcome.readable:
        return
    headers = response.internal.headers
    allowed = headers.get("access-control-allow-origin")
    vary = {name.strip().lower() for name in (headers.get("vary") or "").split(",")}
    origin = checked.question.client.origin
    if isinstance(origin, TupleOrigin) and allowed == origin.serialized and not vary & {"origin", "*"}:
        yield (
            "The server names this origin and does not say Vary: Origin: a cache may hand this answer to another "
            "origin, which is then refused. (Not needed if only one origin is ever allowed.)"
        )
