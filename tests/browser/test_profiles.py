"""Profiles are data: every departure says what it is and how it is known."""

from __future__ import annotations

from dataclasses import Field, FrozenInstanceError, fields, replace
from typing import Any

import pytest

from corsage.browser import CHROMIUM, FIREFOX, PROFILES, STANDARD, WEBKIT, Engine, Profile
from corsage.browser.differences import PreflightCheck

DIFFERENCES = [field for field in fields(Profile) if field.name not in {"name", "engine"}]


@pytest.mark.parametrize("field", DIFFERENCES, ids=lambda field: field.name)
def test_every_difference_says_what_it_is_and_where_it_was_learned(field: Field[Any]) -> None:
    assert field.metadata["what"].endswith("."), "a sentence"
    assert len(field.metadata["what"]) > 20
    assert len(field.metadata["source"]) > 5


@pytest.mark.parametrize("field", DIFFERENCES, ids=lambda field: field.name)
def test_every_difference_is_some_browsers(field: Field[Any]) -> None:
    standard = getattr(STANDARD, field.name)
    assert any(getattr(profile, field.name) != standard for profile in PROFILES.values()), (
        "a field nobody needs"
    )


def test_the_standard_does_not_depart_from_itself() -> None:
    assert STANDARD.departures == ()


@pytest.mark.parametrize("profile", [CHROMIUM, FIREFOX, WEBKIT], ids=lambda profile: profile.name)
def test_the_departures_of_a_browser_can_be_listed(profile: Profile) -> None:
    assert len(profile.departures) > 10
    for name, value, what, source in profile.departures:
        assert value == getattr(profile, name)
        assert value != getattr(STANDARD, name)
        assert what
        assert source


def test_safari_is_webkit() -> None:
    assert PROFILES["safari"] is WEBKIT
    assert set(PROFILES) >= {"standard", "chromium", "firefox", "webkit", "safari"}


@pytest.mark.parametrize("name", [name for name in PROFILES if name != "safari"])
def test_a_profile_is_found_under_its_own_name(name: str) -> None:
    assert PROFILES[name].name == name


def test_each_browser_has_an_engine_of_its_own() -> None:
    engines = [profile.engine for profile in (STANDARD, CHROMIUM, FIREFOX, WEBKIT)]
    assert engines == [Engine.STANDARD, Engine.CHROMIUM, Engine.FIREFOX, Engine.WEBKIT]


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_no_profile_leaves_out_a_check_that_decides(profile: Profile) -> None:
    checks = profile.preflight_checks
    assert len(set(checks)) == len(checks)
    assert set(checks) >= {
        PreflightCheck.CORS_CHECK,
        PreflightCheck.STATUS,
        PreflightCheck.PARSE_METHODS,
        PreflightCheck.PARSE_HEADERS,
        PreflightCheck.METHOD,
        PreflightCheck.HEADERS,
    }
    if not profile.authorization_covered_by_wildcard:
        assert PreflightCheck.AUTHORIZATION in checks


def test_a_profile_is_frozen_and_can_be_varied() -> None:
    with pytest.raises(FrozenInstanceError):
        STANDARD.name = "other"  # type: ignore[misc]
    variant = replace(STANDARD, name="variant", user_agent_is_ignored=True)
    assert [name for name, *_ in variant.departures] == ["user_agent_is_ignored"]
