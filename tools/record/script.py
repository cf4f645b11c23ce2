"""One scenario's server side: what each hop answers, and what it has been asked."""

from typing import Any

from record import http1

Json = dict[str, Any]

# Set by the browser's network layer, not by the standard the recordings are about.
_NOISE = frozenset(
    {
        "accept-encoding",
        "connection",
        "dnt",
        "host",
        "keep-alive",
        "priority",
        "sec-gpc",
        "te",
        "upgrade-insecure-requests",
        "user-agent",
    }
)
_NOISE_PREFIXES = ("sec-ch-", "proxy-")
_STRAY = http1.response(
    404,
    [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Cache-Control", "no-store"),
        ("Access-Control-Allow-Origin", "*"),
    ],
    b"unknown scenario",
)


class Script:
    """Answers the requests of one scenario in one browser and remembers them, step by step."""

    def __init__(self, scenario: Json) -> None:
        self._hops = {hop["path"]: (index, hop) for index, hop in enumerate(scenario["server"]["hops"])}
        self._asked: dict[tuple[str, str], int] = {}
        self._in_steps = "sequence" in scenario
        self._steps: list[list[Json]] = [[]]

    @property
    def requests_seen(self) -> list[Any]:
        """What arrived, in order; a list for each step if the scenario is a sequence."""
        return self._steps if self._in_steps else self._steps[0]

    def next_step(self) -> None:
        """What arrives from now on belongs to the next step of the sequence."""
        self._steps.append([])

    def answer(self, request: http1.Request, scheme: str) -> bytes | None:
        """The bytes to send back; None to close the connection without any."""
        if request.path not in self._hops:
            return _STRAY
        index, hop = self._hops[request.path]
        kind = "preflight" if is_preflight(request) else "actual"
        self._steps[-1].append(describe(request, scheme, kind, index))
        return _bytes(self._choose(request.path, hop, kind), request.method)

    def _choose(self, path: str, hop: Json, kind: str) -> Json | None:
        """The n-th request gets the n-th answer of a list; the last one repeats."""
        found = hop.get("preflight" if kind == "preflight" else "response")
        if not isinstance(found, list):
            return found
        asked = self._asked[path, kind] = self._asked.get((path, kind), 0) + 1
        answer: Json | None = found[min(asked, len(found)) - 1] if found else None
        return answer


def is_preflight(request: http1.Request) -> bool:
    """Whether a request is a CORS preflight, by what only preflights carry."""
    return request.method == "OPTIONS" and request.header("access-control-request-method") is not None


def describe(request: http1.Request, scheme: str, kind: str, hop: int) -> Json:
    """A request as recordings show it: headers sorted by name, transport noise left out."""
    return {
        "kind": kind,
        "hop": hop,
        "method": request.method,
        "url": f"{scheme}://{request.header('host')}{request.target}",
        "headers": sorted([name, value] for name, value in request.headers if not _is_noise(name)),
        "body": request.body.decode("utf-8", "replace"),
    }


def _is_noise(name: str) -> bool:
    return name in _NOISE or name.startswith(_NOISE_PREFIXES)


def _bytes(answer: Json | None, method: str) -> bytes | None:
    if answer is None:
        return http1.response(404, [], b"")
    if answer.get("drop"):
        return None
    headers = [(name, value) for name, value in answer["headers"]]
    return http1.response(answer["status"], headers, answer["body"].encode(), head=method == "HEAD")
