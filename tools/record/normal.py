"""Makes recordings comparable: order that means nothing is sorted, chance is masked."""

import re
from collections.abc import Iterator
from typing import Any

from record.scenarios import requests_of

Json = dict[str, Any]
_MULTIPART = re.compile(r"^multipart/form-data; boundary=\S+")


def normal(scenario: Json, result: Json) -> Json:
    """The result with sorted header lists and, for form data, without the random boundary."""
    forms = any((request.get("body") or {}).get("type") == "formdata" for request in requests_of(scenario))
    for outcome in _outcomes(result["outcome"]):
        _tidy(outcome, forms=forms)
    if forms:
        for request in _requests(result["requests_seen"]):
            _mask_request(request)
    return result


def _outcomes(outcome: Json) -> Iterator[Json]:
    yield from outcome.get("steps", [outcome])


def _requests(seen: list[Any]) -> Iterator[Json]:
    for item in seen:
        yield from item if isinstance(item, list) else [item]


def _tidy(outcome: Json, *, forms: bool) -> None:
    if "headers" in outcome:
        outcome["headers"] = sorted([name.lower(), value] for name, value in outcome["headers"])
    request = outcome.get("request")
    if request and forms:
        request["headers"] = [_mask(name, value) for name, value in request["headers"]]


def _mask_request(request: Json) -> None:
    """A form's boundary is random, and so are its body and, between browsers, its length."""
    request["headers"] = [_mask(name, value) for name, value in request["headers"]]
    if request["body"].startswith("--"):
        request["body"] = "(multipart)"
        request["headers"] = [
            [name, "N" if name == "content-length" else value] for name, value in request["headers"]
        ]


def _mask(name: str, value: str) -> list[str]:
    if name == "content-type" and _MULTIPART.match(value):
        return [name, "multipart/form-data; boundary=BOUNDARY"]
    return [name, value]
