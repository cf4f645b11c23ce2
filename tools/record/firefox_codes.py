"""From the messages of Firefox's console service to the codes and console lines of a recording."""

import re
from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]

_CATEGORIES = re.compile(r"^(CORS\w+|SOP|COEP|Mixed Content Blocker)$")
# Said next to a reason, or as a mere warning: the code only when nothing else is there.
_COMPANIONS = ("CORSDidNotSucceed2", "CORSAllowHeaderFromPreflightDeprecation")


def summary(messages: Iterable[Json], mark: str) -> Json:
    """The `cors_error`, `categories` and `console` of one scenario.

    Args:
        messages: What the console service kept: `text`, `category` and `source` of each.
        mark: What the scenario's own URLs contain; messages about anything else are left out.
    """
    told = [item for item in messages if mark in item["text"] or mark in item["source"]]
    categories = _unique(item["category"] for item in told if _CATEGORIES.match(item["category"]))
    return {
        "cors_error": code(categories),
        "categories": categories,
        "console": _unique(item["text"] for item in told),
    }


def code(categories: list[str]) -> str | None:
    """The category that is the reason: the first that is no companion of another."""
    reasons = [item for item in categories if item not in _COMPANIONS]
    return next(iter(reasons or categories), None)


def _unique(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))
