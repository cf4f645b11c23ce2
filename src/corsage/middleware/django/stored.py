"""One policy's headers in the form in which Django's responses keep theirs, and putting them there.

The public way, ``response[name] = value``, encodes and checks each name and value: five times the cost, for texts that
were checked when the policy was made and origins that were compared with it.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from django.http.response import HttpResponseBase

from corsage.middleware.cors import compiled_of
from corsage.middleware.hot import Answers
from corsage.middleware.native import texts_of
from corsage.server.vary import merged_vary

Store = dict[str, tuple[str, str]]

_ORIGIN: Final = "access-control-allow-origin"
_VARY: Final = "vary"


class Stored:
    """As `corsage.middleware.hot.Answers`.

    Attributes:
        exact: origins that need no further thought.
        plain: headers of a response to anyone who is not allowed, or does not ask.
        any_origin: whether *plain* serves everyone.
        needs_more: whether an origin that is not in *exact* may be allowed all the same.
        owned: lower-case names that the application may not set itself.
    """

    __slots__ = ("_granted", "_named", "any_origin", "exact", "needs_more", "owned", "plain")

    def __init__(self, answers: Answers) -> None:
        texts = texts_of(answers)
        self.exact = texts.exact
        self.any_origin = texts.any_origin
        self.needs_more = compiled_of(answers).needs_more
        self.owned = texts.owned
        self.plain = stored(texts.plain)
        self._granted = stored(texts.granted)
        self._named = [(name.lower(), name) for name in texts.named]

    def granted_to(self, origin: str) -> Store:
        """Return the headers of a response to *origin*, which is allowed."""
        extra = self._granted.copy()
        for lower, name in self._named:
            extra[lower] = (name, origin)
        return extra


def stored(headers: Iterable[tuple[str, str]]) -> Store:
    """Return *headers* as Django keeps them: by lower-case name."""
    return {pair[0].lower(): pair for pair in headers}


def put(response: HttpResponseBase, extra: Mapping[str, tuple[str, str]], owned: frozenset[str]) -> None:
    """Put *extra* on *response* in the place of its own headers; the two ``Vary`` are joined."""
    store = response.headers._store  # noqa: SLF001 - see above
    if not owned.isdisjoint(store):
        extra = _merged(store, extra, owned)
    store.update(extra)


def _merged(
    store: Store, extra: Mapping[str, tuple[str, str]], owned: frozenset[str]
) -> Mapping[str, tuple[str, str]]:
    present = store.get(_VARY)
    for name in owned:
        store.pop(name, None)
    if present is None:
        return extra
    wanted = extra[_VARY][1].split(", ") if _VARY in extra else []
    return {**extra, _VARY: ("Vary", merged_vary(present[1], wanted))}
