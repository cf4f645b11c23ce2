"""REST APIs in OpenAPI: the OPTIONS methods that a mock integration answers, each path for itself."""

from collections.abc import Iterator, Mapping
from typing import Final

from corsage.server.draft import WILDCARD
from corsage.server.importers.imported import Imported
from corsage.server.importers.options import Options, split
from corsage.server.importers.settling import imported, imported_by_path
from corsage.server.importers.translation import Translation, nothing

_PEER: Final = "api-gateway"
_INTEGRATION: Final = "x-amazon-apigateway-integration"
_PREFIX: Final = "method.response.header."
_MOST_PATHS: Final = 1_000

Headers = Mapping[str, str]


def from_mocks(document: Options, translation: Translation) -> Imported:
    """Translate every path whose OPTIONS method answers by itself."""
    found = dict(_mocks(document, translation))
    if not found:
        says = "No OPTIONS method of the document has CORS headers of its own: what there is, the functions send."
        translation.lost(_PEER, None, says, "No policy can be made of this.")
        return nothing(_PEER, translation)
    says = "These headers are those of preflights; what other answers had, the functions sent."
    translation.different(_PEER, None, says, "All answers have them.")
    if len({tuple(sorted(headers.items())) for headers in found.values()}) == 1:
        _take(next(iter(found)), next(iter(found.values())), translation)
        return imported(_PEER, translation)
    made: dict[str, Translation] = {}
    for path, headers in found.items():
        each = Translation(translation.report)
        _take(path, headers, each)
        made[path] = each
    return imported_by_path(_PEER, made, translation)


def _mocks(document: Options, translation: Translation) -> Iterator[tuple[str, Headers]]:
    paths = document.get("paths")
    if not isinstance(paths, Mapping):
        translation.lost("paths", paths, "It is not an object of paths.", "It is left out.")
        return
    for path, item in list(paths.items())[:_MOST_PATHS]:
        options = item.get("options") if isinstance(item, Mapping) else None
        integration = options.get(_INTEGRATION) if isinstance(options, Mapping) else None
        if not isinstance(path, str) or not isinstance(integration, Mapping):
            continue
        if str(integration.get("type", "")).lower() != "mock":
            translation.lost(
                path, integration.get("type"), "Preflights go to code.", "Ask the function's own CORS."
            )
            continue
        headers = _headers(path, integration, translation)
        if headers:
            yield _pattern(path), headers


def _pattern(path: str) -> str:
    head, _, last = path.rpartition("/")
    return f"{head}/*" if last.startswith("{") and last.endswith("+}") else path


def _headers(path: str, integration: Options, translation: Translation) -> dict[str, str]:
    found: dict[str, str] = {}
    responses = integration.get("responses")
    for response in responses.values() if isinstance(responses, Mapping) else ():
        parameters = response.get("responseParameters") if isinstance(response, Mapping) else None
        for key, value in parameters.items() if isinstance(parameters, Mapping) else ():
            name = str(key).lower().removeprefix(_PREFIX)
            if not isinstance(value, str) or not name.startswith("access-control-"):
                continue
            if value.startswith("'") and value.endswith("'"):
                found[name] = value.strip("'")
            elif name == "access-control-allow-origin":
                says = "The origin that asked was sent back, whoever it was."
                translation.danger(
                    path, value, says, "It is left out: list the origins.", "Origin: https://evil.com"
                )
                found[name] = ""
    return found


def _take(path: str, headers: Headers, translation: Translation) -> None:
    if headers.get("access-control-allow-credentials") == "true":
        translation.values["credentials"] = True
    origin = headers.get("access-control-allow-origin", "")
    if origin == WILDCARD:
        if translation.credentials:
            says = "Browsers refuse the star with credentials: no request with cookies could be read."
            translation.different(path, WILDCARD, says, "Everyone may read, without cookies.")
        translation.allow_everyone()
    else:
        translation.values["origins"] = []
        several = split(origin)
        if len(several) > 1:
            says = "Several origins in one header are no origin: browsers refused all of them."
            translation.different(path, origin, says, "It is read as a list.")
        for each in several:
            translation.take_origin(
                path, each, wildcards="It was sent as it is: no origin was ever equal to it."
            )
    methods = split(headers.get("access-control-allow-methods", ""))
    if WILDCARD in methods and not translation.credentials:
        translation.values["methods"] = [WILDCARD]
    else:
        translation.take_methods((each for each in methods if each not in (WILDCARD, "OPTIONS")), path)
    names = split(headers.get("access-control-allow-headers", ""))
    translation.take_headers(each for each in names if each != WILDCARD or not translation.credentials)
    translation.take_exposed(path, split(headers.get("access-control-expose-headers", "")))
    age = headers.get("access-control-max-age", "")
    if age.isdecimal() and len(age) <= 10:  # noqa: PLR2004
        translation.values["max_age"] = int(age)
