"""The short words of network panels, and the codes that tools and addresses of documentation use."""

from functools import partial
from typing import Final

from corsage.clients.console.cores import NOWHERE, Core, Part
from corsage.model.cause import Cause
from corsage.model.evidence import Speaker
from corsage.model.symptom import Symptom

_chromium = partial(Core, part=Part.ALONE, speaker=Speaker.CHROMIUM)
_firefox = partial(Core, part=Part.ALONE, speaker=Speaker.FIREFOX)
_edge = partial(Core, part=Part.ALONE, url=NOWHERE)

# Firefox's categories: https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS/Errors
_CATEGORIES: Final[dict[str, Cause | Symptom]] = {
    "CORS Did Not Succeed": Symptom.DID_NOT_SUCCEED,
    "CORS Origin Header Not Added": Symptom.CORS_UNSPECIFIC,
    "CORS External Redirect Not Allowed": Cause.PREFLIGHT_DISALLOWED_REDIRECT,
    "CORS Request Not Http": Cause.CORS_DISABLED_SCHEME,
    "CORS Missing Allow Origin": Cause.MISSING_ALLOW_ORIGIN,
    "CORS Multiple Allow Origin Not Allowed": Cause.MULTIPLE_ALLOW_ORIGIN,
    "CORS Multiple Origin Not Allowed": Cause.MULTIPLE_ALLOW_ORIGIN,
    "CORS Allow Origin Not Matching Origin": Cause.ALLOW_ORIGIN_MISMATCH,
    "CORS Not Supporting Credentials": Cause.WILDCARD_WITH_CREDENTIALS,
    "CORS Method Not Found": Cause.METHOD_DISALLOWED,
    "CORS Missing Allow Credentials": Cause.INVALID_ALLOW_CREDENTIALS,
    "CORS Preflight Did Not Succeed": Cause.PREFLIGHT_INVALID_STATUS,
    "CORS Invalid Allow Method": Cause.INVALID_ALLOW_METHODS,
    "CORS Invalid Allow Header": Cause.INVALID_ALLOW_HEADERS,
    "CORS Missing Allow Header": Cause.HEADER_DISALLOWED,
}
# Edge and Internet Explorer before Chromium.
_EDGE: Final = (
    _edge("sec7118", says=Symptom.CORS_UNSPECIFIC),
    _edge("sec7119", says=Symptom.CORS_UNSPECIFIC),
    _edge("sec7120", says=Symptom.ALLOW_ORIGIN_UNSPECIFIC, origin=("origin", "notfound")),
    _edge("sec7121", says=Cause.INVALID_ALLOW_CREDENTIALS),
    _edge("sec7122", says=Cause.WILDCARD_WITH_CREDENTIALS),
    _edge("sec7123", says=Cause.HEADER_DISALLOWED, lead="requestheader", until="wasnotpresent"),
    _edge("sec7124", says=Cause.METHOD_DISALLOWED, lead="requestmethod", until="wasnotpresent"),
    _edge("sec7126", says=Symptom.REDIRECT_UNSPECIFIC),
    _edge("sec7127", says=Symptom.REDIRECT_UNSPECIFIC),
    _edge("sec7128", says=Cause.MULTIPLE_ALLOW_ORIGIN),
    _edge("networkerror0x80070005", says=Symptom.CORS_UNSPECIFIC, value="0x80070005"),
    _edge("networkerror0x2efd", says=Symptom.FETCH_FAILED, value="0x2efd"),
    _edge("networkerror0x2ef3", says=Symptom.FETCH_FAILED, value="0x2ef3"),
    _edge("networkerror0x2eff", says=Symptom.FETCH_FAILED, value="0x2eff"),
    _edge("networkerror0x2ee2", says=Symptom.FETCH_FAILED, value="0x2ee2"),
)
_DEVTOOLS: Final = (
    _chromium("blockedcors", says=Symptom.CORS_UNSPECIFIC),
    _chromium("corserror", says=Symptom.CORS_UNSPECIFIC, weak=True),
    _chromium("blockedmixedcontent", says=Cause.MIXED_CONTENT),
    _chromium("blockednotsameorigin", says=Cause.CORP_NOT_SAME_ORIGIN),
    _chromium("blockednotsamesite", says=Cause.CORP_NOT_SAME_SITE),
    _chromium("blockedcorp", says=Cause.CORP_NOT_SAME_ORIGIN),
    _chromium("blockedcoepframe", says=Cause.CORP_REQUIRED_BY_EMBEDDER),
    _chromium("crossoriginresourcesharingerror", says=Symptom.CORS_UNSPECIFIC),
)


def _bare(name: str) -> str:
    return name.replace(" ", "").lower()


_SHORTEST_CODE: Final = 16
CORES: Final = (
    tuple(_firefox(_bare(name), says=says) for name, says in _CATEGORIES.items())
    + tuple(
        _chromium(cause.value.lower(), says=cause)
        for cause in Cause
        if cause.is_cors and len(cause.value) >= _SHORTEST_CODE
    )
    + _EDGE
    + _DEVTOOLS
)
