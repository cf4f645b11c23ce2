"""From Chromium's DevTools events to the codes and console lines of a recording."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

Json = dict[str, Any]
_Error = tuple[str, str]
_T = TypeVar("_T")

# Refusals that never reach the network service: DevTools tells of them in issues only.
_ISSUES = frozenset({"DisallowedByMode", "NoCorsRedirectModeNotFollow", "CorsDisabledScheme"})


def summary(events: Iterable[Json], mark: str) -> Json:
    """The `cors_error`, `failed_parameter`, `console` and further errors of one scenario.

    Args:
        events: What DevTools reported while it was played.
        mark: What the scenario's own URLs contain; events about anything else are left out.
    """
    events = list(events)
    failures = list(_failures(events, mark))
    issues = list(_issues(events, mark))
    errors = _unique([*_from_network(failures, issues), *_from_issues(issues)])
    code, parameter = errors[0] if errors else (None, None)
    found: Json = {"cors_error": code, "failed_parameter": parameter, "console": _console(events, mark)}
    if net := _net_errors(failures):
        found["net_errors"] = net
    if len(errors) > 1:
        found["cors_errors"] = [list(error) for error in errors]
    return found


def _console(events: Iterable[Json], mark: str) -> list[str]:
    """The lines of the console, each once."""
    entries = (params["entry"] for params in _of(events, "Log.entryAdded"))
    return _unique(
        entry["text"] for entry in entries if mark in entry["text"] or mark in entry.get("url", "")
    )


def _net_errors(failures: list[Json]) -> list[list[str | None]]:
    """Failures that are not CORS errors: the network's error and why the request was blocked."""
    failed = (item for item in failures if "corsErrorStatus" not in item)
    return [list(pair) for pair in _unique((item["errorText"], item.get("blockedReason")) for item in failed)]


def _from_network(failures: list[Json], issues: list[Json]) -> Iterator[_Error]:
    """Codes of failed requests; a parameter that is not ASCII is in the request's issue only."""
    told = {item["request"].get("requestId"): _error(item) for item in issues}
    for failure in failures:
        if "corsErrorStatus" in failure:
            code, parameter = _error(failure)
            other, longer = told.get(failure["requestId"], ("", ""))
            yield code, parameter or (longer if other == code else "")


def _from_issues(issues: list[Json]) -> Iterator[_Error]:
    return (error for error in map(_error, issues) if error[0] in _ISSUES)


def _issues(events: list[Json], mark: str) -> Iterator[Json]:
    for params in _of(events, "Audits.issueAdded"):
        details = params["issue"]["details"].get("corsIssueDetails")
        if details and not details["isWarning"] and mark in details["request"]["url"]:
            yield details


def _error(item: Json) -> _Error:
    status = item["corsErrorStatus"]
    return status["corsError"], status.get("failedParameter", "")


def _failures(events: list[Json], mark: str) -> Iterator[Json]:
    """The scenario's failed requests; a redirected one has several URLs and one of them is enough."""
    sent = _of(events, "Network.requestWillBeSent")
    ours = {params["requestId"] for params in sent if mark in params["request"]["url"]}
    return (params for params in _of(events, "Network.loadingFailed") if params["requestId"] in ours)


def _of(events: Iterable[Json], method: str) -> Iterator[Json]:
    return (event["params"] for event in events if event["method"] == method)


def _unique(items: Iterable[_T]) -> list[_T]:
    return list(dict.fromkeys(items))
