"""CORS227: A CORS header is misspelt, so that browsers do not see it."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.layers import responsible
from corsage.rules.report import report

_KNOWN: Final = frozenset(
    {
        "access-control-allow-origin",
        "access-control-allow-credentials",
        "access-control-allow-methods",
        "access-control-allow-headers",
        "access-control-expose-headers",
        "access-control-max-age",
        "access-control-request-method",
        "access-control-request-headers",
        "access-control-allow-private-network",
        "access-control-request-private-network",
        "access-control-allow-external",
        "access-control-request-external",
        "access-control-request-local-network",
        "access-control-allow-local-network",
        "access-control-allow-",
        "access-control-allow",
        "access-control-",
    }
)


class HeaderNameTypo(DiagnosisRule):
    """Header name typo."""

    code = "CORS227"
    name = "header-name-typo"
    root_cause = RootCause.HEADER_NAME_TYPO
    layer = "app"
    what = "A CORS header is misspelt, so that browsers do not see it."
    why = (
        "An unknown header is ignored in silence: Access-Control-Allow-Orgin, "
        "Access-Control-Expose-Header, Access-Control-Allowed-Origin."
    )
    fix = (
        "Write the header's name as the standard does: Access-Control-Allow-Origin, -Allow-Credentials, "
        "-Allow-Methods, -Allow-Headers, -Expose-Headers, -Max-Age."
    )
    verify = "The answer has the header under its right name."
    snippet = True
    sources = ("https://fetch.spec.whatwg.org/#http-responses",)
    bad = report(
        actual=(200, {"Access-Control-Allow-Orgin": "https://app.example.com"}),
        origin="https://app.example.com",
    )
    good = report(
        actual=(200, {"Access-Control-Allow-Origin": "https://app.example.com"}),
        origin="https://app.example.com",
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        for answer in (case.actual, case.preflight):
            for name in answer.headers.names():
                if (
                    name.startswith(("access-control", "acces-control", "access-controll", "allow-origin"))
                    and name not in _KNOWN
                ):
                    yield Weight(0.92, f"{name} is no header of CORS")
        words = (word.strip("'\"(),;:[]=") for word in case.remarks.split())
        misspelt = next(
            (
                word
                for word in words
                if word.startswith(("access-control-", "acces-control-"))
                and word.count("-") > 1
                and word not in _KNOWN
                and "*" not in word
                and not word.endswith("-")
            ),
            None,
        )
        if misspelt:
            yield Weight(0.75, f"{misspelt} is no header of CORS")
        said = case.noted("typo", "misspel", "missing an s", "missing 's'", "spelled")
        if said and not case.noted("option"):
            yield Weight(0.5, f"the notes say: {said}")

    def layer_of(self, case: Case) -> str:
        """Return who writes the header."""
        return responsible(case)
