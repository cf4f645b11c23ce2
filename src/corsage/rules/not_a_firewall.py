"""CORS271: CORS is expected to stop requests. It does not: it decides what a page may read."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.model.rule import Severity
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_TOOL: Final = (
    "curl",
    "postman",
    "insomnia",
    "httpie",
    "python requests",
    "server-side",
    "script",
    "any client",
    "bots",
    "other clients",
)
_PASSES: Final = (
    "answered although",
    "still answered",
    "still works",
    "is answered",
    "not blocked",
    "still reach",
    "not denied",
    "although",
    "still processed",
    "request still",
    "allowed anyway",
    "bypass",
    "still accepts",
    "not restrict",
    "does not block",
    "doesn't block",
    "can still",
    "is executed",
    "still gets",
    "still runs",
    "inserted",
    "row is there",
    "ignores my",
    "ignores the whitelist",
    "processes requests",
    "want 403",
    "executes",
    "breakpoint hit",
    "show my images",
    "hotlink",
    "stop others",
    "forged",
    "outside the browser",
    "replayed",
    "spoof",
    "prevent others",
    "block other",
    "anyone can call",
    "anybody can call",
    "from anywhere",
    "is the package broken",
    "data is saved",
    "is saved",
    "was created",
    "side effect",
    "runs anyway",
    "handler still",
    "reaches the handler",
    "goes through",
    "accepted anyway",
    "not rejected",
    "returns data",
    "gets data",
    "still responds",
    "still returns",
    "any origin can",
)
_HINTS: Final = (
    "protect",
    "secure",
    "prevent access",
    "block requests",
    "restrict access",
    "firewall",
    "security",
)

_WISHES: Final = (
    "stop others",
    "prevent others",
    "keep others out",
    "hotlink",
    "pentest",
    "penetration test",
    "security audit",
    ("ignores", "whitelist"),
    ("ignores", "allowed"),
    ("postman", "whitelist"),
    ("postman", "ignores"),
    ("curl", "still gets"),
    ("curl", "still works"),
    ("curl", "still returns"),
    ("script", "inserted"),
    ("evil", "row"),
    ("bad.site", "executes"),
    ("only my domain", "still"),
    ("restrict", "my domain"),
    ("only allow", "my app"),
    ("we want 403",),
    ("should be rejected",),
    ("should return 403",),
    ("not blocked by the server",),
    ("request is not blocked",),
    ("doesn't block",),
    ("does not block",),
)


class NotAFirewall(DiagnosisRule):
    """Not a firewall."""

    code = "CORS271"
    name = "not-a-firewall"
    severity = Severity.NOTE
    root_cause = RootCause.MISCONCEPTION_CORS_IS_FIREWALL
    layer = "app-auth"
    what = "CORS is expected to stop requests. It does not: it decides what a page may read."
    why = (
        "curl, Postman, servers and bots take no notice of CORS, and a browser sends simple requests "
        "whether or not the answer may be read. The server runs them all."
    )
    fix = (
        "Protect the API with authentication and authorisation, and forms and cookies with CSRF defence "
        "(SameSite, tokens). Use CORS to say whose pages may read."
    )
    verify = "A request without a login is refused by status, whatever its Origin."
    sources = ("https://fetch.spec.whatwg.org/#cors-protocol",)
    bad = report(
        method="POST",
        actual=(200, {}),
        notes="Insomnia call is answered although allowed_origins lists another site",
    )
    good = report(method="POST", actual=(403, {}), notes="the browser refuses")

    def is_cors_of(self, case: Case) -> bool:
        """Tell that it is not: nothing is refused."""
        del case
        return False

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.noted(*_WISHES):
            yield Weight(0.6, "CORS is wished to keep somebody out")
        if case.mode == "navigate":
            yield Weight(0.5, "a form or a link navigates: CORS does not come into it")
        tool = case.noted(*_TOOL)
        passes = case.noted(*_PASSES)
        if tool and passes:
            yield Weight(0.8, f"{tool}: {passes}")
        elif passes and case.noted("origin", "allowed_origins", "whitelist", "another site", "cors"):
            yield Weight(0.55, f"a request is expected to be stopped: {passes}")
        if case.noted(*_HINTS):
            yield Weight(0.35, "CORS is to protect the server")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.says or case.status not in (None, 200, 201, 204):
            yield Weight(-0.6, "something is refused")
