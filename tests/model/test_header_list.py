"""Header lists: ordered pairs, duplicates kept."""

from hypothesis import given
from hypothesis import strategies as st

from corsage.grammar import FAILURE
from corsage.model import NO_HEADERS, HeaderList

LIST = HeaderList(
    [("X-B", "1"), ("Set-Cookie", "a=1"), ("x-a", "2"), ("X-b", "3"), ("set-cookie", "b=2"), ("Empty", "")]
)
PAIRS = st.lists(
    st.tuples(st.sampled_from(["A", "a", "B", "Set-Cookie", "X-Long"]), st.text("xy ,", max_size=3)),
    max_size=8,
)


def test_get_joins_every_line_under_any_spelling() -> None:
    assert LIST.get("x-b") == "1, 3"
    assert LIST.get("x-a") == "2"


def test_get_tells_absent_from_empty() -> None:
    assert LIST.get("x-c") is None
    assert LIST.get("empty") == ""


def test_lines_are_in_order_and_apart() -> None:
    assert LIST.lines("x-b") == ["1", "3"]
    assert LIST.lines("absent") == []


def test_extract_is_none_failure_or_a_tuple() -> None:
    headers = HeaderList([("A", "x, y"), ("a", "z"), ("B", "x y"), ("C", "")])
    assert headers.extract("a") == ("x", "y", "z")
    assert headers.extract("b") is FAILURE
    assert headers.extract("c") == ()
    assert headers.extract("d") is None


def test_names_are_lower_case_and_each_once() -> None:
    assert LIST.names() == ["x-b", "set-cookie", "x-a", "empty"]
    assert NO_HEADERS.names() == []


def test_looking_up_what_is_absent_adds_no_name() -> None:
    headers = HeaderList([("A", "1")])
    headers.lines("b")
    assert headers.get("b") is None
    assert "b" not in headers
    assert headers.names() == ["a"]


def test_without_removes_every_spelling() -> None:
    assert LIST.without(["x-b", "absent"]).pairs == (
        ("Set-Cookie", "a=1"),
        ("x-a", "2"),
        ("set-cookie", "b=2"),
        ("Empty", ""),
    )
    assert LIST.lines("x-b"), "the list itself stays"


def test_with_header_appends() -> None:
    assert LIST.with_header("X-A", "9").get("x-a") == "2, 9"
    assert LIST.get("x-a") == "2", "the list itself stays"


def test_combined_keeps_order_and_first_spelling() -> None:
    assert LIST.combined() == [("X-B", "1, 3"), ("Set-Cookie", "a=1, b=2"), ("x-a", "2"), ("Empty", "")]


def test_sort_and_combine_keeps_set_cookie_lines_apart() -> None:
    assert LIST.sorted_and_combined() == [
        ("empty", ""),
        ("set-cookie", "a=1"),
        ("set-cookie", "b=2"),
        ("x-a", "2"),
        ("x-b", "1, 3"),
    ]


def test_names_sort_by_their_bytes() -> None:
    headers = HeaderList([("a_", ""), ("a-", ""), ("A", ""), ("a1", "")])
    assert [name for name, _ in headers.sorted_and_combined()] == ["a", "a-", "a1", "a_"]


def test_a_list_is_a_value() -> None:
    same = HeaderList(iter(LIST.pairs))
    assert same == LIST
    assert hash(same) == hash(LIST)
    assert same != HeaderList()
    assert same != LIST.pairs, "a tuple of pairs is no header list"
    assert list(LIST) == list(LIST.pairs)
    assert len(LIST) == 6
    assert "x-a" in LIST
    assert "x-c" not in LIST
    assert repr(HeaderList([("A", "1")])) == "HeaderList((('A', '1'),))"


@given(PAIRS)
def test_no_value_is_lost_or_reordered(pairs: list[tuple[str, str]]) -> None:
    headers = HeaderList(pairs)
    for name in headers.names():
        assert headers.lines(name) == [value for spelled, value in pairs if spelled.lower() == name]
        assert headers.get(name) == ", ".join(headers.lines(name))
    assert sum(len(headers.lines(name)) for name in headers.names()) == len(pairs)
    names = [name for name, _ in headers.sorted_and_combined()]
    assert names == sorted(names)
