"""The trace, and the codes of refusals."""

from __future__ import annotations

import pytest

from corsage.model import NO_TRACE, NOTE, OK, REFUSED, Algorithm, Cause, Step, Trace, Verdict

CHECK = Algorithm("a check", "https://fetch.spec.whatwg.org/#a-check")
OTHER = Algorithm("another check", "https://fetch.spec.whatwg.org/#another-check")


def test_steps_come_back_in_order() -> None:
    trace = Trace()
    trace.record(CHECK, "1", OK, "{} is {}", "one", 1)
    trace.record(OTHER, "2.1", NOTE, "plain")
    assert len(trace) == 2
    first, second = trace
    assert first == Step(CHECK, "1", Verdict.OK, "{} is {}", ("one", 1))
    assert (first.says, first.url) == ("one is 1", CHECK.url)
    assert (second.number, second.verdict, second.says) == ("2.1", Verdict.NOTE, "plain")


def test_values_with_braces_are_shown_as_they_are() -> None:
    trace = Trace()
    trace.record(CHECK, "1", OK, "got {}", "{0} {name} {")
    assert next(iter(trace)).says == "got {0} {name} {"


def test_the_last_refusal_is_the_one_that_decided() -> None:
    assert Trace().refusal is None
    trace = Trace()
    trace.record(CHECK, "1", REFUSED, "first")
    trace.record(CHECK, "2", REFUSED, "second")
    trace.record(CHECK, "3", OK, "third")
    assert trace.refusal is not None
    assert trace.refusal.says == "second"


def test_no_trace_forgets_everything() -> None:
    NO_TRACE.record(CHECK, "1", REFUSED, "forgotten")
    assert len(NO_TRACE) == 0
    assert NO_TRACE.refusal is None
    assert list(NO_TRACE) == []


ON_PREFLIGHT = {
    Cause.MISSING_ALLOW_ORIGIN: Cause.PREFLIGHT_MISSING_ALLOW_ORIGIN,
    Cause.MULTIPLE_ALLOW_ORIGIN: Cause.PREFLIGHT_MULTIPLE_ALLOW_ORIGIN,
    Cause.INVALID_ALLOW_ORIGIN: Cause.PREFLIGHT_INVALID_ALLOW_ORIGIN,
    Cause.ALLOW_ORIGIN_MISMATCH: Cause.PREFLIGHT_ALLOW_ORIGIN_MISMATCH,
    Cause.WILDCARD_WITH_CREDENTIALS: Cause.PREFLIGHT_WILDCARD_WITH_CREDENTIALS,
    Cause.INVALID_ALLOW_CREDENTIALS: Cause.PREFLIGHT_INVALID_ALLOW_CREDENTIALS,
}


@pytest.mark.parametrize(("cause", "want"), ON_PREFLIGHT.items())
def test_what_the_cors_check_finds_has_a_code_of_its_own_on_preflights(cause: Cause, want: Cause) -> None:
    assert cause.on_preflight is want
    assert want.is_preflight
    assert not cause.is_preflight
    assert cause.is_cors
    assert want.is_cors
    assert want.value == f"Preflight{cause.value}", "named as in Chromium"


def test_every_cause_named_preflight_is_one() -> None:
    for cause in Cause:
        if cause.name.startswith("PREFLIGHT_"):
            assert cause.is_preflight, cause


def test_codes_are_unique_and_words_of_letters() -> None:
    values = [cause.value for cause in Cause]
    assert len(set(values)) == len(values)
    assert all(value.isalpha() and value[0].isupper() for value in values)


# The names of services/network/public/mojom/cors.mojom that can be seen from outside.
CHROMIUM = [
    "MissingAllowOriginHeader",
    "MultipleAllowOriginValues",
    "InvalidAllowOriginValue",
    "AllowOriginMismatch",
    "WildcardOriginNotAllowed",
    "InvalidAllowCredentials",
    "PreflightMissingAllowOriginHeader",
    "PreflightMultipleAllowOriginValues",
    "PreflightInvalidAllowOriginValue",
    "PreflightAllowOriginMismatch",
    "PreflightWildcardOriginNotAllowed",
    "PreflightInvalidAllowCredentials",
    "PreflightInvalidStatus",
    "PreflightDisallowedRedirect",
    "InvalidAllowMethodsPreflightResponse",
    "InvalidAllowHeadersPreflightResponse",
    "MethodDisallowedByPreflightResponse",
    "HeaderDisallowedByPreflightResponse",
    "DisallowedByMode",
    "NoCorsRedirectModeNotFollow",
    "CorsDisabledScheme",
    "RedirectContainsCredentials",
    "InsecureLocalNetwork",
    "InvalidLocalNetworkAccess",
    "LocalNetworkAccessPermissionDenied",
]


@pytest.mark.parametrize("name", CHROMIUM)
def test_chromiums_names_are_cors(name: str) -> None:
    assert Cause(name).is_cors


def test_no_other_cause_is_called_cors() -> None:
    assert {cause.value for cause in Cause if cause.is_cors} == set(CHROMIUM)


NOT_CORS = [
    Cause.MIXED_CONTENT,
    Cause.BAD_PORT,
    Cause.TOO_MANY_REDIRECTS,
    Cause.CORP_NOT_SAME_SITE,
    Cause.OPAQUE_RESPONSE_BLOCKED,
    Cause.NETWORK_FAILURE,
    Cause.PREFLIGHT_NETWORK_FAILURE,
]


@pytest.mark.parametrize("cause", NOT_CORS)
def test_what_only_looks_like_cors_is_not(cause: Cause) -> None:
    assert not cause.is_cors
