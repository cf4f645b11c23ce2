"""Reads scenarios: bare ones or whole recordings, plain or .xz, from a file or from standard input."""

import json
import lzma
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from record.errors import RecordError

Json = dict[str, Any]

APIS = frozenset({"fetch", "xhr", "script", "img", "stylesheet", "module", "eventsource", "beacon"})
BODIES = frozenset({"text", "urlsearchparams", "formdata", "blob", "typedarray", "arraybuffer", "stream"})
CONTEXTS = frozenset({"top", "sandboxed"})
PRIVATE_HOSTS = frozenset({"localhost", "127.0.0.1"})


def is_ours(host: str) -> bool:
    """Whether the recorder answers for this host; it never connects to any other."""
    return host.endswith(".test") or host in PRIVATE_HOSTS


def read(source: str) -> list[Json]:
    """The scenarios of a file, or of standard input for `-`.

    Raises:
        RecordError: The file cannot be read or a line is no scenario; says which line and why.
    """
    scenarios = list(parse(source, _text(source).split("\n")))
    _refuse_repeats(source, scenarios)
    if not scenarios:
        raise RecordError(f"{source}: no scenario in it")
    return scenarios


def parse(name: str, lines: Iterable[str]) -> Iterator[Json]:
    """One scenario for each line that is not blank."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _scenario(f"{name}:{number}", line)


def requests_of(scenario: Json) -> list[Json]:
    """The requests a scenario makes, one after the other."""
    steps: list[Json] = scenario["sequence"] if "sequence" in scenario else [scenario["request"]]
    return steps


def origins_of(scenario: Json) -> list[str]:
    """The origins that must answer for a scenario: its page's and its hops'."""
    return [scenario["client"]["page"], *(hop["origin"] for hop in scenario["server"]["hops"])]


def _text(source: str) -> str:
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return (lzma.decompress(data) if data.startswith(b"\xfd7zXZ\x00") else data).decode()
    except OSError as error:
        raise RecordError(f"{source}: {error.strerror}") from None
    except (lzma.LZMAError, EOFError):
        raise RecordError(f"{source}: damaged .xz data") from None
    except UnicodeDecodeError:
        raise RecordError(f"{source}: not UTF-8 text") from None


def _scenario(where: str, line: str) -> Json:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise RecordError(f"{where}: not JSON: {error.msg} (column {error.colno})") from None
    scenario = value.get("scenario", value) if isinstance(value, dict) else value
    fault = _fault(scenario)
    if fault:
        raise RecordError(f"{where}: {fault}")
    return dict(scenario)


def _fault(scenario: object) -> str | None:
    """What is wrong with a scenario, in words; None if nothing is."""
    if not isinstance(scenario, dict):
        return "a scenario must be an object"
    return (
        _missing(scenario, {"id": str, "family": str, "client": dict, "server": dict})
        or _client_fault(scenario["client"])
        or _requests_fault(scenario)
        or _hops_fault(scenario["server"])
    )


def _missing(value: object, wanted: dict[str, type], of: str = "") -> str | None:
    if not isinstance(value, dict):
        return f"{of or 'it'} must be an object"
    for key, kind in wanted.items():
        if not isinstance(value.get(key), kind):
            return f'"{key}"{of and f" of {of}"} is missing or not a {_NAMES[kind]}'
    return None


_NAMES: dict[type, str] = {str: "string", dict: "object", list: "list", int: "number"}


def _client_fault(client: Json) -> str | None:
    fault = _missing(client, {"page": str, "context": str}, "client")
    if fault:
        return fault
    if client["context"] not in CONTEXTS:
        return f'unknown context "{client["context"]}"; known: {", ".join(sorted(CONTEXTS))}'
    return _origin_fault(client["page"])


def _origin_fault(origin: str) -> str | None:
    parts = urlsplit(origin)
    if parts.scheme not in {"http", "https"} or not is_ours(parts.hostname or ""):
        return f'"{origin}" is no origin the recorder can play (http(s)://*.test, localhost or 127.0.0.1)'
    return None


def _requests_fault(scenario: Json) -> str | None:
    if ("request" in scenario) == ("sequence" in scenario):
        return 'exactly one of "request" and "sequence" is wanted'
    if not isinstance(scenario.get("sequence", []), list):
        return '"sequence" is not a list'
    return next(filter(None, map(_request_fault, requests_of(scenario))), None)


def _request_fault(request: object) -> str | None:
    fault = _missing(request, {"api": str, "url": str}, "a request")
    if fault or not isinstance(request, dict):
        return fault
    if request["api"] not in APIS:
        return f'unknown api "{request["api"]}"; known: {", ".join(sorted(APIS))}'
    if request.get("headers") and not _are_pairs(request["headers"]):
        return '"headers" of a request is not a list of [name, value]'
    return _body_fault(request["body"]) if request.get("body") else None


def _body_fault(body: object) -> str | None:
    fault = _missing(body, {"type": str}, "a body")
    if fault or not isinstance(body, dict):
        return fault
    if body["type"] not in BODIES:
        return f'unknown body type "{body["type"]}"; known: {", ".join(sorted(BODIES))}'
    return _missing(body, {"fields": list} if body["type"] == "formdata" else {"value": str}, "a body")


def _are_pairs(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(item, list) and [type(part) for part in item] == [str, str] for item in value
    )


def _hops_fault(server: Json) -> str | None:
    fault = _missing(server, {"hops": list}, "server")
    return fault or next(filter(None, map(_hop_fault, server["hops"])), None)


def _hop_fault(hop: object) -> str | None:
    fault = _missing(hop, {"origin": str, "path": str}, "a hop")
    if fault or not isinstance(hop, dict):
        return fault
    return _origin_fault(hop["origin"]) or next(filter(None, map(_answer_fault, _answers(hop))), None)


def _answers(hop: Json) -> list[object]:
    found: list[object] = []
    for key in ("preflight", "response"):
        value = hop.get(key, [])
        found += value if isinstance(value, list) else [value]
    return found


def _answer_fault(answer: object) -> str | None:
    if isinstance(answer, dict) and answer.get("drop") is True:
        return None
    fault = _missing(answer, {"status": int, "headers": list, "body": str}, "an answer")
    if fault or not isinstance(answer, dict):
        return fault
    return (
        None
        if _are_bytes(answer["headers"])
        else '"headers" of an answer is not a list of latin-1 [name, value]'
    )


def _are_bytes(headers: object) -> bool:
    """Whether these are pairs of names and values that go on the wire as latin-1."""
    return _are_pairs(headers) and max(json.dumps(headers, ensure_ascii=False), default="") <= "\xff"


def _refuse_repeats(source: str, scenarios: list[Json]) -> None:
    seen: set[str] = set()
    for scenario in scenarios:
        if scenario["id"] in seen:
            raise RecordError(f'{source}: the id "{scenario["id"]}" is there twice')
        seen.add(scenario["id"])
