"""Who really answers: the certificate that the browser refuses, and the network in which the server is."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from corsage.apps.cli.checking.run import Checked
from corsage.apps.cli.text import shown
from corsage.browser.address_spaces import address_space
from corsage.clients.live import Certificate, LiveOptions, LiveTransport
from corsage.model import FailureKind, HeaderList, NetworkFailure, WireKind, WireRequest, parse_url
from corsage.model.evidence import Answer, Probe
from corsage.model.modes import AddressSpace

_DISTRUST: Final = frozenset(
    {FailureKind.TLS, FailureKind.TLS_EXPIRED, FailureKind.TLS_UNKNOWN_ISSUER, FailureKind.TLS_WRONG_NAME}
)
_WHERE: Final = {AddressSpace.LOCAL: "in a local network", AddressSpace.LOOPBACK: "this machine"}
_LONGEST: Final = 200


def peer_probes(checked: Checked, options: LiveOptions) -> Iterator[Probe]:
    """Yield what is known of the peer.

    Probes: ``tls`` where its certificate was refused; ``address`` where it is less public than the page.
    """
    last = checked.exchanges[-1] if checked.exchanges else None
    if last is None:
        return
    if isinstance(last.response, NetworkFailure) and last.response.kind in _DISTRUST:
        yield _certificate_of(last.request, options)
    space = address_space(last.address) if last.address else None
    page = checked.question.client.address_space
    if space is not None and space.publicness < page.publicness:
        needs = "pages from further out need the user's permission (Local Network Access)"
        yield Probe("address", Answer(), f"the server's address: {last.address}, {_WHERE[space]}; {needs}")


def _certificate_of(request: WireRequest, options: LiveOptions) -> Probe:
    """Ask the peer for nothing but its certificate: a bare HEAD of its root, with no header of the user's."""
    root = parse_url("/", request.url.href) or request.url
    with LiveTransport(replace(options, insecure=True)) as unchecked:
        unchecked(WireRequest(WireKind.ACTUAL, "HEAD", root, HeaderList()))
        certificate = unchecked.exchanges[-1].certificate
    if certificate is None:
        return Probe(
            "tls", Answer(), "the peer's certificate: it showed none, so this is no TLS server, or an old one"
        )
    return Probe("tls", Answer(), f"the peer's certificate: {_described(certificate)}")


def _described(certificate: Certificate) -> str:
    itself = certificate.subject == certificate.issuer
    issuer = "itself" if itself else shown(certificate.issuer, _LONGEST)
    names = shown(", ".join(certificate.alternative_names), _LONGEST) or "no name"
    ends = shown(certificate.not_after, _LONGEST)
    return f"{shown(certificate.subject, _LONGEST)}, signed by {issuer}, for {names}, until {ends}"
