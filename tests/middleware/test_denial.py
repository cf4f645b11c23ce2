"""Denials are told in bounds, and cannot forge a line of a log."""

from __future__ import annotations

import logging

import pytest

from corsage.middleware.denial import BURST, EVERY_SECONDS, UNASKED, Denial, Denials
from corsage.server import Reason

EVIL = Denial(
    Reason.ORIGIN_NOT_ALLOWED,
    "https://evil.example",
    "https://evil.example\r\nINFO all is well",
    "GET",
    "/" + "a" * 5000,
    preflight=False,
)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_denial_is_one_bounded_line() -> None:
    assert "\r" not in EVIL.says
    assert "\n" not in EVIL.says
    assert r"\x0d\x0a" in EVIL.says
    assert len(EVIL.says) < 600


@pytest.mark.parametrize("char", ["\x1b", "\u202e", "\x85", "\u2028"])
def test_what_moves_the_cursor_is_escaped(char: str) -> None:
    denial = Denial(Reason.HEADER_NOT_ALLOWED, f"x{char}", "null", "PUT", "/", preflight=True)
    assert char not in denial.says


def test_the_log_is_bounded_and_counts_what_it_leaves_out(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    denials = Denials(clock=clock)
    unasked, rain = 0, BURST + 1 + 4 * (1 + UNASKED)
    for _ in range(rain):
        if unasked:
            unasked -= 1
        elif denials.wanted():
            denials.tell(EVIL)
        else:
            unasked = denials.pass_over()
    assert len(caplog.records) == BURST
    clock.now += EVERY_SECONDS
    assert denials.wanted()
    denials.tell(EVIL)
    assert len(caplog.records) == BURST + 1
    assert f"({rain - BURST} more not logged)" in caplog.records[-1].getMessage()
    assert caplog.records[-1].levelno == logging.WARNING


def test_after_a_long_silence_the_first_are_logged_again(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    denials = Denials(clock=clock)
    for _ in range(2):
        for _ in range(100):
            if denials.wanted():
                denials.tell(EVIL)
        clock.now += EVERY_SECONDS * (BURST + 2)
    assert len(caplog.records) == 2 * BURST


def test_denials_that_rain_need_not_be_asked_about_one_by_one() -> None:
    clock = Clock()
    denials = Denials(clock=clock)
    assert denials.pass_over() == 0  # the first of its kind
    clock.now += 0.001
    unasked = denials.pass_over()
    assert unasked > 0
    assert denials.left_out == 2
    clock.now += 60
    assert denials.pass_over() == 0
    assert denials.left_out == 3 + unasked


def test_a_hook_hears_of_every_denial_and_may_fail(caplog: pytest.LogCaptureFixture) -> None:
    heard: list[Denial] = []

    def hook(denial: Denial) -> None:
        heard.append(denial)
        raise RuntimeError("the hook is broken")

    denials = Denials(hook, log=False)
    for _ in range(50):
        assert denials.wanted()
        denials.tell(EVIL)
    assert heard == [EVIL] * 50
    assert "on_denied raised" in caplog.text


def test_nobody_listening_nothing_is_told() -> None:
    assert not Denials(log=False).wanted()
