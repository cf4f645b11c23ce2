"""CORS461: certificate not trusted."""

from collections.abc import Iterator
from typing import Final

from corsage.model import FailureKind
from corsage.model.evidence import Speaker
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_USUAL_PORTS: Final = frozenset({443, None})

_SAID: Final = (
    "trust anchor",
    "certification path",
    "proceed",
    "accept the risk",
    "advanced",
    "renewal",
    "letsencrypt",
    "certbot",
    "leaf",
    "intermediate",
    "chain",
    "exception",
    "ca.crt",
    "root ca",
    "thisisunsafe",
    "privacy error",
    "err_cert",
    "sec_error",
    "pkix",
    "x509",
    "snakeoil",
    "fullchain",
    "certificat",
    "zertifikat",
    "certificate",
    "cert ",
    "cert.",
    "certs",
    "self-signed",
    "self signed",
    "selfsigned",
    "tls",
    "ssl",
    "private ca",
    "internal ca",
    "mkcert",
    "handshake",
    "not secure warning",
    "hsts",
    "expired cert",
    "dev cert",
    "untrusted",
)


class CertificateNotTrusted(DiagnosisRule):
    """Certificate not trusted."""

    code = "CORS461"
    name = "certificate-not-trusted"
    root_cause = RootCause.TLS_CERT_UNTRUSTED
    layer = "network"
    what = (
        "The browser does not trust the server's certificate: self-signed, expired, for another name, or "
        "of a private authority."
    )
    why = (
        "The handshake fails before anything is asked. Firefox calls that 'CORS request did not succeed';"
        " scripts see a network error. A page opened by hand offers to go on, a fetch does not."
    )
    fix = (
        "Open the API's URL itself in a tab of this browser and look at the certificate: trust the "
        "authority (mkcert, dotnet dev-certs https --trust, the company's own; Firefox has its own "
        "store), renew it, or use the name that it is for. Each port is asked for on its own."
    )
    verify = "The API's URL opens in a tab without a warning."
    question = (
        "What happens when the API's URL is opened in a tab of the same browser: a warning about the "
        "certificate?"
    )
    hides = frozenset({RootCause.ACAO_MISSING, RootCause.ERROR_RESPONSE_NO_CORS, RootCause.IDP_WEB_ORIGINS})
    sources = ("https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS/Errors/CORSDidNotSucceed",)
    bad = report(
        "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://localhost:5001/v1. (Reason: CORS request did not succeed). Status code: (null).",
        url="https://localhost:5001/v1",
        notes="self-signed certificate",
        stack=["Firefox"],
    )
    good = report("Failed to load resource: net::ERR_CONNECTION_REFUSED", url="http://localhost:5001/v1")

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if case.failed(
            FailureKind.TLS,
            FailureKind.TLS_EXPIRED,
            FailureKind.TLS_UNKNOWN_ISSUER,
            FailureKind.TLS_WRONG_NAME,
        ):
            yield Weight(0.95, "the handshake failed over the certificate")
        seen = case.observed("not to verify the certificate")
        if seen:
            yield Weight(0.5, seen)
        said = case.noted(*_SAID)
        if said and not case.noted(
            "force ssl", "ssl termination", "client certificate", "tls proxy", "tls termination"
        ):
            yield Weight(0.65, f"the notes say: {said}")
        vague = case.message(Symptom.DID_NOT_SUCCEED, Symptom.FETCH_FAILED)
        if case.message(Symptom.DID_NOT_SUCCEED) and case.url.startswith("https:"):
            yield Weight(0.4, "no response came, from an https server")
        firefox = case.uses("firefox") or any(
            each.speaker is Speaker.FIREFOX for each in case.evidence.messages
        )
        if firefox and case.noted("works in chrom", "chrome works", "fine in chrome"):
            yield Weight(0.6, "it works in Chrome, not in Firefox, which has its own store of authorities")
        elif firefox and vague and not case.message(Symptom.DID_NOT_SUCCEED):
            yield Weight(0.2, "no response came, in Firefox")
        if (
            case.url.startswith("https:")
            and case.target is not None
            and case.target.port not in _USUAL_PORTS
            and vague
        ):
            yield Weight(
                0.3, f"the server listens on port {case.target.port}, where certificates are often home-made"
            )

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.status is not None or case.preflight_status is not None:
            yield Weight(-0.6, "a response came")
        if case.url.startswith("http:"):
            yield Weight(-0.5, "the URL is http")
        if case.noted("docker", "containers", "another machine", "not on localhost"):
            yield Weight(-0.4, "the address may be wrong for this machine")
