"""JSON as configurations have it."""

import json


def json_text(value: object) -> str:
    """Return *value* as indented JSON in ASCII, with a line feed at its end."""
    return json.dumps(value, indent=2) + "\n"
