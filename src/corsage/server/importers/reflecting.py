"""Stars that a library answers with whatever was asked for: what a policy makes of them."""

from collections.abc import Sequence
from typing import Final

from corsage.server.draft import WILDCARD
from corsage.server.importers.translation import Translation

_USUAL: Final = ("PUT", "PATCH", "DELETE")


def take_named_methods(
    translation: Translation, option: str, methods: Sequence[str], *, compared: bool
) -> None:
    """Take *methods*, the star among them.

    Args:
        translation: takes them.
        option: where they stand.
        methods: as they were written.
        compared: whether the library compares them as they are.
    """
    if WILDCARD not in methods:
        translation.take_methods(methods, option if compared else "")
        return
    if not translation.credentials:
        translation.values["methods"] = [WILDCARD]
        return
    translation.take_methods((*_USUAL, *(each for each in methods if each != WILDCARD)))
    translation.lost(
        option,
        WILDCARD,
        "Every method was granted, with credentials too.",
        f"Only {', '.join(_USUAL)} and those that need no leave are: name the others that your pages use.",
        "Access-Control-Request-Method: PURGE",
    )


def take_named_headers(translation: Translation, option: str, headers: Sequence[str]) -> None:
    """Take request headers, the star among them: it was for Authorization, too."""
    if WILDCARD in headers:
        translation.take_any_header(option, WILDCARD)
    else:
        translation.take_headers(headers)


def take_safelisted(translation: Translation, option: str, methods: Sequence[str], says: str) -> None:
    """Remark on methods that need no leave, and were refused for not being listed.

    Args:
        translation: takes the remark.
        option: where the methods stand.
        methods: that were allowed.
        says: what happened, with ``{}`` for the methods.
    """
    missing = [each for each in ("GET", "HEAD", "POST") if each not in methods]
    if missing and WILDCARD not in methods:
        translation.different(
            option,
            ", ".join(methods),
            says.format(" and ".join(missing)),
            "They pass, for browsers need no leave for them; an application that must refuse them does so itself.",
            f"{missing[0]} with Origin",
        )
