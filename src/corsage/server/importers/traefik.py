"""Traefik's headers middleware, as YAML, TOML or JSON gives it.

Facts of Traefik 2 and 3: their documentation, and read in their source. Not run.
"""

from collections.abc import Mapping
from typing import Final

from corsage.server.draft import WILDCARD
from corsage.server.importers.answered import policy_of
from corsage.server.importers.asked import ORIGIN, Asked, Server, Told, without_signs
from corsage.server.importers.budget import TooLargeError
from corsage.server.importers.found_in import found_in
from corsage.server.importers.imported import Imported
from corsage.server.importers.options import Options, split
from corsage.server.importers.origin_tests import How, OriginTest, passes_anybody
from corsage.server.importers.translation import Translation, nothing

_PEER: Final = "traefik"
_PREFIX: Final = "accesscontrol"
_LIST: Final = f"{_PREFIX}alloworiginlist"
_REGEX: Final = f"{_PREFIX}alloworiginlistregex"
_CUSTOM: Final = "customresponseheaders"
_KNOWN: Final = frozenset(
    {
        _LIST,
        _REGEX,
        f"{_PREFIX}allowmethods",
        f"{_PREFIX}allowheaders",
        f"{_PREFIX}allowcredentials",
        f"{_PREFIX}exposeheaders",
        f"{_PREFIX}maxage",
    }
)


def from_traefik(options: Options) -> Imported:
    """Translate the options of a headers middleware, or the first that is found in a whole configuration."""
    translation = Translation()
    try:
        found = list(found_in(options, _headers))
    except TooLargeError:
        translation.lost(_PEER, None, "It is too large to be read.", "Nothing is taken over.")
        return nothing(_PEER, translation)
    if not found:
        says = "It has no headers middleware with CORS options."
        translation.lost(_PEER, None, says, "Nothing is taken over.")
        return nothing(_PEER, translation)
    if any(each != found[0] for each in found):
        says = "Several middlewares have CORS options that differ."
        translation.lost(_PEER, None, says, "The first is taken: import the others by themselves.")
    headers = found[0]
    for name in headers:
        if name.startswith(_PREFIX) and name not in _KNOWN:
            says = "It is no option of Traefik 2 and 3, which do not read it."
            translation.lost(name, headers[name], says, "It is left out.")
    tests = [
        *(OriginTest(How.IS, text) for text in _texts(headers.get(_LIST))),
        *(OriginTest(How.SEARCHED, text) for text in _texts(headers.get(_REGEX))),
    ]
    server = Server(
        _PEER, lambda asked: _answer(headers, tests, asked), tests, "accessControlAllowOriginList"
    )
    return policy_of(server, translation)


def _headers(value: Mapping[object, object]) -> dict[str, object] | None:
    """Return the options of a headers middleware, names in lower case; ``None`` where *value* is none."""
    named = {str(key).lower(): each for key, each in value.items()}
    custom = named.get(_CUSTOM)
    fixed = isinstance(custom, Mapping) and any(
        str(key).lower().startswith("access-control") for key in custom
    )
    return named if fixed or any(name.startswith(_PREFIX) for name in named) else None


def _answer(headers: Mapping[str, object], tests: list[OriginTest], asked: Asked) -> Told:
    cors = any(headers.get(name) for name in _KNOWN)
    made: list[tuple[str, str]] = []
    handled = asked.preflight and cors
    if not handled:
        made += _custom(headers)
    origin = _named(tests, asked)
    if origin and not asked.plain:
        made = [pair for pair in made if pair[0] != "access-control-allow-origin"]
        made.append(("access-control-allow-origin", origin))
    if headers.get(f"{_PREFIX}allowcredentials") in (True, "true"):
        made.append(("access-control-allow-credentials", "true"))
    if handled:
        made += [
            ("access-control-allow-methods", ",".join(_texts(headers.get(f"{_PREFIX}allowmethods")))),
            ("access-control-allow-headers", ",".join(_texts(headers.get(f"{_PREFIX}allowheaders")))),
            ("access-control-max-age", str(headers.get(f"{_PREFIX}maxage", 0))),
        ]
    else:
        exposed = ",".join(_texts(headers.get(f"{_PREFIX}exposeheaders")))
        made += [("access-control-expose-headers", exposed)] if exposed else []
    if headers.get("addvaryheader") in (True, "true"):
        made.append(("vary", "Origin"))
    return Told(made, 204 if handled else None, frozenset(name for name, _ in made))


def _named(tests: list[OriginTest], asked: Asked) -> str:
    if any(test.how is How.IS and test.text == WILDCARD for test in tests):
        return WILDCARD
    return ORIGIN if asked.test in tests or any(map(passes_anybody, tests)) else ""


def _custom(headers: Mapping[str, object]) -> list[tuple[str, str]]:
    custom = headers.get(_CUSTOM)
    pairs = custom.items() if isinstance(custom, Mapping) else ()
    return [
        (str(name).lower(), without_signs(str(value))) for name, value in pairs if value not in ("", None)
    ]


def _texts(value: object) -> list[str]:
    """Return a list; in labels it is one text with commas."""
    if isinstance(value, str):
        return split(without_signs(value))
    return [without_signs(each) for each in value if isinstance(each, str)] if isinstance(value, list) else []
