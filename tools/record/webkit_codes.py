"""From the lines of WebKit's console to the reasons `W1` to `W18` of a recording."""

import re
from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]

_POLICY = "denied by Cross-Origin Resource Sharing policy: "
_REASONS: tuple[tuple[str, str], ...] = (
    (r"Cross-origin redirection to .* " + _POLICY, "W9"),
    (r"Origin \S+ is not allowed by Access-Control-Allow-Origin\.", "W1"),
    (r"Access-Control-Allow-Origin cannot contain more than one origin", "W2"),
    (r"Cannot use wildcard in Access-Control-Allow-Origin", "W3"),
    (r"Credentials flag is true, but Access-Control-Allow-Credentials", "W4"),
    (r"Preflight response is not successful", "W5"),
    (r"Method .* is not allowed by Access-Control-Allow-Methods", "W6"),
    (r"Request header field .* is not allowed by Access-Control-Allow-Headers", "W7"),
    (r"Header Access-Control-Allow-(Methods|Headers) has an invalid value", "W8"),
    (r"Not allowed to follow a redirection while loading", "W10"),
    (r"Load cannot follow more than \d+ redirections", "W11"),
    (r"Cross origin requests are only supported for HTTP", "W12"),
    (r"No-Cors mode requires follow redirect mode", "W13"),
    (r"Cancelled load to .* Cross-Origin-Resource-Policy response header", "W14"),
    (r"Unsafe attempt to load URL .* Domains, protocols and ports must match", "W15"),
    (r"Not allowed to use restricted network port", "W16"),
    (r"Cannot load script .* Failed integrity metadata check", "W18"),
    (r"\[blocked\] The page at .* requested insecure content", "mixed-content"),
    (r"Redirection to URL with a scheme that is not HTTP\(S\)", "redirect-scheme"),
    (r"Not allowed to load local resource", "local-resource"),
    (r"FTP URLs are disabled", "ftp-disabled"),
    (r"Preflight response was blocked|Preflight request was blocked", "preflight-blocked"),
    (r"Connection terminated unexpectedly|Could not connect", "net"),
    (r"(Fetch API|XMLHttpRequest|EventSource|Beacon API) cannot load \S+$", "cannot-load"),
    (r"Refused to set unsafe header", "W17"),
)
_PATTERNS = [(re.compile(pattern, re.DOTALL), name) for pattern, name in _REASONS]
_INNER = {"has credentials": "credentials", "with non CORS scheme": "scheme"}


def summary(lines: Iterable[str]) -> Json:
    """The `cors_error`, `reason_inner` and `console` of one scenario."""
    told = list(lines)
    found: Json = {"cors_error": reason(told), "console": told}
    if found["cors_error"] == "W9":
        found["reason_inner"] = _inner(told)
    return found


def reason(lines: list[str]) -> str | None:
    """The reason these lines give; patterns that are more of a reason come first."""
    return next((name for pattern, name in _PATTERNS if any(map(pattern.match, lines))), None)


def _inner(lines: list[str]) -> str | None:
    """Why a redirection was denied: the words after the policy."""
    words = next(line.partition(_POLICY)[2] for line in lines if _POLICY in line)
    special = (name for ending, name in _INNER.items() if words.endswith(ending))
    return next(special, None) or reason([words])
