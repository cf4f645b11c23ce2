"""What is broad in a policy: values that have their uses, and that nobody should have by accident."""

from typing import Final

from corsage.server.draft import NULL, WILDCARD
from corsage.server.origin_pattern import parse_origin_pattern

_FLAGS: Final = {
    "dangerously_allow_null_origin": "every sandboxed frame and every local file",
    "dangerously_allow_file_origins": "every file that is opened on a user's device",
    "dangerously_allow_insecure_origins": "whoever sits on the network between, with the users' cookies",
    "dangerously_allow_public_suffixes": "whoever registers a name there",
    "dangerously_allow_loopback_in_production": "every program on the users' own machines",
}


def danger_of(field: str, value: object) -> str | None:
    """Say whom or what *value*, one entry of *field* or the whole of it, lets in besides those that are meant."""
    if value is True:
        return _FLAGS.get(field)
    if field == "origins" and isinstance(value, str):
        return _danger_of_origin(value)
    if value == WILDCARD:
        return "also those that the application will have one day"
    return None


def _danger_of_origin(text: str) -> str | None:
    if text == WILDCARD:
        return "every page there is"
    if text == NULL:
        return _FLAGS["dangerously_allow_null_origin"]
    pattern = parse_origin_pattern(text)
    if pattern is None:
        return None
    if pattern.is_of_files:
        return _FLAGS["dangerously_allow_file_origins"]
    if pattern.is_loopback:
        return "every program on the users' own machines"
    if pattern.is_insecure:
        return "whoever sits on the network between"
    if pattern.covers_strangers:
        return "whoever registers a name there"
    if pattern.port == WILDCARD:
        return "every server on that machine"
    return None
