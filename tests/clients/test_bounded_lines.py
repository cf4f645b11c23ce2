"""Files without an end, or without line feeds, are read within bounds."""

import io
import time

import pytest

from corsage.clients.bounded_lines import bounded_lines
from corsage.clients.pasted import read_pasted
from corsage.clients.structured import Unread, read_evidence_lines
from corsage.server.importers import TEXT_IMPORTERS


class Endless(io.TextIOBase):
    """A file of one character, for ever."""

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        assert size > 0, "all of it was asked for"
        return "x" * size


def test_an_endless_line_is_cut_and_nothing_is_sought_behind_it() -> None:
    assert list(bounded_lines(Endless(), 100_000)) == ["x" * 100_001]
    assert [type(each) for each in read_evidence_lines(Endless())] == [Unread]


def test_behind_a_long_line_reading_goes_on() -> None:
    text = io.StringIO("a\n" + "b" * 25 + "\n\nc")
    assert list(bounded_lines(text, 9)) == ["a\n", "b" * 10, "\n", "c"]
    assert list(bounded_lines(["a", "b" * 25], 9)) == ["a", "b" * 25]


def _seconds(read: object, text: str) -> float:
    assert callable(read)
    start = time.process_time()
    read(text)
    return time.process_time() - start


@pytest.mark.parametrize("blank", [" ", "\t"])
def test_blanks_behind_a_name_take_linear_time(blank: str) -> None:
    assert _seconds(read_pasted, "Invoke-WebRequest -Uri " + blank * 200_000) < 10


@pytest.mark.parametrize(
    ("peer", "text"),
    [
        ("apache", "<" + "A" * 100_000),
        ("laravel", "<?php return [" + "/*x" * 60_000),
        ("laravel", "'\\" * 90_000),
        ("rack-cors", "%w(x" * 45_000),
        ("rack-cors", "'\\" * 90_000),
        ("aspnet", "/*x" * 60_000),
    ],
)
def test_what_is_never_closed_is_not_sought_again_and_again(peer: str, text: str) -> None:
    assert _seconds(TEXT_IMPORTERS[peer], text) < 10
