"""Amazon API Gateway: the ``CorsConfiguration`` of HTTP APIs (and function URLs), and OpenAPI with its extensions."""

from collections.abc import Mapping
from typing import Final

from corsage.server.draft import WILDCARD
from corsage.server.importers.api_gateway_mock import from_mocks
from corsage.server.importers.imported import Imported
from corsage.server.importers.options import Options, flag, number, texts
from corsage.server.importers.settling import imported
from corsage.server.importers.translation import Translation

_PEER: Final = "api-gateway"
_EXTENSION: Final = "x-amazon-apigateway-cors"
_AROUND: Final = ("CorsConfiguration", "corsConfiguration", "Cors", "cors", _EXTENSION)
_KNOWN: Final = (
    "AllowOrigins",
    "AllowMethods",
    "AllowHeaders",
    "ExposeHeaders",
    "MaxAge",
    "AllowCredentials",
)
_ANY_OF_SCHEME: Final = ("https://*", "http://*")


def from_api_gateway(options: Options) -> Imported:
    """Translate the CORS of an API.

    Args:
        options: a ``CorsConfiguration``, what ``get-api`` or ``get-function-url-config`` prints, or an OpenAPI
            document, with ``x-amazon-apigateway-cors`` or with OPTIONS methods that a mock integration answers.
    """
    translation = Translation()
    inner = next((options[key] for key in _AROUND if isinstance(options.get(key), Mapping)), None)
    if inner is None and "paths" in options:
        return from_mocks(options, translation)
    return _configuration(inner if isinstance(inner, Mapping) else options, translation)


def _configuration(options: Options, translation: Translation) -> Imported:
    # The API writes AllowOrigins, OpenAPI allowOrigins.
    capital = {f"{key[:1].upper()}{key[1:]}": value for key, value in options.items()}
    translation.unknown(capital, _KNOWN, "It is no part of a CorsConfiguration.")
    if flag(capital, "AllowCredentials", translation):
        translation.values["credentials"] = True
    _origins(texts(capital, "AllowOrigins", translation, []), translation)
    _names(capital, translation)
    age = number(capital, "MaxAge", translation)
    if age is not None:
        translation.values["max_age"] = age
    translation.different(
        _PEER,
        None,
        "The CORS headers of the integration were ignored, and OPTIONS without a route was answered by the gateway.",
        "Whoever has the policy answers; remove the gateway's own CORS then.",
    )
    return imported(_PEER, translation)


def _origins(origins: list[str], translation: Translation) -> None:
    if WILDCARD in origins:
        if translation.credentials:
            says = "Browsers refuse the star with credentials: no request with cookies could be read."
            instead = "Everyone may read, without cookies. List the origins that need them."
            translation.different("AllowOrigins", WILDCARD, says, instead)
        translation.allow_everyone()
        return
    translation.values["origins"] = []
    for position, text in enumerate(origins):
        if text in _ANY_OF_SCHEME:
            cookies = ", with cookies" if translation.credentials else ""
            translation.danger(
                f"AllowOrigins[{position}]",
                text,
                f"Every origin that begins like this was let in{cookies}.",
                'It is left out: list the origins; origins = "*" would allow everyone, without credentials.',
                f"Origin: {text.replace(WILDCARD, 'evil.com')}",
            )
        else:
            never = "It was compared as text, so that no origin was ever equal to it."
            translation.take_origin(f"AllowOrigins[{position}]", text, wildcards=never)


def _names(options: Options, translation: Translation) -> None:
    methods = texts(options, "AllowMethods", translation, [])
    if WILDCARD in methods and not translation.credentials:
        translation.values["methods"] = [WILDCARD]
    else:
        translation.take_methods(
            (each for each in methods if each not in (WILDCARD, "OPTIONS")), "AllowMethods"
        )
    headers = texts(options, "AllowHeaders", translation, [])
    translation.take_headers(each for each in headers if each != WILDCARD or not translation.credentials)
    for option, names in (("AllowMethods", methods), ("AllowHeaders", headers)):
        if WILDCARD in names and translation.credentials:
            says = "With credentials browsers take the star for a name like any other: it granted nothing."
            translation.different(option, WILDCARD, says, "It is left out: name those that your pages use.")
    translation.take_exposed("ExposeHeaders", texts(options, "ExposeHeaders", translation, []))
