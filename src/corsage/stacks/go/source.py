"""Go source text: values quoted, and what all libraries' files begin with."""

import json
from collections.abc import Iterable, Sequence
from typing import Final

from corsage.stacks.base import File
from corsage.stacks.origins import Origins, whole_expression

FILE_NAME: Final = "cors.go"
MATCHER: Final = "allowedOrigins"


def go_text(text: str) -> str:
    """Write *text*, which is ASCII, as a Go string."""
    return json.dumps(text)


def go_raw(text: str) -> str:
    """Write *text* as a raw string, where it can be one: expressions are easier to read."""
    return go_text(text) if "`" in text else f"`{text}`"


def go_list(names: Iterable[str]) -> str:
    """Write *names* as a list of strings."""
    return f"[]string{{{', '.join(map(go_text, names))}}}"


def fields(pairs: Sequence[tuple[str, str]], indent: str = "\t\t") -> str:
    """Write the fields of a struct, each in its line, aligned as gofmt does."""
    width = max(len(name) for name, _ in pairs) + 1
    return "".join(f"{indent}{f'{name}:':<{width}} {value},\n" for name, value in pairs)


def needs_matcher(origins: Origins) -> bool:
    """Tell whether a list of exact origins is not enough."""
    return bool(origins.expressions)


def matcher(origins: Origins, *, always: bool = False) -> str:
    """Write the expression for all allowed origins, where one is needed, or *always* where there are any."""
    whole = whole_expression(origins) if always or needs_matcher(origins) else None
    if whole is None:
        return ""
    return (
        "// Anchored at both ends: an origin that only begins or ends like an allowed one is none.\n"
        f"var {MATCHER} = regexp.MustCompile({go_raw(whole)})\n\n"
    )


def go_file(standard: Iterable[str], others: Iterable[str], body: str) -> File:
    """Write a whole file.

    Args:
        standard: packages of the standard library.
        others: other packages.
        body: what follows the imports.
    """
    groups = [sorted(set(standard)), sorted(set(others))]
    lines = "\n\n".join("\n".join(f"\t{go_text(each)}" for each in group) for group in groups if group)
    imports = f"import (\n{lines}\n)\n\n"
    return File(FILE_NAME, "go", f"package main\n\n{imports}{body}")
