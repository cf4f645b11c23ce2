"""Pitfalls of rack-cors."""

from __future__ import annotations

from typing import Final

import pytest
from tests.stacks.linting import check_all_tried, check_hostile, check_own_texts, check_pitfall

STACKS: Final = ("rails", "rack")
GOOD: Final = """
Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    # origins 'https://old.example/'
    origins 'https://app.example',
            /\\Ahttps:\\/\\/[a-z]+\\.example\\.com\\z/
    resource '*', headers: :any, methods: [:get, :post], credentials: true
  end
end
"""
CASES: Final = {
    ("rails", "used-last"): ("config.middleware.use Rack::Cors do\nend", GOOD),
    ("rails", "open-expression"): ("origins /example\\.com/", GOOD),
    ("rack", "open-expression"): ("origins 'https://a.example',\n  /^https:\\/\\/.*\\.example$/", GOOD),
    ("rails", "trailing-slash"): ("origins 'https://app.example/'", GOOD),
    ("rails", "star-with-credentials"): ("origins '*'\nresource '*', credentials: true", GOOD),
    ("rails", "websocket-open"): ("config.action_cable.disable_request_forgery_protection = true", GOOD),
    ("rack", "methods-left-out"): ("origins 'https://a.example'\nresource '*', headers: :any", GOOD),
}


@pytest.mark.parametrize(("stack", "pitfall"), CASES)
def test_it_is_seen(stack: str, pitfall: str) -> None:
    check_pitfall(stack, pitfall, *CASES[stack, pitfall])


def test_all_are_tried() -> None:
    check_all_tried(STACKS, CASES)


@pytest.mark.parametrize("stack", STACKS)
def test_what_we_write_has_none(stack: str) -> None:
    check_own_texts(stack)
    check_hostile(stack)
