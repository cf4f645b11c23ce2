"""What goes wrong with django-cors-headers."""

from collections.abc import Sequence
from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.python.lint import mistakes
from corsage.stacks.python.lint.mistakes import Library
from corsage.stacks.python.lint.source import Options, Value, loose_pairs, read

_OURS: Final = "corsheaders.middleware.CorsMiddleware"
_KNOWN: Final = (
    "CORS_ALLOWED_ORIGINS",
    "CORS_ALLOWED_ORIGIN_REGEXES",
    "CORS_ALLOW_ALL_ORIGINS",
    "CORS_ALLOW_CREDENTIALS",
    "CORS_ALLOW_HEADERS",
    "CORS_ALLOW_METHODS",
    "CORS_ALLOW_PRIVATE_NETWORK",
    "CORS_EXPOSE_HEADERS",
    "CORS_PREFLIGHT_MAX_AGE",
    "CORS_URLS_REGEX",
    "CORS_ORIGIN_WHITELIST",
    "CORS_ORIGIN_ALLOW_ALL",
    "CORS_ORIGIN_REGEX_WHITELIST",
)
_ALL: Final = ("CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL")
# They answer by themselves, or change what it would have read.
_ANSWERS: Final = ("CommonMiddleware", "WhiteNoise", "Csrf", "LoginRequired", "Cache", "Locale")


def _settings(text: str) -> list[Options]:
    found = read(text).settings("CORS_")
    return [found] if found else []


_LIBRARY: Final = Library(
    _settings,
    ("CORS_ALLOWED_ORIGINS", "CORS_ORIGIN_WHITELIST"),
    "CORS_ALLOW_CREDENTIALS",
    _KNOWN,
    regexes=("CORS_ALLOWED_ORIGIN_REGEXES", "CORS_ORIGIN_REGEX_WHITELIST"),
    matches_starts=True,
)


def _value(text: str, name: str) -> Value:
    source = read(text)
    if source.tree is None:
        return loose_pairs(text).get(name, Value())
    return source.value(source.names.get(name))


def _middleware(text: str) -> Sequence[str]:
    return _value(text, "MIDDLEWARE").texts or _value(text, "MIDDLEWARE_CLASSES").texts


def _is_too_low(text: str) -> bool:
    listed = list(_middleware(text))
    if _OURS not in listed:
        return False
    above = " ".join(listed[: listed.index(_OURS)])
    redirects = _value(text, "SECURE_SSL_REDIRECT").constant is True and "SecurityMiddleware" in above
    return redirects or any(name in above for name in _ANSWERS)


def _is_missing(text: str) -> bool:
    if not _value(text, "MIDDLEWARE").is_whole:
        return False
    listed = _middleware(text)
    wanted = "corsheaders" in _value(text, "INSTALLED_APPS").texts or bool(_settings(text))
    return bool(listed) and wanted and _OURS not in listed


def _allows_all_with_cookies(text: str) -> bool:
    return any(
        options.get("CORS_ALLOW_CREDENTIALS", Value()).constant is True
        and any(options.get(name, Value()).constant is True for name in _ALL)
        for options in _settings(text)
    )


def _has_literal_star(text: str) -> bool:
    names = ("CORS_ALLOW_HEADERS", "CORS_ALLOW_METHODS", "CORS_EXPOSE_HEADERS")
    return any("*" in options.get(name, Value()).texts for options in _settings(text) for name in names)


def _has_star_origin(text: str) -> bool:
    return any(
        "*" in options.get(name, Value()).texts for options in _settings(text) for name in _LIBRARY.origins
    )


def _has_cookies_that_stay(text: str) -> bool:
    for name in ("SESSION_COOKIE", "CSRF_COOKIE"):
        is_none = "None" in _value(text, f"{name}_SAMESITE").texts
        if is_none and _value(text, f"{name}_SECURE").constant is not True:
            return True
    return False


PITFALLS: Final[tuple[Pitfall, ...]] = (
    Pitfall(
        "middleware-too-low",
        "CorsMiddleware stands below middleware that answers by itself: redirects, static files and refusals have no "
        "CORS headers, and preflights are redirected or refused.",
        "Make corsheaders.middleware.CorsMiddleware the first of MIDDLEWARE.",
        _is_too_low,
    ),
    Pitfall(
        "middleware-missing",
        "MIDDLEWARE lacks corsheaders.middleware.CorsMiddleware: INSTALLED_APPS and settings alone do nothing.",
        "Add it, as the first.",
        _is_missing,
    ),
    Pitfall(
        "any-origin-with-credentials",
        "Every origin is written back, null too, with leave for cookies: whatever site a user visits can read as that "
        "user.",
        "List the origins in CORS_ALLOWED_ORIGINS.",
        _allows_all_with_cookies,
    ),
    Pitfall(
        "literal-star",
        "A star in CORS_ALLOW_HEADERS, CORS_ALLOW_METHODS or CORS_EXPOSE_HEADERS is sent as it is. Browsers take it "
        "for a name where cookies are sent, and it never stands for Authorization.",
        'Name what you need: (*corsheaders.defaults.default_headers, "x-token").',
        _has_literal_star,
    ),
    Pitfall(
        "star-for-origin",
        "A star in CORS_ALLOWED_ORIGINS allows nobody: Django's check refuses it.",
        "Write CORS_ALLOW_ALL_ORIGINS = True, without credentials, or list the origins.",
        _has_star_origin,
    ),
    mistakes.slash(_LIBRARY),
    mistakes.no_scheme(_LIBRARY),
    mistakes.odd_origin(_LIBRARY),
    mistakes.several_in_a_text(_LIBRARY),
    mistakes.wildcard(
        _LIBRARY,
        "CORS_ALLOWED_ORIGINS are compared as they are: an origin with a star in it is equal to none.",
        r'Write CORS_ALLOWED_ORIGIN_REGEXES = [r"https://([a-z0-9-]+\.)+example\.com\Z"].',
    ),
    mistakes.open_end(_LIBRARY),
    mistakes.text_for_list(_LIBRARY, "CORS_ALLOWED_ORIGINS is a text: its letters are taken for origins."),
    mistakes.unknown_option(
        _LIBRARY, "django-cors-headers does not read this setting: it is without effect."
    ),
    Pitfall(
        "cookie-not-secure",
        "Browsers refuse cookies with SameSite=None that are not Secure: requests of other sites come without them.",
        "Set SESSION_COOKIE_SECURE = True, and CSRF_COOKIE_SECURE = True, and serve by https.",
        _has_cookies_that_stay,
    ),
    Pitfall(
        "slash-is-added",
        "APPEND_SLASH redirects addresses that lack their slash. Preflights may not be redirected, and a POST loses "
        "its body.",
        "Ask for the address with the slash that the URLconf has.",
    ),
    Pitfall(
        "csrf-refuses",
        "CORS is no leave to write: a POST with cookies from another origin is refused with 403 by the CSRF check.",
        "List the origin in CSRF_TRUSTED_ORIGINS, and send the X-CSRFToken header.",
    ),
)
