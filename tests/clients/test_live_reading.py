"""The readers of heads, without a network."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corsage.clients.live.header_reader import HeaderReader
from corsage.clients.live.sent_headers import SentHeaders

LINES = st.lists(
    st.one_of(
        st.binary(max_size=12),
        st.sampled_from([b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 100 C\r\n", b"A: b\r\n", b" fold\r\n", b"\r\n"]),
    ),
    max_size=12,
)


@given(LINES, st.integers(0, 60))
def test_no_line_upsets_the_reader(lines: list[bytes], limit: int) -> None:
    reader = HeaderReader(limit)
    for line in lines:
        went_on = reader.feed(line)
        assert went_on is not reader.too_large
        if not went_on:
            break
    assert not (reader.complete and reader.status is None)
    assert sum(len(name) + len(value) for name, value in reader.pairs) <= limit


@given(st.lists(st.tuples(st.sampled_from(["A", "b-c"]), st.sampled_from(["", "x", " y", "é: "]))), st.data())
def test_a_sent_head_may_come_in_pieces(pairs: list[tuple[str, str]], data: st.DataObject) -> None:
    text = "GET / HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in pairs) + "\r\n"
    head = text.encode("latin-1")
    cut = data.draw(st.integers(1, len(head) - 1))
    sent = SentHeaders()
    assert sent.feed(b"CONNECT x HTTP/1.1\r\n\r\n")
    assert sent.is_connect
    assert [sent.feed(head[:cut]), sent.feed(head[cut:])] == [True, False]
    assert sent.pairs == tuple(pairs)
    assert not sent.is_connect


def test_a_proxy_s_answer_is_read_over() -> None:
    reader = HeaderReader(1000)
    reader.restart(of_proxy=True)
    for line in (b"HTTP/1.1 200 Connected\r\n", b"X: y\r\n", b"\r\n"):
        assert reader.feed(line)
    assert (reader.complete, reader.status, reader.pairs) == (False, None, [])


def test_a_folded_line_without_a_line_before_it_is_dropped() -> None:
    reader = HeaderReader(1000)
    for line in (
        b"HTTP/1.1 200 OK\r\n",
        b" fold\r\n",
        b"no colon\r\n",
        b"A: b\r\n",
        b"\r\n",
        b"Trailer: x\r\n",
    ):
        assert reader.feed(line)
    assert (reader.complete, reader.pairs) == (True, [("A", "b")])
