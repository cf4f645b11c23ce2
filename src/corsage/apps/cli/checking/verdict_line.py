"""The verdict on one line, and why on the next."""

from typing import Final

from corsage.apps.cli.checking.hints import hints
from corsage.apps.cli.checking.run import Checked
from corsage.apps.cli.checking.verdict import Kind, Verdict, is_network_failure, judge, place
from corsage.apps.cli.checking.words import CAUSES, NETWORK, NOT_CORS
from corsage.apps.cli.document import Section, line
from corsage.apps.cli.terminal import Glyphs
from corsage.apps.cli.text import shown
from corsage.model import Refusal

BROWSER_NAMES: Final = {
    "chromium": "Chrome",
    "firefox": "Firefox",
    "webkit": "Safari",
    "standard": "the standard",
}
STYLES: Final = {
    Kind.READABLE: "green",
    Kind.LOADED: "green",
    Kind.OPAQUE: "yellow",
    Kind.BLOCKED: "red",
    Kind.UNUSABLE: "red",
    Kind.THROWN: "red",
    Kind.NETWORK_FAILURE: "magenta",
}


def sign(kind: Kind, glyphs: Glyphs) -> str:
    """Return the sign of a verdict."""
    if kind in (Kind.READABLE, Kind.LOADED):
        return glyphs.yes
    return {Kind.OPAQUE: glyphs.half, Kind.NETWORK_FAILURE: "!"}.get(kind, glyphs.no)


def verdict_section(checked: Checked, verdict: Verdict, glyphs: Glyphs) -> Section:
    """Say what came of it, and why."""
    style = STYLES[verdict.kind]
    parts: list[str | tuple[str, str]] = [
        (f"{sign(verdict.kind, glyphs)} {verdict.sentence}", f"bold {style}")
    ]
    if verdict.code is not None and verdict.kind is not Kind.THROWN:
        parts.append((f" {glyphs.long_dash} {verdict.code}", style))
    lines = [line(*parts, indent=0, copied=True)]
    lines += [line(sentence) for sentence in reasons(checked)]
    lines += [line((sentence, "yellow")) for sentence in disagreements(checked, verdict)]
    return Section("", tuple(lines))


def disagreements(checked: Checked, verdict: Verdict) -> list[str]:
    """Name the browsers in which the page fares otherwise."""
    sentences = []
    for view in checked.views:
        other = verdict if view.outcome is None else judge(checked.question, view.outcome)
        if other.kind.exit_code != verdict.kind.exit_code:
            why = f" ({other.code})" if other.code else ""
            sentences.append(f"Not so in {BROWSER_NAMES[view.profile.name]}: {other.kind}{why}.")
    return sentences


def reasons(checked: Checked) -> list[str]:
    """Return the sentences that explain a refusal; none for other outcomes."""
    refusal = checked.outcome.refusal
    if refusal is None:
        return []
    if is_network_failure(refusal):
        return _network_reasons(refusal)
    sentence = because(refusal, checked.question.origin)
    sentences = [*([sentence] if sentence else []), *hints(refusal)]
    if not refusal.cause.is_cors:
        sentences.append("This is not the CORS protocol's doing: no Access-Control header changes it.")
    elif refusal.status is not None:
        sentences.append(_side_effect(checked, refusal))
    return sentences


def because(refusal: Refusal, origin: str) -> str:
    """Return why it was refused, in plain words."""
    template = CAUSES.get(refusal.cause, "")
    return template.format(
        origin=origin if refusal.origin != "null" else "null",
        url=shown(refusal.url.href),
        status=refusal.status,
        value=shown(refusal.parameter) or "nothing",
    )


def _network_reasons(refusal: Refusal) -> list[str]:
    if refusal.failure is None:
        return [NOT_CORS]
    advice = NETWORK[refusal.failure.kind][1]
    detail = refusal.failure.detail
    said = [f"libcurl says: {shown(detail)}"] if detail else []
    return [NOT_CORS, advice.format(host=place(refusal)), *said]


def _side_effect(checked: Checked, refusal: Refusal) -> str:
    request = checked.outcome.request
    method = shown(request.method) if request is not None else shown(checked.question.method)
    if refusal.cause.is_preflight:
        return f"The {method} itself was not sent."
    return f"The {method} was sent and answered: the browser only withholds the answer from the page."
