"""CORS242: private network access."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import is_loopback
from corsage.rules.report import report

_OLD: Final = (
    "chrome 9",
    "chrome 10",
    "chrome 11",
    "chrome 12",
    "chrome 13",
    "since chrome",
    "after chrome update",
)
_LOCAL: Final = (
    "local service",
    "localnet",
    "local server",
    "lan",
    "192.168",
    "intranet",
    "127.0.0.1",
    "localhost",
    "private ip",
    "local gateway",
    "local device",
)


class PrivateNetworkAccess(DiagnosisRule):
    """Private network access."""

    code = "CORS242"
    name = "private-network-access"
    root_cause = RootCause.PRIVATE_NETWORK_ACCESS
    layer = "app"
    what = (
        "An older Chrome refuses a page of the public network to reach a private one: Private Network Access."
    )
    why = (
        "Chrome 98 to 141 asked servers on private networks and on the user's machine for leave with a "
        "preflight of its own, and wanted the page to be https."
    )
    fix = (
        "Serve the page over https, and answer preflights that have "
        "Access-Control-Request-Private-Network: true with Access-Control-Allow-Private-Network: true "
        "beside the usual headers. Today's Chrome asks the user instead: see Local Network Access."
    )
    verify = (
        "curl -si -X OPTIONS with Origin and Access-Control-Request-Private-Network: true is answered "
        "with the header."
    )
    question = "Which version of Chrome is it, and does another browser reach the server?"
    snippet = True
    sources = (
        "https://wicg.github.io/private-network-access/",
        "https://developer.chrome.com/blog/private-network-access-update",
    )
    bad = report(
        "Access to fetch at 'http://localhost:1234/v1/models' from origin 'https://example.com' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Private-Network' header was present in the preflight response for this private network request targeting the `local` address space."
    )
    good = report(
        "Access to fetch at 'http://127.0.0.1:5700/api' from origin 'https://example.com' has been blocked by CORS policy: Permission was denied for this request to access the `loopback` address space."
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.said(
            "insecure private network",
            "insecureprivatenetwork",
            "block-insecure-private",
            "access-control-request-private",
            "access-control-allow-private",
            "blockinsecure",
        ):
            yield Weight(0.9, "Chrome's check of private networks is named")
        if case.message(Symptom.PRIVATE_NETWORK_HEADER, Cause.INSECURE_LOCAL_NETWORK):
            yield Weight(0.95, "the browser speaks of a private network")
        said = case.noted(
            "private network", "private-network", "pna", "more-private", "allow-private-network"
        )
        if said:
            yield Weight(0.8, f"the notes say: {said}")
        old = case.said(*_OLD)
        local = is_loopback(case.target) or case.noted(*_LOCAL)
        public = case.noted(
            "public", "https page", "hosted", "web explorer", "deployed"
        ) or case.origin.startswith("https:")
        if old and local:
            yield Weight(0.65, f"a page reaches into a local network, in {old}")
        elif local and public and case.uses("chrom", "edge", "brave") and case.silent:
            yield Weight(0.5, "a public page reaches into a local network, in Chrome")

    def layer_of(self, case: Case) -> str:
        """Return what has to change: a page without https cannot ask at all."""
        told = case.message(Cause.INSECURE_LOCAL_NETWORK)
        insecure = case.origin.startswith("http:") or case.said("insecure", "http intranet page")
        return "client-url" if told and insecure and not is_loopback(case.target) else "app"

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.message(Cause.LOCAL_NETWORK_PERMISSION_DENIED, Cause.MIXED_CONTENT):
            yield Weight(-0.9, "the browser names another reason")
