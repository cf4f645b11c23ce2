"""CORS193: a guard that lets everyone in."""

from collections.abc import Iterator

from corsage.model.rule import Problem, Severity
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example


class WebsocketGuardOpen(PolicyRule):
    """WebSockets always carry cookies."""

    code = "CORS193"
    name = "websocket-guard-open"
    severity = Severity.WARNING
    what = "`guard_websockets` together with `*` among the origins."
    why = (
        "The guard refuses handshakes of origins that are not allowed, and the star allows all. WebSockets know no "
        "CORS: their handshakes carry the user's cookies whatever `credentials` says."
    )
    fix = "List the origins whose pages may open WebSockets, or remove the guard."
    sources = ("https://websockets.spec.whatwg.org/",)
    bad = example(origins="*", guard_websockets=True)
    good = example(origins=["https://shop.example.com"], guard_websockets=True)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Report the guard."""
        if draft.guard_websockets and draft.allows_any_origin:
            yield self.problem(
                "guard_websockets", "true", '"*" allows every origin, so the guard refuses nobody'
            )
