"""What a server does wrong that answers a preflight with a status other than 200 to 299, by that status."""

from typing import Final

from corsage.model import WireResponse

_LOGIN: Final = frozenset({401, 403, 407})
_NO_ROUTE: Final = frozenset({404, 405, 501})
_BAD_REQUEST: Final = 400
_REDIRECTS: Final = range(300, 400)
_CRASH: Final = 500

LOGIN: Final = "Let OPTIONS requests pass the login check: a preflight never carries credentials."
NO_ROUTE: Final = (
    "Let the CORS code answer OPTIONS before the router: it knows no such path, or not this method for it."
)
FORBIDDEN: Final = (
    "Let OPTIONS requests pass the login check: a preflight never carries credentials. If there is none, a CORS "
    "policy or a firewall refuses the preflight: see that it knows the origin."
)
REFUSED: Final = (
    "Something on the server refuses this preflight, most often the CORS policy itself: see that it allows the "
    "origin, the method and every header that the page asks for."
)
CRASHED: Final = "The server fails when it answers OPTIONS: its log says why. No header mends that."
OTHER: Final = "Let the CORS code answer OPTIONS before anything else does."
NOWHERE: Final = "Answer preflights where they arrive: browsers follow no redirect of a preflight."


def preflight_advice(answer: WireResponse) -> str:
    """Return what to do about *answer*, which refuses a preflight by its status, or redirects it; in a sentence."""
    status = answer.status
    if status in _REDIRECTS:
        return _redirected(answer)
    if status == 403:  # noqa: PLR2004 - Forbidden: the login check's, or the policy's
        return FORBIDDEN
    if status in _LOGIN:
        return LOGIN
    if status in _NO_ROUTE:
        return NO_ROUTE
    if status == _BAD_REQUEST:
        return REFUSED
    return CRASHED if status >= _CRASH else OTHER


def _redirected(answer: WireResponse) -> str:
    location = answer.headers.get("location")
    if not location:
        return NOWHERE
    return f"Ask the final URL itself, {location[:200]}: browsers follow no redirect of a preflight."
