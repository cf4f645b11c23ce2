"""One report as an object: the form of ``input`` in a line of evidence."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from corsage.clients.said import read_said
from corsage.clients.structured.answers import read_answer, read_answers
from corsage.clients.structured.fields import Fields
from corsage.clients.structured.headers import read_headers
from corsage.clients.written import LONGEST_TEXT, LONGEST_VALUE, address_of, text_of, without_remark
from corsage.model.evidence import Evidence

MOST_PRODUCTS: Final = 100

_CREDENTIALS: Final = {
    "include": "include",
    "true": "include",
    "yes": "include",
    "omit": "omit",
    "false": "omit",
    "no": "omit",
    "same-origin": "same-origin",
}


def read_structured(line: Mapping[str, object]) -> Evidence:
    """Read one object of the form of ``input``, or the whole line that has one. Never raises."""
    inner = line.get("input")
    fields = Fields(inner if isinstance(inner, Mapping) else line)
    notes = [text_of(fields.take("reporter_notes", "notes")).strip()]
    messages, left_over = read_said(fields.take("console_message", "console_messages", "messages"))
    products = _products(fields.take("stack", "products"))
    # A flat object has the keys of its parts itself.
    request = fields.part("request") or fields
    answers = fields.part("server_response_facts") or fields
    preflight = read_answer("preflight", answers.take("preflight"), notes)
    actual = read_answer("actual", answers.take("actual", "response"), notes)
    hops = read_answers("redirect", answers.take("hops", "redirects"), notes)
    url_in_method, method = _method(request.take("method"), notes)
    page, _ = address_of(text_of(request.take("page"), LONGEST_VALUE))
    body = request.take("body")
    evidence = Evidence(
        messages=messages,
        method=method,
        url=_address("url", request.take("url"), notes) or url_in_method,
        origin=_address("origin", request.take("client_origin", "origin"), notes),
        page=page,
        mode=text_of(request.take("mode"), 200).strip(),
        credentials=_credentials(request.take("credentials"), notes),
        request_headers=read_headers(request.take("headers", "request_headers"), notes),
        body=None if body is None else text_of(body, LONGEST_VALUE),
        preflight=preflight,
        actual=actual,
        hops=hops,
        products=products,
    )
    for part in {id(each): each for each in (request, answers, fields)}.values():
        notes.extend(part.rest())
    notes.append(left_over)
    # What a server logged, or a tool printed, is often told among the reporter's own words.
    told, _ = read_said("\n".join(notes)) if not messages else ((), "")
    if told:
        evidence = replace(evidence, messages=told)
    return replace(evidence, notes="\n".join(each for each in notes if each)[:LONGEST_TEXT])


def _address(name: str, value: object, notes: list[str]) -> str:
    address, rest = address_of(text_of(value, LONGEST_VALUE))
    if rest:
        notes.append(f"{name}: {rest}")
    return address


def _method(value: object, notes: list[str]) -> tuple[str, str]:
    """Return the URL that may follow the method, and the method."""
    written = text_of(value, LONGEST_VALUE).strip()
    words = written.split()
    method = words[0] if words and words[0].isascii() and words[0].isalpha() else ""
    if written and written != method:
        notes.append(f"method: {written}")
    return address_of(written)[0] if method and len(words) > 1 else "", method


def _credentials(value: object, notes: list[str]) -> str:
    written = text_of(value, LONGEST_VALUE).strip()
    plain, remark = without_remark(written)
    found = _CREDENTIALS.get(plain.lower(), "")
    if written and (remark or not found):
        notes.append(f"credentials: {written}")
    return found


def _products(value: object) -> tuple[str, ...]:
    values = list(value)[:MOST_PRODUCTS] if isinstance(value, (list, tuple, Mapping)) else [value]
    texts = (text_of(each, LONGEST_VALUE).strip() for each in values)
    return tuple(each for each in texts if each)
