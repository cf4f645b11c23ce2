"""Annotations of ingress-nginx on a Kubernetes Ingress, as YAML or JSON gives it.

Facts of ingress-nginx 1.15: its documentation, and read in its source. Not run.
"""

import re
from collections.abc import Mapping
from typing import Final

from corsage.server.draft import NULL, WILDCARD
from corsage.server.importers.answered import policy_of
from corsage.server.importers.asked import ORIGIN, Asked, Server, Told
from corsage.server.importers.budget import TooLargeError
from corsage.server.importers.envoy import from_istio
from corsage.server.importers.found_in import found_in
from corsage.server.importers.imported import Imported
from corsage.server.importers.options import Options
from corsage.server.importers.origin_tests import How, OriginTest
from corsage.server.importers.traefik import from_traefik
from corsage.server.importers.translation import ANYBODY, Translation, nothing

_PEER: Final = "kubernetes"
_PREFIX: Final = "nginx.ingress.kubernetes.io/"
_METHODS: Final = "GET, PUT, POST, DELETE, PATCH, OPTIONS"
_HEADERS: Final = (
    "DNT,Keep-Alive,User-Agent,X-Requested-With,"
    "If-Modified-Since,Cache-Control,Content-Type,Range,Authorization"
)
_MAX_AGE: Final = "1728000"
# What one entry may be. One that is something else, and the whole annotation is refused.
_VALID: Final = re.compile(r"(?:[a-z]+://)?(?:\*\.)?[A-Za-z0-9\-.]*(?::[0-9]+)?|null|\*", re.ASCII)
_TAKEN: Final = re.compile(r"[a-z]+://(?:\*\.)?[A-Za-z0-9\-.]*(?::[0-9]+)?", re.ASCII)
_METHOD_LIST: Final = re.compile(r"[A-Za-z, ]+", re.ASCII)
_HEADER_LIST: Final = re.compile(r"[A-Za-z0-9_, -]+", re.ASCII)
_EXPOSED_LIST: Final = re.compile(r"[A-Za-z0-9_*, -]+", re.ASCII)


def from_kubernetes(options: Options) -> Imported:
    """Translate an Ingress, a list of objects, or the annotations alone; Middlewares and VirtualServices, too."""
    kind = options.get("kind")
    if kind == "VirtualService":
        return from_istio(options)
    if kind == "Middleware":
        return from_traefik(options)
    translation = Translation()
    try:
        found = list(found_in(options, _annotations))
    except TooLargeError:
        translation.lost(_PEER, None, "It is too large to be read.", "Nothing is taken over.")
        return nothing(_PEER, translation)
    if not found:
        says = "It has no annotations of ingress-nginx about CORS."
        translation.lost(_PEER, None, says, "Nothing is taken over.")
        return nothing(_PEER, translation)
    if any(each != found[0] for each in found):
        says = "Several objects have annotations about CORS that differ."
        translation.lost(_PEER, None, says, "The first is taken: import the others by themselves.")
    given = found[0]
    if str(given.get("enable-cors", "")).lower() not in {"true", "1", "t"}:
        says = "Without it the other annotations did nothing."
        translation.lost("enable-cors", given.get("enable-cors"), says, "Nobody is allowed.")
        return nothing(_PEER, translation)
    return _policy(given, translation)


def _annotations(value: Mapping[object, object]) -> dict[str, str] | None:
    found = {
        str(name).removeprefix(_PREFIX): str(each).lower() if isinstance(each, bool) else str(each)
        for name, each in value.items()
        if str(name).startswith((f"{_PREFIX}cors-", f"{_PREFIX}enable-cors"))
    }
    return found or None


def _policy(given: Mapping[str, str], translation: Translation) -> Imported:
    entries = _entries(given, translation)
    credentials = given.get("cors-allow-credentials", "true").lower() not in {"false", "0", "f"}
    if "cors-allow-credentials" not in given:
        says = "It was not set, and true is its default."
        translation.different("cors-allow-credentials", None, says, "It is kept, where origins are listed.")
    tests = [OriginTest(How.LIKE, each, ignores_case=True) for each in entries]
    common = [("access-control-allow-credentials", "true")] if credentials else []
    common += [
        (
            "access-control-allow-methods",
            _listed(given, "cors-allow-methods", _METHOD_LIST, _METHODS, translation),
        ),
        (
            "access-control-allow-headers",
            _listed(given, "cors-allow-headers", _HEADER_LIST, _HEADERS, translation),
        ),
        (
            "access-control-expose-headers",
            _listed(given, "cors-expose-headers", _EXPOSED_LIST, "", translation),
        ),
        (
            "access-control-max-age",
            _listed(given, "cors-max-age", re.compile("-?[0-9]{1,10}"), _MAX_AGE, translation),
        ),
    ]

    def answer(asked: Asked) -> Told:
        everyone = WILDCARD in entries
        if not everyone and asked.test not in tests:
            return Told((), None)
        headers = [("access-control-allow-origin", WILDCARD if everyone else ORIGIN), *common]
        status = 204 if asked.preflight else None
        return Told([pair for pair in headers if pair[1]], status, frozenset(name for name, _ in headers))

    server = Server(_PEER, answer, [test for test in tests if test.text != WILDCARD], "cors-allow-origin")
    _always(translation)
    return policy_of(server, translation)


def _entries(given: Mapping[str, str], translation: Translation) -> list[str]:
    """Return the origins, as policies write them."""
    option = "cors-allow-origin"
    if option not in given:
        says = "It was not set, and everyone is its default."
        translation.different(option, None, says, 'It is written as origins = "*".', ANYBODY)
        return [WILDCARD]
    written = [each.strip() for each in given[option].split(",") if each.strip()]
    refused = [each for each in written if not _VALID.fullmatch(each)]
    if refused:
        says = (
            "ingress-nginx refused the annotation for what is written here, and took its default: everyone."
        )
        translation.danger(
            option, refused[0], says, "The origins that are listed are allowed, no others.", ANYBODY
        )
    elif WILDCARD in written:
        return [WILDCARD]
    entries = []
    for each in written:
        if each == NULL or _TAKEN.fullmatch(each) or each in refused:
            entries.append(each.replace("//*.", "//+."))
        elif each != WILDCARD:
            says = "It has no scheme: ingress-nginx skipped it."
            translation.lost(option, each, says, "It is left out.")
    return entries


def _listed(
    given: Mapping[str, str], option: str, valid: re.Pattern[str], default: str, translation: Translation
) -> str:
    value = given.get(option, "")
    if value and valid.fullmatch(value):
        return value
    if value:
        says = "ingress-nginx refused it, and took its default."
        translation.different(option, value, says, f"The default is taken: {default or 'nothing'}.")
    return default


def _always(translation: Translation) -> None:
    translation.different(
        _PEER,
        None,
        "Every OPTIONS request was answered by ingress-nginx; the application's own were not reached.",
        "Preflights alone are: OPTIONS with Origin and Access-Control-Request-Method.",
        "OPTIONS without Access-Control-Request-Method",
    )
