"""CORS462: No connection: refused, reset, timed out, the name is unknown, or the port is blocked."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause, FailureKind
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import is_loopback
from corsage.rules.report import report

_FAILURES: Final = (
    FailureKind.CONNECTION_REFUSED,
    FailureKind.CONNECTION_CLOSED,
    FailureKind.TIMED_OUT,
    FailureKind.NAME_NOT_RESOLVED,
    FailureKind.UNREACHABLE,
    FailureKind.PROTOCOL_ERROR,
)
_VAGUE: Final = frozenset({Symptom.FETCH_FAILED, Symptom.NETWORK, Symptom.DID_NOT_SUCCEED})

_SAID: Final = (
    "connection refused",
    "econnrefused",
    "server down",
    "server is down",
    "not running",
    "crashed",
    "unreachable",
    "firewall",
    "vpn",
    "err_connection",
    "err_empty",
    "socket hang up",
    "econnreset",
    "dns",
    "offline",
    "worked before",
    "outage",
    "several users",
    "reset",
    "stopped responding",
    "err_name",
)


_OTHER_PORT: Final = (
    "Use another port: let the server listen on one that browsers do not block (80, 443, 3000, 8000, 8080), and "
    "change the URL in the page. Browsers refuse ports of other protocols (6000 for X11, 6667 for IRC, 25 for mail) "
    "before they connect; no header changes that."
)


class NoConnection(DiagnosisRule):
    """No connection."""

    code = "CORS462"
    name = "no-connection"
    root_cause = RootCause.CONNECTION_FAILED
    layer = "network"
    what = "No connection: refused, reset, timed out, the name is unknown, or the browser never asks on that port."
    why = (
        "There was no response to judge. Firefox calls it 'CORS request did not succeed', axios 'Network "
        "Error'; the console's net::ERR_… says what it was."
    )
    fix = (
        "Start the server, and look where it listens: address (0.0.0.0 in a container), port, firewall, "
        "VPN, the process's own log. Then ask it from the machine on which the browser runs."
    )
    verify = "curl -v URL on the browser's machine connects, and the network panel shows a status for the page's request."
    question = "What does curl -v URL print on the machine on which the browser runs?"
    sources = ("https://fetch.spec.whatwg.org/#port-blocking",)
    hides = frozenset({RootCause.ACAO_MISSING, RootCause.ERROR_RESPONSE_NO_CORS})
    bad = report(
        "GET http://localhost:8000/ping net::ERR_CONNECTION_REFUSED", url="http://localhost:8000/ping"
    )
    good = report(
        "GET https://localhost:8000/ping net::ERR_CERT_AUTHORITY_INVALID", url="https://localhost:8000/ping"
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.message(Cause.BAD_PORT):
            yield Weight(0.93, "browsers ask no page's server on this port")
        kind = case.failed(*_FAILURES)
        if kind:
            yield Weight(0.8, f"the network says: {kind.value}")
        if case.message(Symptom.DID_NOT_SUCCEED):
            yield Weight(0.4, "no response came")
        elif case.message(Symptom.FETCH_FAILED) and case.says <= _VAGUE:
            yield Weight(0.3, "no response could be read, and no reason was given")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.5, f"the notes say: {said}")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        kind = case.failed(*_FAILURES)
        if case.status is not None or case.preflight_status is not None:
            yield Weight(-0.7, "a response came")
        if case.noted("self-signed", "certificate", "works in chrom", "self signed", "private ca"):
            yield Weight(-0.5, "the certificate is in question")
        if case.noted("docker", "compose", "lan", "another machine", "container") and (
            is_loopback(case.target) or kind
        ):
            yield Weight(-0.45, "the address may be wrong for this machine")
        if case.message(Cause.MIXED_CONTENT, Symptom.CONTENT_SECURITY_POLICY, Cause.MISSING_ALLOW_ORIGIN):
            yield Weight(-0.8, "the browser names another reason")

    def fix_of(self, case: Case) -> str:
        """Return what to do; a server on a blocked port may run as well as it likes."""
        return _OTHER_PORT if case.message(Cause.BAD_PORT) else self.fix
