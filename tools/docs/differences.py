"""``docs/differences.md``: where each browser departs from the standard, from the fields of its profile."""

from dataclasses import fields
from enum import Enum

from corsage.browser import CHROME, FIREFOX, STANDARD, WEBKIT
from corsage.browser.profile import Profile

_BROWSERS = (("Chrome", CHROME), ("Firefox", FIREFOX), ("WebKit (Safari)", WEBKIT))


def differences_page() -> str:
    """Return the page as Markdown."""
    rows = [field for field in fields(Profile) if field.metadata]
    lines = [
        "# Where browsers depart from the standard",
        "",
        "Made from `src/corsage/browser/profile.py` and `profiles.py` by `make docs`. Each point is a field of a",
        "profile; a dash means that the browser does what the standard says.",
        "",
        f"| point | standard | {' | '.join(name for name, _ in _BROWSERS)} | learned from |",
        "|---|---|" + "---|" * (len(_BROWSERS) + 1),
    ]
    for field in rows:
        standard = getattr(STANDARD, field.name)
        cells = [_cell(getattr(profile, field.name), standard) for _, profile in _BROWSERS]
        what, source = field.metadata["what"], field.metadata["source"]
        lines.append(f"| {what}<br>`{field.name}` | {_shown(standard)} | {' | '.join(cells)} | {source} |")
    return "\n".join(lines) + "\n"


def _cell(value: object, standard: object) -> str:
    return "–" if value == standard else _shown(value)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "none"
    if isinstance(value, frozenset):
        return ", ".join(str(item) for item in sorted(value)) or "none"
    if isinstance(value, tuple):
        return " → ".join(str(item.value) if isinstance(item, Enum) else str(item) for item in value)
    return str(value.value) if isinstance(value, Enum) else str(value)
