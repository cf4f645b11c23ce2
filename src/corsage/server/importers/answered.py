"""What a server that was asked really allows, as a policy."""

import re
from typing import Final

from corsage.server.draft import WILDCARD
from corsage.server.importers.asked import ORIGIN, REQUESTED, Asked, Server, Told
from corsage.server.importers.imported import Imported
from corsage.server.importers.options import split
from corsage.server.importers.origin_tests import How, OriginTest, passes_anybody, take_test
from corsage.server.importers.settling import imported
from corsage.server.importers.translation import ANYBODY, Translation

_ALLOW: Final = "access-control-allow-"
_MAX_AGE: Final = "access-control-max-age"
_EXPOSED: Final = "access-control-expose-headers"
_MOST_TESTS: Final = 500


def policy_of(server: Server, translation: Translation) -> Imported:
    """Ask *server* everything, and make a policy of it."""
    stranger = server.answer(Asked())
    tests = [test for test in dict.fromkeys(server.tests) if not passes_anybody(test)]
    if len(tests) > _MOST_TESTS:
        says = f"It compares origins with {len(tests)} texts and expressions."
        translation.lost(server.option, None, says, f"The first {_MOST_TESTS} are read.")
        del tests[_MOST_TESTS:]
    allowed = [test for test in tests if _lets_in(server.answer(Asked(test)), test)]
    lines = stranger.granted
    example = server.answer(Asked(allowed[0])) if allowed else stranger
    if _doubled(server, example, translation) or not (lines or allowed):
        if not (lines or allowed):
            _nobody(server, translation)
        return imported(server.peer, translation)
    _credentials(server, example, translation)
    if _is_named(stranger):
        _everyone(server, translation)
    elif lines[-1:] == [WILDCARD]:
        _fixed(server, WILDCARD, translation)
    else:
        _fixed(server, lines[-1] if lines else "", translation)
        for test in allowed:
            take_test(translation, server.places.get(test, server.option), test)
    answered = server.answer(Asked(allowed[0] if allowed else None, preflight=True))
    _preflight(server, answered, translation)
    translation.take_exposed(server.option, split(example.value(_EXPOSED)))
    _rare(example, answered, translation)
    _delivery(server, example, stranger, translation)
    return imported(server.peer, translation)


def _is_named(told: Told) -> bool:
    return ORIGIN in told.granted


def _lets_in(told: Told, test: OriginTest) -> bool:
    """Tell whether whoever passes *test* may read: he is named, or everyone is to whom it is sent."""
    return any(
        value in {ORIGIN, WILDCARD} or (test.how is How.IS and value == test.text) for value in told.granted
    )


def _nobody(server: Server, translation: Translation) -> None:
    says = "No Access-Control-Allow-Origin was found: no page of another origin could read anything."
    translation.lost(server.option, None, says, "Nobody is allowed.")


def _doubled(server: Server, told: Told, translation: Translation) -> bool:
    lines = told.values(f"{_ALLOW}origin")
    if len(lines) < 2:  # noqa: PLR2004 - two are one too many
        return False
    shown = ", ".join(lines).replace(ORIGIN, "the origin")
    says = "Access-Control-Allow-Origin was sent more than once: browsers refused every answer."
    translation.lost(server.option, shown, says, "Nobody is allowed: decide who is meant.")
    return True


def _credentials(server: Server, told: Told, translation: Translation) -> None:
    value = told.value(f"{_ALLOW}credentials")
    if value == "true":
        translation.values["credentials"] = True
    elif value:
        says = "Nothing but true, in lower case, counts: credentials were not allowed."
        translation.different(server.option, value, says, "They are not allowed either.")


def _everyone(server: Server, translation: Translation) -> None:
    if translation.credentials:
        says = (
            "Every origin was reflected, with cookies: whatever site a user visits could read as that user."
        )
        translation.refuse_everyone_with_cookies(server.option, "the request's Origin", says)
        return
    says = "Every origin was reflected, null as well."
    translation.different(server.option, "the request's Origin", says, 'It is written as origins = "*".')
    translation.allow_everyone()


def _fixed(server: Server, value: str, translation: Translation) -> None:
    """Take an origin that is sent to everybody."""
    if not value:
        return
    if value == WILDCARD:
        if translation.credentials:
            says = "Browsers refuse the star with credentials: no request with cookies could be read."
            instead = "Everyone may read, without cookies. List the origins that need them, and set credentials = true."
            translation.different(server.option, value, says, instead, "fetch(…, {credentials: 'include'})")
        translation.allow_everyone()
        return
    for each in split(value):
        translation.take_origin(server.option, each, wildcards="It was sent as it is: browsers refused it.")
    if len(split(value)) > 1:
        says = "Several origins in one header are no origin: browsers refused it."
        translation.different(server.option, value, says, "It is read as a list.")
    else:
        says = "It was sent to everybody, whoever asked: browsers of other origins refused it."
        translation.different(server.option, value, says, "It is sent to this origin alone.", ANYBODY)


def _preflight(server: Server, told: Told, translation: Translation) -> None:
    grants = bool(told.value(f"{_ALLOW}origin"))
    if told.status is None:
        says = "Preflights were handed on: without CORS of its own an application answers 401, 404 or 405."
        translation.different(server.option, None, says, "They are answered.", "OPTIONS with Origin")
    elif not grants:
        says = "Answers to preflights had no Access-Control-Allow-Origin: browsers refused them all."
        translation.different(server.option, None, says, "They have it.", "OPTIONS with Origin")
    elif not 200 <= told.status <= 299:  # noqa: PLR2004 - the ok statuses
        says = f"Preflights were answered {told.status}: browsers refused them all."
        translation.different(server.option, told.status, says, "They are answered 204.")
    elif told.status != 204:  # noqa: PLR2004 - the default
        translation.values["preflight_status"] = told.status
    _methods(server, told.value(f"{_ALLOW}methods"), translation)
    _headers(server, told.value(f"{_ALLOW}headers"), translation)
    age = told.value(_MAX_AGE)
    if re.fullmatch(r"-?[0-9]{1,10}", age):
        translation.values["max_age"] = int(age)
    elif age:
        translation.lost(server.option, age, "It is not a whole number of seconds.", "It is left out.")


def _methods(server: Server, value: str, translation: Translation) -> None:
    if REQUESTED in value:
        _any_method(server, translation)
        return
    names = [each for each in split(value) if each.upper() != "OPTIONS"]
    if WILDCARD in names and not translation.credentials:
        translation.values["methods"] = [WILDCARD]
        return
    if WILDCARD in names:
        says = "With credentials browsers take the star for a method of that name: it granted nothing."
        translation.different(server.option, WILDCARD, says, "It is left out: name the methods.")
    translation.take_methods((each for each in names if each != WILDCARD), server.option)


def _any_method(server: Server, translation: Translation) -> None:
    if not translation.credentials:
        translation.values["methods"] = [WILDCARD]
        return
    says = "Every method was granted, with credentials too."
    instead = "PUT, PATCH and DELETE are: name the others that your pages use."
    translation.lost(server.option, WILDCARD, says, instead, "Access-Control-Request-Method: BREW")
    translation.take_methods(["PUT", "PATCH", "DELETE"])


def _headers(server: Server, value: str, translation: Translation) -> None:
    if REQUESTED in value:
        translation.take_any_header(server.option, "Access-Control-Request-Headers")
        return
    names = split(value)
    if WILDCARD in names and translation.credentials:
        says = "With credentials browsers take the star for a header of that name: it granted nothing."
        translation.different(
            server.option, WILDCARD, says, "It is left out: name the headers that your pages set."
        )
        names = [each for each in names if each != WILDCARD]
    translation.take_headers(names)


def _rare(told: Told, answered: Told, translation: Translation) -> None:
    if told.value("timing-allow-origin") in {ORIGIN, WILDCARD}:
        translation.values["timing"] = True
    if told.value("cross-origin-resource-policy"):
        translation.values["resource_policy"] = told.value("cross-origin-resource-policy")
    if answered.value(f"{_ALLOW}private-network") == "true":
        translation.values["private_network"] = True


def _delivery(server: Server, told: Told, stranger: Told, translation: Translation) -> None:
    """Remark on errors and caches."""
    if f"{_ALLOW}origin" not in told.on_errors:
        translation.different(
            server.option, None, server.errors, "They have them.", "GET of a path that there is not"
        )
    depends = _is_named(told) or told.headers != stranger.headers
    if depends and not any("origin" in each.lower() for each in stranger.values("vary")):
        says = (
            "No `Vary: Origin` said that answers differ: a cache gave the answer for one origin to another."
        )
        translation.different(server.option, None, says, "Every answer that depends on the origin has it.")
