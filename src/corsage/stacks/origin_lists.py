"""The origins of a policy for configurations that take a list, with or without a wildcard in its entries."""

from dataclasses import dataclass
from typing import Final

from corsage.server import Policy
from corsage.server.draft import NULL
from corsage.server.origin_pattern import Breadth, OriginPattern
from corsage.stacks.origins import origins_of
from corsage.stacks.parts import LOOKUP_LOST

_WEB: Final = ("http", "https")
_SHOWN: Final = 80


@dataclass(frozen=True, slots=True)
class Entries:
    """What the entries of a stack's list may be.

    Attributes:
        subdomains: whether ``https://*.example.com`` covers subdomains, and nothing but subdomains.
        ports: whether ``http://localhost:*`` covers every port that is written out.
        web_only: whether http and https are the only schemes.
        null: whether the origin ``null`` can be listed.
    """

    subdomains: bool = False
    ports: bool = False
    web_only: bool = False
    null: bool = True


@dataclass(frozen=True, slots=True)
class Listed:
    """The entries.

    Attributes:
        everyone: whether ``*`` is meant; then it is the only entry.
        entries: in the order of the policy, exact ones first.
        limits: what had to be left out.
    """

    everyone: bool
    entries: tuple[str, ...]
    limits: tuple[str, ...]


def listed_origins(policy: Policy, takes: Entries) -> Listed:
    """List the origins of *policy*. What an entry cannot say is left out, never widened."""
    origins = origins_of(policy)
    if origins.everyone:
        return Listed(everyone=True, entries=("*",), limits=())
    entries: list[str] = []
    limits: list[str] = []
    for text in origins.exact:
        (entries if _can_list(text, takes) else limits).append(
            text if _can_list(text, takes) else f"{text} cannot be listed here, and is left out."
        )
    for pattern in origins.patterns:
        found, lost = _of_pattern(pattern, takes)
        entries += found
        limits += lost
    limits += [
        f"The expression {_short(text)} is left out: entries are no expressions. List the origins it means."
        for text in origins.regexes
    ]
    if origins.lookup:
        limits.append(LOOKUP_LOST)
    return Listed(everyone=False, entries=tuple(dict.fromkeys(entries)), limits=tuple(limits))


def _can_list(text: str, takes: Entries) -> bool:
    if text == NULL:
        return takes.null and not takes.web_only
    return not takes.web_only or text.partition("://")[0] in _WEB


def _of_pattern(pattern: OriginPattern, takes: Entries) -> tuple[list[str], list[str]]:
    if takes.web_only and pattern.scheme not in _WEB:
        return [], [f"{pattern.text} cannot be listed here, and is left out."]
    wild = pattern.breadth is not Breadth.EXACT
    if pattern.breadth is Breadth.ONE_LABEL:
        return [], [f"{pattern.text} is left out: no entry says one label. List the subdomains."]
    if wild and not takes.subdomains:
        return [], [f"{pattern.text} is left out: entries have no wildcard. List the subdomains."]
    if pattern.port != "*":
        return [pattern.text], []
    plain = pattern.text.removesuffix(":*")
    if takes.ports and not wild:
        return [plain, pattern.text], []
    return [plain], [f"{pattern.text}: only the scheme's own port is allowed. List the ports that you use."]


def _short(text: str) -> str:
    printable = "".join(each if each.isprintable() else "?" for each in text)
    return printable if len(printable) <= _SHOWN else f"{printable[: _SHOWN - 1]}…"
