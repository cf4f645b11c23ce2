"""Agreement between an engine's result and a recording, facet by facet."""

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any, Final

FACETS: Final = ("outcome", "headers", "requests", "code", "console")

# The request headers that are judged; the others are the transport's habits.
_WIRE: Final = (
    "origin",
    "access-control-request-method",
    "access-control-request-headers",
    "content-type",
    "cookie",
    "authorization",
    "referer",
)
# Only a browser's CORS lines are judged: the others vary with its mood.
_CORS_LINE: Final = re.compile(
    r"CORS policy|Cross-Origin Request Blocked|access control checks|Access-Control-Allow"
    r"|Preflight response is not successful|denied by Cross-Origin Resource Sharing|Credentials flag is true"
    r"|redirection while loading|Cross origin requests are only"
)


@dataclass(slots=True)
class Comparison:
    """Hits of a whole run, by family and facet.

    Attributes:
        browser: whose recordings are compared.
        totals: scenarios by family.
        hits: (family, facet) to how many agree.
        misses: (family, facet) to the ids that do not.
    """

    browser: str
    totals: Counter[str] = field(default_factory=Counter)
    hits: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: defaultdict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(
        self, scenario: dict[str, Any], recorded: dict[str, Any], result: dict[str, Any]
    ) -> tuple[str, ...]:
        """Compare one scenario; return the facets that disagree."""
        family = scenario.get("family", "")
        self.totals[family] += 1
        missed = compare(scenario, recorded, result, self.browser)
        for facet in FACETS:
            if facet in missed:
                self.misses[family, facet].append(scenario["id"])
            else:
                self.hits[family, facet] += 1
        self.hits[family, "all"] += not missed
        return missed


def compare(
    scenario: dict[str, Any], recorded: dict[str, Any], result: dict[str, Any], browser: str
) -> tuple[str, ...]:
    """Return the facets in which *result* disagrees with what *browser* was *recorded* to do."""
    want, got = _facets(recorded, scenario, browser), _facets(result, scenario, browser)
    return tuple(facet for facet in FACETS if want[facet] != got[facet])


def _facets(record: dict[str, Any], scenario: dict[str, Any], browser: str) -> dict[str, Any]:
    outcome = record.get("outcome") or {}
    code = [record.get("cors_error")]
    if browser == "chromium":
        code.append(record.get("failed_parameter") or None)
    dropped = '"drop": true' in json.dumps(scenario["server"])
    return {
        "outcome": _outcome(outcome),
        "headers": _headers(outcome),
        "requests": _requests(record.get("requests_seen") or [], dropped=dropped),
        "code": code,
        "console": [line for line in record.get("console") or () if _CORS_LINE.search(line)],
    }


def _outcome(outcome: dict[str, Any]) -> dict[str, Any]:
    kind = outcome.get("kind")
    if kind == "sequence":
        return {"kind": kind, "steps": [_outcome(step) for step in outcome.get("steps", ())]}
    if kind == "response":
        shown = {key: outcome.get(key) for key in ("kind", "type", "status", "url", "redirected", "body")}
        return shown | {"body_error": "body_error" in outcome}
    if kind == "request_throws":
        return {"kind": kind, "error": (outcome.get("error") or {}).get("name")}
    return {key: outcome[key] for key in ("kind", "tainted", "rules", "data", "returned") if key in outcome}


def _headers(outcome: dict[str, Any]) -> list[Any]:
    if outcome.get("kind") == "sequence":
        return [_headers(step) for step in outcome.get("steps", ())]
    return sorted([name.lower(), value] for name, value in outcome.get("headers") or ())


def _requests(seen: list[Any], *, dropped: bool) -> list[Any]:
    if seen and isinstance(seen[0], list):
        return [_requests(step, dropped=dropped) for step in seen]
    rows = [_request(request) for request in seen]
    if not dropped:
        return rows
    # A dropped connection is retried by some transports: that is not the subject.
    return list({json.dumps(row, sort_keys=True): row for row in rows}.values())


def _request(request: dict[str, Any]) -> list[Any]:
    headers = {name.lower(): value for name, value in request.get("headers", ())}
    judged = {
        name: headers[name]
        for name in _WIRE
        if name in headers and not headers[name].startswith("multipart/form-data")
    }
    return [request.get("kind"), request.get("hop"), request.get("method"), judged]
