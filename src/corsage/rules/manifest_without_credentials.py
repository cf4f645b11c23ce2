"""CORS235: A manifest, module or font is fetched without cookies, and the login in front sends it away."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_HINTS: Final = (
    "cloudflare access",
    "authelia",
    "authentik",
    "oauth2-proxy",
    "basic auth",
    "login",
    "sso",
    "behind",
)


class ManifestWithoutCredentials(DiagnosisRule):
    """Manifest without credentials."""

    code = "CORS235"
    name = "manifest-without-credentials"
    root_cause = RootCause.MANIFEST_CREDENTIALS
    layer = "page"
    what = "A manifest, module or font is fetched without cookies, and the login in front sends it away."
    why = (
        "Browsers fetch <link rel=manifest> without credentials, even from the page's own origin, unless "
        "told. An access proxy then redirects it to its login page of another origin, which CORS forbids."
    )
    fix = (
        'Write crossorigin="use-credentials" on the link (or script) element; or let the proxy pass the '
        "file without a login."
    )
    verify = "The manifest's request in the network panel carries the cookie and is answered 200."
    hides = frozenset({RootCause.REDIRECT_TO_LOGIN, RootCause.REDIRECT_WITHOUT_CORS})
    sources = ("https://html.spec.whatwg.org/#link-type-manifest",)
    bad = report(
        "Access to manifest at 'https://team.cloudflareaccess.com/cdn-cgi/access/login/app.example.com' (redirected from 'https://app.example.com/manifest.json') from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        mode="cors (manifest)",
        stack=["Cloudflare Access"],
    )
    good = report(
        "Access to fetch at 'https://team.cloudflareaccess.com/cdn-cgi/access/login/app.example.com' (redirected from 'https://app.example.com/api') from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        stack=["Cloudflare Access"],
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        named = case.element == "manifest" or "manifest" in case.url.lower().rpartition("/")[2]
        if named:
            yield Weight(0.75, "it is a manifest, which is fetched without cookies")
        if case.noted("manifest") or "manifest:" in case.evidence.notes.lower():
            yield Weight(0.5, "the notes speak of a manifest")
        if named and case.said(*_HINTS):
            yield Weight(0.5, "a login stands in front")
        if case.noted(
            "use-credentials",
            ("module", "cookie"),
            ("type=module", "401"),
            ("font", "basic auth"),
            "modulepreload",
        ):
            yield Weight(0.6, "an element without credentials is spoken of")
