"""What scripts may not set: forbidden methods and request-headers, and the guards of a ``Headers`` object."""

from corsage.browser.profile import Profile
from corsage.browser.safelist import cors_safelisted_request_header
from corsage.grammar import get_decode_and_split
from corsage.model.names import (
    FORBIDDEN_METHODS,
    FORBIDDEN_REQUEST_HEADER_PREFIXES,
    FORBIDDEN_REQUEST_HEADERS,
    METHOD_OVERRIDE_HEADERS,
    NO_CORS_SAFELISTED_HEADERS,
    NORMALIZED_METHODS,
)


def is_forbidden_method(method: str) -> bool:
    """Tell whether scripts may not use *method* (https://fetch.spec.whatwg.org/#forbidden-method)."""
    return method.upper() in FORBIDDEN_METHODS


def normalize_method(method: str) -> str:
    """Upper-case the six methods that are normalized, and no other: ``patch`` stays ``patch``.

    Source: https://fetch.spec.whatwg.org/#concept-method-normalize
    """
    upper = method.upper()
    return upper if upper in NORMALIZED_METHODS else method


def is_forbidden_request_header(name: str, value: str) -> bool:
    """Tell whether scripts may not set the header (https://fetch.spec.whatwg.org/#forbidden-request-header)."""
    lower = name.lower()
    if lower in FORBIDDEN_REQUEST_HEADERS or lower.startswith(FORBIDDEN_REQUEST_HEADER_PREFIXES):
        return True
    if lower in METHOD_OVERRIDE_HEADERS:
        return any(is_forbidden_method(method) for method in get_decode_and_split(value))
    return False


def no_cors_guard(headers: list[tuple[str, str]], name: str, value: str, profile: Profile) -> bool:
    """Tell whether the ``request-no-cors`` guard lets *name* be appended to *headers*.

    Source: https://fetch.spec.whatwg.org/#concept-headers-append, step 3
    """
    lower = name.lower()
    if lower not in NO_CORS_SAFELISTED_HEADERS:
        return False
    present = [old for spelled, old in headers if spelled.lower() == lower]
    return cors_safelisted_request_header(lower, ", ".join([*present, value]), profile)
