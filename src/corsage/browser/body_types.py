"""Which Content-Type a body implies (https://fetch.spec.whatwg.org/#concept-bodyinit-extract)."""

import re
from typing import Final

from corsage.browser.differences import BlobTypeCheck
from corsage.browser.profile import Profile
from corsage.grammar import parse_mime_type
from corsage.model import Body, BodyKind

# Browsers draw the boundary at random; what matters to the safelist is only that it is short.
FORM_BOUNDARY: Final = "----CorsageFormBoundary0000000000000000"

# RFC 2045 to the letter, as Chromium asks of a Blob that XMLHttpRequest sends (parsed_content_type.cc).
_TCHARS: Final = r"[!#$%&'*+\-.^_`|~0-9a-z]+"
_STRICT_TYPE: Final = re.compile(
    rf'{_TCHARS}/{_TCHARS}\s*(;\s*{_TCHARS}=({_TCHARS}|"([^"\\]|\\.)*")\s*)*;?\s*', re.IGNORECASE
)


def implied_content_type(body: Body, profile: Profile, *, xhr: bool = False) -> str | None:
    """Return the Content-Type that *body* brings along, or ``None``."""
    match body.kind:
        case BodyKind.TEXT:
            return "text/plain;charset=UTF-8"
        case BodyKind.URL_SEARCH_PARAMS:
            return "application/x-www-form-urlencoded;charset=UTF-8"
        case BodyKind.FORM_DATA:
            return f"multipart/form-data; boundary={FORM_BOUNDARY}"
        case BodyKind.BLOB:
            return _blob_type(body.mime or "", profile, xhr=xhr)
    return None


def _blob_type(mime: str, profile: Profile, *, xhr: bool) -> str | None:
    # https://w3c.github.io/FileAPI/#constructorBlob: a type outside printable ASCII becomes the empty string.
    if not all(" " <= char <= "~" for char in mime):
        return None
    lower = mime.lower()
    if xhr and not _is_fit_for_xhr(lower, profile):
        return None
    return lower or None


def _is_fit_for_xhr(mime: str, profile: Profile) -> bool:
    match profile.xhr_blob_type:
        case BlobTypeCheck.STRICT:
            return _STRICT_TYPE.fullmatch(mime) is not None
        case BlobTypeCheck.ESSENCE:
            return bool(parse_mime_type(mime))
    return True
