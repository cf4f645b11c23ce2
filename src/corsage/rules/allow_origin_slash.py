"""CORS205: The allowed origin is written with a slash or a path at its end."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.layers import responsible
from corsage.rules.reading import members
from corsage.rules.report import report

_SLASHES: Final = 3  # of https://host/
_OF_HOST: Final = 3  # slashes of https://host/
_CONFIGURED: Final = ("origins", "origin", "allow", "whitelist", "cors_")


class AllowOriginSlash(DiagnosisRule):
    """Allow origin slash."""

    code = "CORS205"
    name = "allow-origin-slash"
    root_cause = RootCause.ACAO_TRAILING_SLASH
    layer = "app"
    what = "The allowed origin is written with a slash or a path at its end."
    why = (
        "An origin is scheme, host and port, and nothing after them. Browsers send it without a slash and"
        " compare byte for byte, so https://app.example/ equals no origin."
    )
    fix = "Take the slash (and any path) off the origin in the server's configuration."
    verify = "Ask with the page's Origin header: Access-Control-Allow-Origin has no slash at its end."
    question = "How exactly is the origin written in the configuration, to its last character?"
    snippet = True
    sources = (
        "https://fetch.spec.whatwg.org/#concept-cors-check",
        "https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin",
    )
    bad = report(
        "The 'Access-Control-Allow-Origin' header has a value 'https://app.example.com/' that is not equal to the supplied origin.",
        origin="https://app.example.com",
    )
    good = report(
        "The 'Access-Control-Allow-Origin' header has a value 'https://www.example.com' that is not equal to the supplied origin.",
        origin="https://app.example.com",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        value = case.allow_origin or ""
        host = value.partition("://")[2]
        if "/" in host and len(members(value)) == 1:
            yield Weight(0.9, f"the header says {value}: an origin has nothing after its port")
        elif case.message(Cause.ALLOW_ORIGIN_MISMATCH) and case.noted("slash"):
            yield Weight(0.8, "the notes speak of a slash")
        said = case.said(
            "trailing slash", ("slash", "end"), ("ends with", "/ "), "with a slash", ("origin", "slash")
        )
        about = case.said(*_CONFIGURED) or case.message(Cause.ALLOW_ORIGIN_MISMATCH)
        if (
            said
            and about
            and not case.said(
                "no trailing slash",
                "without trailing slash",
                "without the slash",
                "append_slash",
                "redirect",
                "route",
                "endpoint",
                "blueprint",
            )
        ):
            yield Weight(0.75, f"the notes say: {said}")
        elif case.said("anyhttpurl", "httpurl"):
            yield Weight(0.75, "pydantic writes a slash after the host of its URLs")
        elif case.origin and f" {case.origin.lower()}/ " in case.notes:
            yield Weight(0.9, f"the notes name {case.origin} with a slash after it")
        elif _configured_with_slash(case):
            yield Weight(0.75, "an origin in the notes ends with a slash")

    def layer_of(self, case: Case) -> str:
        """Return who is configured."""
        return case.layer_among("idp", otherwise=responsible(case))


def _configured_with_slash(case: Case) -> bool:
    words = case.remarks.replace("'", " ").replace("[", " ").replace("]", " ").replace("=", " ").split()
    slashed = any(
        word.endswith("/") and word.count("/") == (_OF_HOST if "://" in word else 1)
        for word in words
        if "." in word or ":" in word
    )
    return slashed and case.said(*_CONFIGURED) is not None
