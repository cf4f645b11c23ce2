"""Spring's allowedOrigins and allowedOriginPatterns."""

import re
from collections.abc import Sequence
from typing import Final

from corsage.server.draft import WILDCARD
from corsage.server.importers.expressions import take_expression
from corsage.server.importers.translation import Translation
from corsage.server.origin_pattern import parse_origin_pattern

_PORTS: Final = re.compile(r"(.{1,300}):\[(\*|[0-9]{1,5}(?:,[0-9]{1,5}){0,50})\]")
_SUBDOMAINS: Final = re.compile(r"[a-z][a-z0-9+.-]{0,30}://\*\.[^*]{1,253}")


def take_spring_origins(translation: Translation, origins: Sequence[str], patterns: Sequence[str]) -> None:
    """Take both lists; credentials are known already."""
    if WILDCARD in patterns:
        _any_pattern(translation)
        return
    if WILDCARD in origins:
        if translation.credentials:
            says = "Spring answered every request with an Origin with 500: the star does not go with credentials."
            instead = "Everyone may read, without cookies. List the origins that need them, and set credentials = true."
            translation.different("allowedOrigins", WILDCARD, says, instead, "Origin: https://app.example")
        translation.allow_everyone()
        return
    never = "It is compared as text, so that no origin was ever equal to it."
    # A slash at the end is taken off by Spring itself.
    plain = [each.removesuffix("/") for each in origins]
    translation.take_origins("allowedOrigins", plain, wildcards=never)
    for number, pattern in enumerate(patterns):
        take_star_pattern(translation, f"allowedOriginPatterns[{number}]", pattern.removesuffix("/"))


def _any_pattern(translation: Translation) -> None:
    if translation.credentials:
        says = (
            "Every origin was sent back, with cookies: whatever site a user visits could read as that user."
        )
        translation.refuse_everyone_with_cookies("allowedOriginPatterns", WILDCARD, says)
    translation.allow_everyone()


def take_star_pattern(translation: Translation, option: str, written: str) -> None:
    """Take a pattern in which a star is anything, and ports may stand in brackets."""
    found = _PORTS.fullmatch(written)
    base, ports = (written, "") if found is None else (found[1], found[2])
    whole = [base] if not ports else [f"{base}:{port}" for port in ports.split(",")]
    if WILDCARD not in base or _SUBDOMAINS.fullmatch(base):
        for each in whole:
            if parse_origin_pattern(each) is not None or WILDCARD not in base:
                translation.take_origin(option, each, wildcards="")
            else:
                _expression(translation, option, base, ports)
        return
    _expression(translation, option, base, ports)


def _expression(translation: Translation, option: str, base: str, ports: str) -> None:
    """Take what the peer itself makes of a pattern: an expression in which a star is anything."""
    end = "" if not ports else "(?::[0-9]+)?" if ports == WILDCARD else f":(?:{ports.replace(',', '|')})"
    if not ports and base.endswith(":*"):
        # Anything, where nothing but a port can stand.
        base, end = base.removesuffix(":*"), ":[0-9]+"
    escaped = ".*".join(map(re.escape, base.split(WILDCARD)))
    take_expression(translation, option, f"{escaped}{end}")
