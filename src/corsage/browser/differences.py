"""The vocabulary in which browsers differ: what the fields of a `Profile` can say."""

from dataclasses import field
from enum import StrEnum
from typing import Any


class Engine(StrEnum):
    """Whose words and habits a profile has."""

    STANDARD = "standard"
    CHROMIUM = "chromium"
    FIREFOX = "firefox"
    WEBKIT = "webkit"


class PreflightCheck(StrEnum):
    """One question asked of the response to a preflight."""

    LOCATION = "Location"
    REDIRECT = "redirect"
    CORS_CHECK = "CORS check"
    STATUS = "status"
    PARSE_METHODS = "parse Access-Control-Allow-Methods"
    PARSE_HEADERS = "parse Access-Control-Allow-Headers"
    METHOD = "method"
    AUTHORIZATION = "Authorization"
    HEADERS = "headers"


class LocalNetworkAccess(StrEnum):
    """From which pages requests to less public addresses need the user's leave."""

    EVERY_PAGE = "every page that is more public than its target"
    PUBLIC_PAGES = "public pages alone"
    ABSENT = "not implemented"


class MaxAgeReading(StrEnum):
    """How ``Access-Control-Max-Age`` is read where it is not plain digits."""

    DIGITS_OR_DEFAULT = "anything but digits counts as absent"
    SIGNED_OR_DEFAULT = "a sign is understood, anything else counts as absent"
    DIGITS_OR_NOTHING = "anything but digits prevents caching"


class BlobTypeCheck(StrEnum):
    """What is asked of the type of a Blob before it becomes a Content-Type."""

    NONE = "nothing"
    ESSENCE = "a type and a subtype"
    STRICT = "RFC 2045 to the letter"


def difference(default: Any, *, what: str, source: str) -> Any:  # noqa: ANN401 - a field of any type
    """Declare a field of `Profile`: the standard's value, what it means, where the departures were learned."""
    return field(default=default, metadata={"what": what, "source": source})


def flag(*, what: str, source: str) -> Any:  # noqa: ANN401 - a field of any type
    """Declare a field of `Profile` that is false in the standard."""
    return difference(default=False, what=what, source=source)
