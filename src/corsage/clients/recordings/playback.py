"""Play a scenario: the engine on one side, the scenario's server on the other."""

from typing import Any

from corsage.browser import Engine, PreflightCache, Profile, drive, fetch
from corsage.browser.console import Report, report
from corsage.clients.recordings.reading import BadScenario, Row
from corsage.clients.recordings.results import outcome_json, result_json
from corsage.clients.recordings.scenario import client_of, preset_cookies, request_of
from corsage.clients.recordings.server import ScenarioServer
from corsage.model import NO_TRACE, Trace

# What a request takes on loopback: enough to keep the clock moving, too little to expire anything.
SECONDS_A_REQUEST = 0.01


def play(row: Row, profile: Profile, trace: Trace = NO_TRACE) -> dict[str, Any]:
    """Play one scenario and return its result in the recording's form.

    Raises:
        BadScenario: the scenario is malformed; the message says where and how.
    """
    try:
        return _play(row.scenario, profile, trace)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise BadScenario(f"{row.where}: malformed scenario: {type(error).__name__}: {error}") from error


def _play(scenario: dict[str, Any], profile: Profile, trace: Trace) -> dict[str, Any]:
    server = ScenarioServer(scenario, profile.engine)
    client = client_of(scenario)
    cache = PreflightCache()
    cookies = preset_cookies()
    steps = scenario.get("sequence") or [scenario["request"]]
    outcomes: list[dict[str, Any]] = []
    reports: list[Report] = []
    seen: list[list[dict[str, Any]]] = []
    now = 0.0
    for spec in steps:
        now += spec.get("delay_before_ms", 0) / 1000 + SECONDS_A_REQUEST
        server.seen = []
        request = request_of(spec, client, profile, trace)
        conversation = fetch(request, profile=profile, cache=cache, cookies=cookies, now=now, trace=trace)
        outcome = drive(conversation, server)
        outcomes.append(outcome_json(outcome, spec["api"], profile))
        reports.append(report(outcome, profile))
        seen.append(server.seen)
    attributed = profile.engine in (Engine.CHROMIUM, Engine.FIREFOX)
    if "sequence" in scenario:
        sequence = {"kind": "sequence", "steps": outcomes}
        return result_json(scenario["id"], sequence, reports, seen, attributed=attributed)
    return result_json(scenario["id"], outcomes[0], reports, seen[0], attributed=attributed)
