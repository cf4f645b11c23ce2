"""Reports as examples: the form that ``corsage explain --evidence`` reads, written short."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

_Known = tuple[int | None, Mapping[str, str]]


def report(  # noqa: PLR0913 - every field of the form, by name
    console: str = "",
    *,
    method: str | None = None,
    headers: Mapping[str, str] | None = None,
    credentials: str | None = None,
    origin: str | None = None,
    url: str | None = None,
    mode: str = "cors",
    preflight: _Known | None = None,
    actual: _Known | None = None,
    notes: str = "",
    stack: Sequence[str] = (),
) -> Mapping[str, object]:
    """Make a report.

    Args:
        console: what was printed.
        method: of the page's request.
        headers: that the page set.
        credentials: the credentials mode.
        origin: of the page.
        url: that was asked for.
        mode: the request mode, with what asked in brackets: ``cors (font)``.
        preflight: status and headers of the preflight's answer.
        actual: status and headers of the actual response.
        notes: what the reporter says.
        stack: what the reporter uses.
    """
    return MappingProxyType(
        {
            "console_message": console,
            "request": {
                "method": method,
                "headers": dict(headers or {}),
                "credentials": credentials,
                "client_origin": origin,
                "url": url,
                "mode": mode,
            },
            "server_response_facts": {"preflight": _answer(preflight), "actual": _answer(actual)},
            "reporter_notes": notes,
            "stack": list(stack),
        }
    )


def _answer(known: _Known | None) -> dict[str, object] | None:
    if known is None:
        return None
    status, headers = known
    return {"status": status, "headers": dict(headers), "status_reported": status is not None}
