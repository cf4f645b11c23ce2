"""Which request-headers need no permission (https://fetch.spec.whatwg.org/#cors-safelisted-request-header)."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from corsage.browser.profile import Profile
from corsage.grammar import FAILURE, parse_mime_type, parse_single_range

LONGEST_VALUE: Final = 128

# https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte
_UNSAFE_BYTE: Final = re.compile(r'[\x00-\x08\x0a-\x1f"():<>?@\[\\\]{}\x7f]')
_LANGUAGE_VALUE: Final = re.compile(r"[0-9A-Za-z *,\-.;=]*")
_SIMPLE_TYPES: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"})

# https://source.chromium.org/chromium/chromium/src/+/main:services/network/public/cpp/cors/cors.cc
_DECIMAL: Final = re.compile(r"[0-9]+(\.[0-9]+)?|\.[0-9]+", re.ASCII)
_DIGITS: Final = re.compile(r"[0-9]+", re.ASCII)
_CLIENT_HINTS: Final[dict[str, Callable[[str], bool]]] = {
    "device-memory": lambda value: _DECIMAL.fullmatch(value) is not None,
    "downlink": lambda value: _DECIMAL.fullmatch(value) is not None,
    "dpr": lambda value: _DECIMAL.fullmatch(value) is not None,
    "ect": lambda value: value in {"slow-2g", "2g", "3g", "4g"},
    "rtt": lambda value: _DIGITS.fullmatch(value) is not None,
    "save-data": lambda value: value == "on",
    "viewport-width": lambda value: _DIGITS.fullmatch(value) is not None,
    "width": lambda value: _DIGITS.fullmatch(value) is not None,
}

# WebKit reads the unit in any case, and a plus sign before a number.
_LOOSE_RANGE: Final = re.compile(r"(bytes=)\+?([0-9]*-)\+?([0-9]*)", re.IGNORECASE | re.ASCII)


def cors_safelisted_request_header(name: str, value: str, profile: Profile) -> bool:
    """Tell whether a header may be sent cross-origin without asking.

    Args:
        name: lower-case.
        value: normalized, one character per byte.
        profile: the browser.
    """
    # 1. Long values are never safelisted.
    if len(value) > LONGEST_VALUE:
        return False

    # 2. By name; any other name is unsafe.
    match name:
        case "accept":
            return not _UNSAFE_BYTE.search(value) and not (
                profile.accept_must_be_ascii and not value.isascii()
            )
        case "accept-language" | "content-language":
            return _LANGUAGE_VALUE.fullmatch(value) is not None
        case "content-type":
            return _is_simple_content_type(value, profile)
        case "range":
            return _is_simple_range(value, profile)
        case "user-agent":
            return profile.user_agent_is_ignored
    if profile.client_hints_are_safelisted and name in _CLIENT_HINTS:
        return _CLIENT_HINTS[name](value)
    return False


def _is_simple_content_type(value: str, profile: Profile) -> bool:
    if _UNSAFE_BYTE.search(value):
        return False
    if profile.content_type_must_be_tidy and not _is_tidy(value):
        return False
    mime = parse_mime_type(value)
    return mime is not FAILURE and mime.essence in _SIMPLE_TYPES


def _is_tidy(value: str) -> bool:
    return "," not in value and ";;" not in value.replace(" ", "")


def _is_simple_range(value: str, profile: Profile) -> bool:
    if profile.range_is_read_loosely and (loose := _LOOSE_RANGE.fullmatch(value)):
        value = loose[1].lower() + loose[2] + loose[3]
    parsed = parse_single_range(value)
    # A range that counts from the end (`bytes=-5`) reveals the length: not safelisted.
    return parsed is not FAILURE and parsed.start is not None


def cors_unsafe_request_header_names(headers: Sequence[tuple[str, str]], profile: Profile) -> tuple[str, ...]:
    """Return the lower-case, sorted names of *headers* that a preflight must ask for.

    Source: https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
    """
    if not headers:
        return ()
    unsafe: list[str] = []
    safe: list[str] = []
    total = 0
    for spelled, value in headers:
        name = spelled.lower()
        if cors_safelisted_request_header(name, value, profile):
            safe.append(name)
            total += len(value)
        else:
            unsafe.append(name)
    if profile.safelisted_total_limit is not None and total > profile.safelisted_total_limit:
        unsafe += safe
    return tuple(sorted(unsafe if profile.safelisted_total_limit is None else set(unsafe)))
