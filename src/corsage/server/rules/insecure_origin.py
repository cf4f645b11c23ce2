"""CORS132: credentials for pages that came over http."""

from collections.abc import Iterator

from corsage.model.rule import Problem
from corsage.server.draft import Draft
from corsage.server.rules.base import PolicyRule, example, place
from corsage.server.rules.regex_rule import findings, regex_suggestion
from corsage.server.sorted_origins import sorted_origins
from corsage.server.witness import Kind


class InsecureOrigin(PolicyRule):
    """Whoever sits on the network writes the page."""

    code = "CORS132"
    name = "insecure-origin"
    what = (
        "An origin with `http:` other than this machine, or an expression that accepts one, with credentials."
    )
    why = (
        "A page that came over http may have been written by anyone on the way: the café's network, the hotel's "
        "proxy. With credentials allowed, that page reads what your users see when they are logged in, even if "
        "this server itself speaks only https."
    )
    fix = (
        "Serve the page over https and list that. Where it cannot be, say that the risk is meant with "
        "`dangerously_allow_insecure_origins`."
    )
    sources = (
        "https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy",
        "https://fetch.spec.whatwg.org/#cors-protocol-and-credentials",
    )
    bad = example(origins=["http://shop.example.com"], credentials=True)
    good = example(origins=["https://shop.example.com", "http://localhost:3000"], credentials=True)

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Find patterns and expressions that insecure origins match."""
        if not draft.credentials or draft.dangerously_allow_insecure_origins:
            return
        for index, pattern in sorted_origins(draft.origins).insecure:
            secure = {"http": "https", "ws": "wss", "ftp": "https"}[pattern.scheme]
            yield self.problem(
                place(draft, "origins", index),
                pattern.text,
                "anyone on the network can put words into a page without https, and it would have credentials",
                suggestion=f"{secure}{pattern.text.removeprefix(pattern.scheme)}",
                witness=None if pattern.is_exact else pattern.example(),
            )
        for index, text, finding in findings(draft, Kind.INSECURE):
            yield self.problem(
                place(draft, "origin_regexes", index),
                text,
                "it accepts pages without https, which anyone on the network can write, with credentials",
                suggestion=regex_suggestion(draft, text, Kind.INSECURE),
                witness=finding.witness,
            )
