"""Java source text and XML: values quoted."""

import json
from collections.abc import Iterable
from html import escape


def java_text(text: str) -> str:
    """Write *text*, which is ASCII, as a Java string. C# reads it in the same way."""
    return json.dumps(text)


def java_list(names: Iterable[str]) -> str:
    """Write *names* as a list."""
    return f"List.of({', '.join(map(java_text, names))})"


def xml_text(text: str) -> str:
    """Write *text* between two tags."""
    return escape(text, quote=False)
