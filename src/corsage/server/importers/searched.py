"""Expressions that a peer searches for, anywhere in the origin: what they mean as expressions for whole origins."""

import re
from typing import Final

from corsage.server.importers.expressions import whole
from corsage.server.witness import Kind, study
from corsage.server.witness.text import alternatives

_SUBDOMAINS: Final = r"(?:[a-z0-9-]+\.)*"
_LOOPBACK: Final = re.compile(r"\(?(?:\?:)?(?:localhost|127\\?\.)")
# A name, a dot and the beginning of another; \w+ and the like may be a name, too.
_DOMAIN: Final = re.compile(r"[a-z0-9_*+?)\]]\\?\.[a-z]{2}", re.IGNORECASE)
_NO_HOST: Final = re.compile(r"\^?\(?https?\??\)?:(?:\\?/){0,2}")
# JavaScript's way to write an expression down.
_LITERAL: Final = re.compile(r"/(?P<body>.+)/(?P<flags>[dgimsuvy]*)", re.DOTALL)


def without_slashes(pattern: str) -> tuple[str, str] | None:
    """Return the expression and the flags of a text such as ``/example/i``; ``None`` where it is none."""
    found = _LITERAL.fullmatch(pattern)
    return None if found is None else (found["body"], found["flags"])


def expressions_of(pattern: str) -> list[tuple[str, str | None]]:
    """Return the alternatives of *pattern*, each with what it means for whole origins.

    Returns:
        *pattern* as it is where that holds for all; ``None`` where no origin is plainly meant.
    """
    branches = list(alternatives(pattern))
    if not any(_is_dead(branch) for branch in branches):
        return [(pattern, pattern)]
    return [(branch, _meaning(branch) if _is_dead(branch) else branch) for branch in branches]


def _is_dead(branch: str) -> bool:
    return any(finding.kind is Kind.NEVER for finding in study(whole(branch)))


def _meaning(branch: str) -> str | None:
    """Put before *branch* what an origin begins with."""
    if _NO_HOST.fullmatch(branch):
        return f"{whole(branch)}.*"
    made = None if branch.startswith("^") else _with_scheme(whole(branch).replace("\\/", "/"), branch)
    return None if made is None or _is_dead(made) else made


def _with_scheme(text: str, branch: str) -> str | None:
    if text.startswith("://"):
        return f"https{text}" if _names_a_host(text) else None
    if text.startswith("//"):
        return f"https:{text}" if _names_a_host(text) else None
    if _LOOPBACK.match(text):
        port = "" if branch.endswith("$") or ":" in text.replace("(?:", "") else "(?::[0-9]+)?"
        return f"https?://{text}{port}"
    if not _DOMAIN.search(f"x{text}"):
        return None
    if text.startswith("\\."):
        return f"https://{_SUBDOMAINS}[a-z0-9-]+{text}"
    return f"https://{_SUBDOMAINS}{text}" if re.match(r"[a-z0-9_(\[\\]", text) else f"https://{text}"


def _names_a_host(text: str) -> bool:
    return _DOMAIN.search(text) is not None or _LOOPBACK.match(text.lstrip(":/")) is not None
