"""Whatever is pasted, the reader answers with messages or none, soon."""

# ruff: noqa: RUF001 - quotes of many languages are what is pasted

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corsage.clients.console import read_messages
from corsage.clients.console.reading import _CORES, MOST_MESSAGES

WORDS = st.sampled_from([core.words for core in _CORES])
PIECES = st.one_of(
    WORDS, st.sampled_from(["'", "‘", "’", " ", "\n", "://", "(", ")", ".", "404", "&#39;", "\\n", "*"])
)


@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    assert isinstance(read_messages(text), tuple)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40))
def test_any_mixture_of_what_it_looks_for(pieces: list[str]) -> None:
    assert len(read_messages("".join(pieces))) <= MOST_MESSAGES


@settings(max_examples=300)
@given(st.data())
def test_any_slice_of_a_known_message(known_texts: list[str], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(known_texts))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for message in read_messages(text[start:end]):
        assert message.says


@pytest.mark.parametrize(
    "text",
    [
        "lorem ipsum dolor sit amet " * 37_000,
        "net::ERR_" * 110_000,
        "XMLHttpRequest cannot load " * 37_000,
        "(Reason: CORS " * 70_000,
        "Content-Security-Policy " * 41_000,
        "origin " * 140_000 + "is not allowed by Access-Control-Allow-Origin",
        "GET / " * 160_000,
        "GET /" + "a" * 990_000,
        "| 404 | " * 120_000,
        "\n" * 1_000_000,
        "'" * 1_000_000,
        "://" * 333_000,
        "&#39;" * 200_000,
        "\\n" * 500_000,
        "<br " * 250_000,
        "Ωİ漢" * 333_000,
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_a_megabyte_takes_no_time_to_speak_of(text: str) -> None:
    start = time.perf_counter()
    read_messages(text)
    # Half a second on a quiet machine; what backtracks would take minutes.
    assert time.perf_counter() - start < 10
