"""The usual mistakes in annotations of ingress-nginx."""

import re
from typing import Final

from corsage.stacks.base import Pitfall

_NAME: Final = r"nginx\.ingress\.kubernetes\.io/"
_ENABLED: Final = re.compile(_NAME + r"enable-cors[\"']?\s*:\s*[\"']?true", re.IGNORECASE)
_ORIGIN: Final = re.compile(_NAME + r"cors-allow-origin[\"']?\s*:\s*[\"']?([^\"'\n]{0,2000})")
_ANY: Final = re.compile(_NAME + r"cors-[a-z-]{1,30}")
_ENTRY: Final = re.compile(r"(?:[a-z]+://)?(?:\*\.)?[A-Za-z0-9\-.]*(?::[0-9]+)?|null|\*", re.ASCII)


def _refused(text: str) -> bool:
    return any(
        not _ENTRY.fullmatch(entry.strip())
        for found in _ORIGIN.finditer(text)
        for entry in found[1].split(",")
    )


def _without_enable(text: str) -> bool:
    return _ANY.search(text) is not None and _ENABLED.search(text) is None


def _default(text: str) -> bool:
    return _ENABLED.search(text) is not None and _ORIGIN.search(text) is None


def _star_with_credentials(text: str) -> bool:
    everyone = any(found[1].strip() == "*" for found in _ORIGIN.finditer(text)) or _default(text)
    return everyone and not re.search(r"cors-allow-credentials[\"']?\s*:\s*[\"']?false", text)


PITFALLS: Final = (
    Pitfall(
        "origin-refused-is-everyone",
        "An entry with a slash at its end, a path or a regular expression makes ingress-nginx refuse the "
        "annotation, and "
        "take its default: everyone.",
        "List origins as browsers send them: https://app.example.com, no slash.",
        _refused,
    ),
    Pitfall(
        "star-with-credentials",
        "By default everyone is allowed, and credentials are: browsers refuse both together.",
        "List the origins in cors-allow-origin, or set cors-allow-credentials to false.",
        _star_with_credentials,
    ),
    Pitfall(
        "not-enabled",
        "The other annotations do nothing without enable-cors.",
        'Set nginx.ingress.kubernetes.io/enable-cors: "true".',
        _without_enable,
    ),
    Pitfall(
        "two-of-them",
        "An application that sends CORS headers itself keeps them for origins that are not listed in the "
        "annotation; with "
        "older controllers there are two of each.",
        "Leave CORS to one of both.",
        None,
    ),
    Pitfall(
        "no-vary",
        "ingress-nginx sends no `Vary: Origin`: caches give the answer for one origin to another.",
        "Have the application send it.",
        None,
    ),
)
