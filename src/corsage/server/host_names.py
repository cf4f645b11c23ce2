"""What a host name can be: how long, which punycode, and how browsers write an IPv6 address."""

from typing import Final

from corsage.model.url import parse_url

# https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4, without the dot at the end.
LONGEST_HOST: Final = 253
# A subdomain has one more character and a dot, at least.
LONGEST_WILD_HOST: Final = LONGEST_HOST - 2

_PUNYCODE: Final = "xn--"


def is_punycode(label: str) -> bool:
    """Tell whether *label*, which begins with ``xn--``, stands for letters that ASCII does not have."""
    encoded = label.removeprefix(_PUNYCODE)
    try:
        decoded = encoded.encode("ascii").decode("punycode")
        again = decoded.encode("punycode").decode("ascii")
    except (UnicodeError, OverflowError, ValueError):
        return False
    return decoded.isprintable() and not decoded.isascii() and again == encoded


def serialized_ipv6(host: str) -> str | None:
    """Return *host*, an IPv6 address in brackets, as browsers write it; ``None`` where it is none.

    Source: https://url.spec.whatwg.org/#concept-ipv6-serializer: ``[::ffff:7f00:1]``, never ``[::ffff:127.0.0.1]``.
    """
    if not (host.startswith("[") and host.endswith("]")):
        return None
    parsed = parse_url(f"https://{host}/")
    return None if parsed is None else parsed.host
