"""What a person typed after ``corsage check``, before any of it is understood."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

BODY_TYPES: Final = ("text", "urlsearchparams", "formdata", "blob", "arraybuffer", "stream")
ELEMENTS: Final = (
    "img",
    "script",
    "module",
    "stylesheet",
    "font",
    "audio",
    "video",
    "track",
    "manifest",
    "eventsource",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """The options of a page's request; ``None`` and empty are "not given"."""

    urls: tuple[str, ...]
    origins: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    data: str | None = None
    body_type: str | None = None
    blob_type: str | None = None
    mode: str | None = None
    credentials: str | None = None
    redirect: str | None = None
    cache: str | None = None
    referrer_policy: str | None = None
    target_address_space: str | None = None
    keepalive: bool = False
    xhr: bool = False
    upload_listener: bool = False
    element: str | None = None
    crossorigin: str | None = None
    cookies: tuple[str, ...] = ()
    page: str | None = None
    sandboxed: bool = False
    address_space: str | None = None
    local_network_permission: str = "ask"
    embedder_policy: str = "unsafe-none"


# Arguments of fetch() that the two other ways of asking do not have: (attribute, option).
_FETCH_ALONE: Final = (
    ("mode", "--mode"),
    ("redirect", "--redirect"),
    ("cache", "--cache"),
    ("referrer_policy", "--referrer-policy"),
    ("target_address_space", "--target-address-space"),
    ("keepalive", "--keepalive"),
)
_SCRIPTS_ALONE: Final = (
    ("methods", "--method"),
    ("headers", "--header"),
    ("data", "--data"),
    ("upload_listener", "--upload-listener"),
)


def conflicts(arguments: Arguments) -> Iterator[str]:
    """Yield what does not go together, and what to do about it."""
    if arguments.xhr and arguments.element:
        yield "--xhr and --element: a request is made by one of them; leave one out"
    elif arguments.xhr:
        yield from _not_for(arguments, "XMLHttpRequest", _FETCH_ALONE)
        if arguments.credentials == "omit":
            yield (
                "--credentials omit: XMLHttpRequest cannot omit credentials; use same-origin "
                "(withCredentials = false) or include (true)"
            )
    elif arguments.element:
        yield from _not_for(arguments, "an element", (*_FETCH_ALONE, *_SCRIPTS_ALONE))
        yield from _element_credentials(arguments)
    elif arguments.upload_listener:
        yield "--upload-listener: only XMLHttpRequest has one; add --xhr"
    if arguments.crossorigin and not arguments.element:
        yield "--crossorigin is an attribute of elements; say which with --element, or use --credentials"
    if arguments.body_type and arguments.data is None:
        yield f"--body-type {arguments.body_type}: there is no body; give it with --data"
    if arguments.blob_type is not None and arguments.body_type != "blob":
        yield "--blob-type is the type of a Blob; add --body-type blob"


def _not_for(arguments: Arguments, what: str, options: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for attribute, option in options:
        if getattr(arguments, attribute):
            yield f"{option}: {what} has no such setting; leave it out, or use fetch() by leaving out the other"


def _element_credentials(arguments: Arguments) -> Iterator[str]:
    if arguments.credentials is None:
        return
    if arguments.element != "eventsource":
        yield "--credentials: elements choose by --crossorigin anonymous or use-credentials"
    elif arguments.credentials == "omit":
        yield "--credentials omit: an EventSource has same-origin (withCredentials: false) or include (true)"
