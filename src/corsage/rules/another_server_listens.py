"""CORS467: Another program listens on the port, and answers in the API's place."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import is_loopback
from corsage.rules.report import report

_AIRPLAY: Final = 5000
_FORBIDDEN: Final = 403

_SAID: Final = (
    "airplay",
    "airtunes",
    "port 5000",
    "port conflict",
    "port already",
    "already in use",
    "another program",
    "another process",
    "another service",
    "other service",
    "same port",
    "port is taken",
    "listening on",
    "zombie",
    "old instance",
    "control center",
    "another container",
)


class AnotherServerListens(DiagnosisRule):
    """Another server listens."""

    code = "CORS467"
    name = "another-server-listens"
    root_cause = RootCause.WRONG_SERVER_ON_PORT
    layer = "network"
    what = "Another program listens on the port, and answers in the API's place."
    why = (
        "macOS's AirPlay takes port 5000, a forgotten process or container keeps a port. It answers 403 "
        "or 404 without CORS headers."
    )
    fix = (
        "Look who listens (lsof -i :5000, ss -ltnp), stop it or take another port. On macOS switch the "
        "AirPlay receiver off or do not use 5000 and 7000."
    )
    verify = "The response's Server header is the API's."
    question = "Which Server header has the response, and which process listens on the port?"
    bad = report(
        url="http://localhost:5000/api",
        actual=(403, {"Server": "AirTunes/620.8.2"}),
        notes="flask on macOS",
        stack=["flask"],
    )
    good = report(url="http://localhost:5000/api", actual=(403, {"Server": "Werkzeug"}), stack=["flask"])

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        server = (case.header("server") or "").lower()
        if "airtunes" in server:
            yield Weight(0.97, "the Server header is AirPlay's")
        said = case.said(*_SAID)
        if said:
            yield Weight(0.6, f"the notes say: {said}")
        if (
            case.target is not None
            and case.target.port == _AIRPLAY
            and is_loopback(case.target)
            and case.said("mac", "monterey", "ventura")
        ):
            yield Weight(0.6, "port 5000 of a Mac is AirPlay's")
        if (
            case.target is not None
            and case.target.port == _AIRPLAY
            and is_loopback(case.target)
            and case.status == _FORBIDDEN
        ):
            yield Weight(0.45, "403 from port 5000, which AirPlay takes on a Mac")
