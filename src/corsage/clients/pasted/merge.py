"""Several parts become one evidence: what a page asked counts more than what somebody tried by hand."""

from collections.abc import Sequence
from dataclasses import replace

from corsage.clients.exchanges.assemble import Exchange, assembled
from corsage.clients.snippets.found import Found
from corsage.model.evidence import Evidence, Message, Probe
from corsage.model.url import parse_url


def merged(
    messages: tuple[Message, ...], snippets: Sequence[Found], exchanges: Sequence[Exchange]
) -> Evidence:
    """Merge *messages*, *snippets* and *exchanges* into one evidence."""
    asked = _asked(snippets)
    answered = assembled(exchanges) or Evidence()
    about = next((url for message in messages if (url := message.first_url or message.url)), "")
    by_hand = all(not found.asked.for_browser and not found.asked.copied for found in snippets)
    if about and answered.url and not _same_host(about, answered.url):
        answered = _as_probes(answered)
    if about and by_hand and asked.url and not _same_host(about, asked.url):
        asked = Evidence(observed=asked.observed)
    if about and asked.url and parse_url(asked.url) is None:
        # The message has the whole address.
        asked = replace(asked, url="", observed=(*asked.observed, f"the snippet asks {asked.url}"))
    url = _better(asked.url, answered.url)
    if about and by_hand and url and not _same_path(about, url):
        asked = replace(asked, observed=(*asked.observed, f"this was tried by hand: {url}"))
        url = ""
    return replace(
        answered,
        messages=messages,
        method=asked.method or answered.method,
        url=url,
        origin=asked.origin or answered.origin,
        page=asked.page or answered.page,
        mode=asked.mode or answered.mode,
        credentials=asked.credentials or answered.credentials,
        request_headers=asked.request_headers or answered.request_headers,
        body=asked.body if asked.body is not None else answered.body,
        observed=tuple(dict.fromkeys((*asked.observed, *answered.observed))),
    )


def _asked(snippets: Sequence[Found]) -> Evidence:
    """Return the snippet that says most of what the page asked, with the remarks on all."""
    read = [(found, found.asked.evidence()) for found in snippets]
    if not read:
        return Evidence()
    of_page = [evidence for found, evidence in read if found.asked.copied or found.asked.for_browser]
    best = (of_page or [evidence for _, evidence in read])[0]
    remarks = dict.fromkeys(remark for _, evidence in read for remark in evidence.observed)
    return replace(best, observed=tuple(remarks))


def _better(asked: str, answered: str) -> str:
    """Return the address of the two that is whole."""
    if asked and answered and (parse_url(asked) is None or "${" in asked) and parse_url(answered) is not None:
        return answered
    return asked or answered


def _same_host(first: str, second: str) -> bool:
    one, other = parse_url(first), parse_url(second)
    return one is None or other is None or one.host == other.host


def _same_path(first: str, second: str) -> bool:
    one, other = parse_url(first), parse_url(second)
    return one is None or other is None or one.path == other.path


def _as_probes(answered: Evidence) -> Evidence:
    """Keep answers of another server as what was tried beside the request."""
    found: list[Probe] = []
    for answer in (answered.preflight, answered.actual):
        if answer is not None:
            result = answer.failure.value if answer.failure is not None else str(answer.status or "an answer")
            found.append(Probe("elsewhere", answer, f"{answered.url} gave {result}"))
    return Evidence(probes=tuple(found), notes=answered.notes, observed=answered.observed)
