"""What is known of responses: objects, bare statuses, or words."""

from collections.abc import Mapping

from corsage.clients.structured.fields import Fields
from corsage.clients.structured.headers import read_headers
from corsage.clients.written import LONGEST_VALUE, says_nothing, status_of, text_of
from corsage.model.evidence import Answer
from corsage.model.messages import FailureKind


def read_answer(which: str, value: object, notes: list[str]) -> Answer | None:
    """Read what is known of one response, ``preflight`` or ``actual``; what is no value goes to *notes*.

    ``None`` where nothing at all is said of it. A response of which nothing is known was still spoken of.
    """
    if isinstance(value, Mapping):
        return _of_object(which, Fields(value), notes)
    if value is None or isinstance(value, bool) or says_nothing(text_of(value, LONGEST_VALUE)):
        return None
    status = status_of(value)
    written = text_of(value, LONGEST_VALUE).strip()
    if status is None and not written:
        return None
    if written != str(status):
        notes.append(f"{which}: {written}")
    return Answer(status=status)


def read_answers(which: str, value: object, notes: list[str]) -> tuple[Answer, ...]:
    """Read a list of responses."""
    values = value if isinstance(value, (list, tuple)) else [value]
    found = (read_answer(which, each, notes) for each in values[:50])
    return tuple(answer for answer in found if answer is not None)


def _of_object(which: str, fields: Fields, notes: list[str]) -> Answer:
    said: list[str] = []
    written = fields.take("status", "status_code")
    status = status_of(written)
    if written is not None and text_of(written, LONGEST_VALUE).strip() != str(status):
        said.append(f"status: {text_of(written, LONGEST_VALUE)}")
    headers = read_headers(fields.take("headers", "response_headers"), said)
    # Headers that are only described; a value that is no value would mislead, so they stay words.
    described = read_headers(fields.take("headers_note", "headers_notes"), said)
    said.extend(f"{name}: {value}" for name, value in described)
    body = text_of(fields.take("body", "response_body"), LONGEST_VALUE)
    whole = fields.take("whole") is True
    failed = text_of(fields.take("failure"), 100).strip()
    failure = FailureKind(failed) if failed in {kind.value for kind in FailureKind} else None
    if failed and failure is None:
        said.append(failed)
    said.extend(fields.rest())
    notes.extend(f"{which} {each}" for each in said)
    return Answer(status=status, headers=headers, whole=whole, body=body, failure=failure)
