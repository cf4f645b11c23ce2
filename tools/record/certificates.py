"""A certificate made for this run, for the https hosts of the scenarios."""

import base64
import hashlib
import ssl
from collections.abc import Iterable
from dataclasses import dataclass

import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


@dataclass(frozen=True)
class Certificate:
    """What the server presents, and by what name Chromium can be told to accept it."""

    context: ssl.SSLContext
    spki: str


def make(hosts: Iterable[str]) -> Certificate:
    """A certificate for these hosts, from an authority nobody trusts; its key never leaves the process."""
    leaf = trustme.CA().issue_cert(*sorted({"localhost", *hosts}))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    return Certificate(context, _spki(leaf.cert_chain_pems[0].bytes()))


def _spki(pem: bytes) -> str:
    key = x509.load_pem_x509_certificate(pem).public_key()
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(der).digest()).decode()
