"""CORS243: local network access."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.reading import is_loopback
from corsage.rules.report import report

_SAID: Final = (
    "localnetworkaccess",
    "local network access",
    "local-network-access",
    "address space",
    "local network permission",
    "lna",
    "permission prompt",
    ("prompt", "local network"),
)


class LocalNetworkAccess(DiagnosisRule):
    """Local network access."""

    code = "CORS243"
    name = "local-network-access"
    root_cause = RootCause.LOCAL_NETWORK_ACCESS
    layer = "browser"
    what = (
        "Chrome asks the user whether the page may reach the local network, and the answer was no, or "
        "nobody was asked."
    )
    why = (
        "Since Chrome 142 a page of the public network needs the user's permission to reach a private "
        "address or the user's own machine. No response header gives it."
    )
    fix = (
        "Allow 'Local network access' for the site in the address bar's site settings. For products: "
        "serve page and API from one address space, use an https page, explain the prompt; administrators"
        " can allow sites by policy (LocalNetworkAccessAllowedForUrls)."
    )
    verify = "The site's settings show local network access as allowed, and the request goes out."
    question = "Does the site's settings page in Chrome show 'Local network access' as blocked?"
    sources = (
        "https://wicg.github.io/local-network-access/",
        "https://developer.chrome.com/blog/local-network-access",
    )
    bad = report(
        "Access to fetch at 'http://127.0.0.1:5700/api' from origin 'https://example.com' has been blocked by CORS policy: Permission was denied for this request to access the `loopback` address space."
    )
    good = report(
        "Access to fetch at 'http://localhost:1234/v1/models' from origin 'https://example.com' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Private-Network' header was present in the preflight response for this private network request targeting the `local` address space."
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if (
            case.said("iframe")
            and case.noted("127.0.0.1", "localhost", "local")
            and case.noted("prompt", "top-level")
        ):
            yield Weight(
                0.7, "a frame may ask only where the page around it lets it (allow=local-network-access)"
            )
        if case.message(Cause.LOCAL_NETWORK_PERMISSION_DENIED, Cause.INVALID_LOCAL_NETWORK_ACCESS):
            yield Weight(0.96, "the browser speaks of a permission for an address space")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.75, f"the notes say: {said}")
        new = case.said("chrome 14", "chrome 15", "edge 14", "chromium 14")
        if new and (is_loopback(case.target) or case.noted("localhost", "local", "192.168", "lan", "agent")):
            yield Weight(0.6, f"a page reaches into a local network, in {new}")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.message(Symptom.PRIVATE_NETWORK_HEADER):
            yield Weight(-0.9, "the browser asks for a header, not for a permission")
