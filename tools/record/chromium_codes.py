"""From Chromium's DevTools events to the codes and console lines of a recording."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

Json = dict[str, Any]
_Error = tuple[str, str]
_T = TypeVar("_T")

# Refusals that never reach the network service: DevTools tells of them in issues only.
_ISSUES = frozenset({"DisallowedByMode", "NoCorsRedirectModeNotFollow", "CorsDisabledScheme"})
_PAGE_PATHS = ("/turn", "/step")


def summary(events: Iterable[Json]) -> Json:
    """The `cors_error`, `failed_parameter`, `console` and further errors of one scenario."""
    events = list(events)
    errors = _unique([*_from_network(events), *_from_issues(events)])
    code, parameter = errors[0] if errors else (None, None)
    found: Json = {"cors_error": code, "failed_parameter": parameter, "console": console(events)}
    if net := net_errors(events):
        found["net_errors"] = net
    if len(errors) > 1:
        found["cors_errors"] = [list(error) for error in errors]
    return found


def console(events: Iterable[Json]) -> list[str]:
    """The lines of the console, each once."""
    return _unique(entry["text"] for params in _of(events, "Log.entryAdded") for entry in [params["entry"]])


def net_errors(events: Iterable[Json]) -> list[list[str | None]]:
    """Failures of requests that are not CORS errors: the network's error and why it was blocked."""
    failed = (params for params in _failures(list(events)) if "corsErrorStatus" not in params)
    return [list(pair) for pair in _unique((item["errorText"], item.get("blockedReason")) for item in failed)]


def _from_network(events: list[Json]) -> Iterator[_Error]:
    """Codes of failed requests; a parameter that is not ASCII is in the request's issue only."""
    told = {item["request"].get("requestId"): _error(item) for item in _issues(events)}
    for params in _failures(events):
        if "corsErrorStatus" in params:
            code, parameter = _error(params)
            other, longer = told.get(params["requestId"], ("", ""))
            yield code, parameter or (longer if other == code else "")


def _from_issues(events: list[Json]) -> Iterator[_Error]:
    return (error for error in map(_error, _issues(events)) if error[0] in _ISSUES)


def _issues(events: list[Json]) -> Iterator[Json]:
    for params in _of(events, "Audits.issueAdded"):
        details = params["issue"]["details"].get("corsIssueDetails")
        if details and not details["isWarning"]:
            yield details


def _error(item: Json) -> _Error:
    status = item["corsErrorStatus"]
    return status["corsError"], status.get("failedParameter", "")


def _failures(events: list[Json]) -> Iterator[Json]:
    """The failed requests, without the page's own."""
    sent = {
        params["requestId"]: params["request"]["url"] for params in _of(events, "Network.requestWillBeSent")
    }
    for params in _of(events, "Network.loadingFailed"):
        if not sent.get(params["requestId"], "").endswith(_PAGE_PATHS):
            yield params


def _of(events: Iterable[Json], method: str) -> Iterator[Json]:
    return (event["params"] for event in events if event["method"] == method)


def _unique(items: Iterable[_T]) -> list[_T]:
    return list(dict.fromkeys(items))
