"""Whatever is in the file: entries come out as far as there are any, and problems say where and what to do."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import random
from typing import Any

import pytest
from tests.clients.har.har_files import ALLOWED, API, entry, har, preflight

from corsage.clients.har import HarEntry, HarProblem, diagnosable, read_har
from corsage.clients.har.json_text import KEPT_OF_STRING, LONGEST_VALUE
from corsage.clients.har.opening import PIECE

GOOD = json.dumps(entry())


def entries_of(data: bytes) -> tuple[list[HarEntry], tuple[HarProblem, ...]]:
    reader = read_har(io.BytesIO(data))
    found = list(reader)
    return found, reader.problems.listed()


def log(entries: str) -> bytes:
    return f'{{"log": {{"version": "1.2", "entries": [{entries}]}}}}'.encode()


def test_everything_of_an_entry_is_read() -> None:
    raw = entry(
        f"{API}/items?page=2#top",
        "POST",
        {"Authorization": "Bearer s3cret", "Cookie": "sid=s3cret; theme=dark", ":authority": "api.example"},
        302,
        {"Location": "/next", "Set-Cookie": "sid=s3cret; SameSite=Lax"},
        _priority="High",
        _initiator={"type": "script", "url": "https://cdn.example/main.js"},
        serverIPAddress="[2001:db8::1]",
        _fromCache="disk",
    )
    raw["request"]["postData"] = {"mimeType": "text/plain", "text": "hello"}
    (found,), problems = entries_of(har([raw]))
    assert not problems
    assert (found.method, found.url.href, found.page) == ("POST", f"{API}/items?page=2", "page_1")
    assert (found.status, found.redirect_url, found.request_body) == (302, "/next", "hello")
    assert (found.priority, found.initiator, found.initiator_url) == (
        "High",
        "script",
        "https://cdn.example/main.js",
    )
    assert (found.address, found.from_cache, found.has_cookies) == ("2001:db8::1", True, True)
    assert found.started == "2026-05-04T09:00:00.120Z"
    assert ":authority" not in found.request_headers


def test_secrets_do_not_come_in() -> None:
    sent = {"Authorization": "Bearer s3cret", "Cookie": "sid=s3cret; theme=dark"}
    (found,), _ = entries_of(har([entry(sent=sent, received={"Set-Cookie": "sid=s3cret; SameSite=Lax"})]))
    assert "s3cret" not in repr(found)
    assert found.request_headers.get("cookie") == "sid=removed; theme=removed"
    assert found.response_headers.get("set-cookie") == "sid=removed; SameSite=Lax"


@pytest.mark.parametrize(
    "pack",
    [
        pytest.param(lambda data: data, id="plain"),
        pytest.param(gzip.compress, id="gzip"),
        pytest.param(
            lambda data: gzip.compress(data[:100]) + gzip.compress(data[100:]), id="gzip in two members"
        ),
        pytest.param(lzma.compress, id="xz"),
        pytest.param(
            lambda data: lzma.compress(data[:100]) + lzma.compress(data[100:]), id="xz in two streams"
        ),
        pytest.param(lambda data: b"\xef\xbb\xbf" + data, id="UTF-8 with a mark"),
        pytest.param(lambda data: data.decode().encode("utf-16"), id="UTF-16"),
    ],
)
def test_every_packing_is_understood(pack: Any) -> None:
    found, problems = entries_of(pack(har([entry(), entry(f"{API}/größe")])))
    assert [each.url.path for each in found] == ["/items", "/gr%C3%B6%C3%9Fe"]
    assert not problems


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty"),
        (b"  \n", "the file is empty"),
        (b"<!doctype html>", "no HAR file"),
        (b'"text"', "no HAR file"),
        (b'{"log": {}}', "no HAR file"),
        (b'{"log": {"entries": {}}}', "no HAR file"),
        (b'{"log": [1, 2]}', "no HAR file"),
        (b"PK\x03\x04\x14", "ZIP archive"),
        (b"\x28\xb5\x2f\xfd\x04", "Zstandard"),
        (b"\x1f\x8bnot gzip at all", "gzip data is damaged"),
        (b"\xfd7zXZ\x00not xz at all", "xz data is damaged"),
    ],
)
def test_what_is_no_har_file_is_told(data: bytes, says: str) -> None:
    found, problems = entries_of(data)
    assert not found
    assert any(says in problem.says and problem.do for problem in problems)


@pytest.mark.parametrize("creator_last", [False, True])
def test_the_order_of_members_does_not_matter(*, creator_last: bool) -> None:
    parts = [
        '"version": "1.2"',
        f'"entries": [{GOOD}]',
        '"creator": {"name": "Fiddler"}',
        '"comment": [{"a": "]}"}]',
    ]
    text = ", ".join(parts if creator_last else parts[::-1])
    reader = read_har(io.BytesIO(f'{{"x": {{"y": [1]}}, "log": {{{text}}}}}'.encode()))
    assert len(list(reader)) == 1
    assert reader.recorder.name == "Fiddler"
    assert not reader.problems.listed()


@pytest.mark.parametrize("whole", [f"[{GOOD}]", f'{{"entries": [{GOOD}]}}'])
def test_a_file_without_a_log_is_read(whole: str) -> None:
    found, problems = entries_of(whole.encode())
    assert len(found) == 1
    assert not problems


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ("1", "no request"),
        ("null", "no request"),
        ('"text"', "no request"),
        ('{"request": 7}', "no request"),
        ('{"request": {"url": 7}}', "of type int"),
        ('{"request": {"url": ""}}', "its URL is empty"),
        ('{"request": {"url": "not a URL"}}', "no URL: 'not a URL'"),
        ('{"request": {"url": "https://"}}', "no URL"),
        ('{"a": tru}', "not JSON"),
        ('{"a": "\\x"}', "not JSON"),
        ('{"a" "b"}', "not JSON"),
        ("{'a': 1}", "not JSON"),
        (f'{{"a": {"1" * 5000}}}', "thousands of digits"),
        ("[" * 50_000 + "]" * 50_000, "nested too deeply"),
        ('{"a":' * 50_000 + "1" + "}" * 50_000, "nested too deeply"),
        (f'{{"a": [{",".join(["1.5"] * (LONGEST_VALUE // 3))}]}}', "is longer than"),
    ],
    ids=lambda value: value[:20],
)
def test_a_bad_entry_hides_no_other(bad: str, says: str) -> None:
    found, problems = entries_of(log(f"{GOOD}, {bad}, {GOOD}"))
    assert len(found) == 2
    (problem,) = problems
    assert says in problem.says
    assert problem.where.startswith("entry 1, near character")
    assert problem.do


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("response", None),
        ("response", []),
        ("response", {"status": "abc", "headers": {"a": 1}}),
        ("response", {"status": float("nan"), "headers": [1, None, {"name": 1, "value": 2}, {"name": "a"}]}),
        ("response", {"status": 10**400, "content": {"text": 7, "size": "big", "encoding": "base64"}}),
        ("response", {"status": True, "content": {"text": "!!!", "encoding": "base64"}}),
        ("startedDateTime", "yesterday"),
        ("startedDateTime", "99999-01-01T00:00:00Z"),
        ("pageref", ["page_1"]),
        ("_initiator", "script"),
        ("_initiator", {"type": 1, "url": {}}),
        ("_resourceType", 5),
        ("serverIPAddress", "not an address"),
        ("request", {"url": API, "method": 5, "headers": "none", "cookies": 7, "postData": "text"}),
        (
            "request",
            {"url": API, "headers": [{"name": "\ud800", "value": "\ud800\n\x00"}, {"name": "", "value": ""}]},
        ),
    ],
    ids=repr,
)
def test_wrong_types_do_no_harm(field: str, value: object) -> None:
    data = har([entry() | {field: value}, entry()])
    reading = diagnosable(io.BytesIO(data))
    assert reading.totals.entries == 2


def test_lines_that_were_joined_are_taken_apart() -> None:
    joined = f"{API}\nhttps://other.example"
    (found,), _ = entries_of(
        har([entry(received={"Access-Control-Allow-Origin": joined, "X-Name": "größe €"})])
    )
    assert found.response_headers.lines("access-control-allow-origin") == [API, "https://other.example"]
    assert found.response_headers.get("x-name") == "größe €".encode().decode("latin-1")


def test_headers_may_be_an_object() -> None:
    raw = entry()
    raw["response"]["headers"] = {"Access-Control-Allow-Origin": "*"}
    (found,), problems = entries_of(har([raw]))
    assert found.response_headers.get("access-control-allow-origin") == "*"
    assert not problems


def test_bytes_that_are_no_utf8_are_replaced_and_told() -> None:
    data = har([entry(received={"X-Name": "SWAP"}), entry()]).replace(b"SWAP", b"\xff\xfe")
    found, problems = entries_of(data)
    assert len(found) == 2
    assert [problem.says for problem in problems] == ["some bytes are no UTF-8"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lzma.compress])
def test_wherever_the_file_is_cut_what_came_before_is_kept(pack: Any) -> None:
    whole = har([entry(f"{API}/{number}") for number in range(5)])
    starts = [whole.index(f"{API}/{number}".encode()) for number in range(5)]
    for cut in range(0, len(whole), 97):
        found, problems = entries_of(pack(whole[:cut]))
        assert len(found) == max(sum(start < cut for start in starts) - 1, 0) or len(found) == sum(
            start < cut for start in starts
        )
        assert problems
    packed = pack(whole)
    for cut in range(20, len(packed), 89):
        assert entries_of(packed[:cut])[1]


def test_long_strings_are_cut_wherever_they_lie() -> None:
    """Bodies of megabytes cost what is kept of them; what follows is read as if they were short."""
    bodies = [
        "x" * (3 * PIECE),
        '\\"' * PIECE,
        "\\\\" * PIECE,
        "\\u20ac" * PIECE,
        "\\ud83d\\ude00" * (PIECE // 5),
    ]
    for shift in range(14):
        parts = [
            f'{{"request": {{"url": "{API}/{number}"}}, "response": {{"content": {{"text": "{"y" * shift}{body}"}}}}}}'
            for number, body in enumerate(bodies)
        ]
        found, problems = entries_of(log(", ".join(parts)))
        assert [each.url.path for each in found] == [f"/{number}" for number in range(len(bodies))]
        assert not problems
    assert KEPT_OF_STRING < PIECE


def test_pieces_of_any_size_give_the_same() -> None:
    data = har([entry(f"{API}/{number}", received=ALLOWED) for number in range(20)])

    class Dribble(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            del size
            return super().read(sizes.randrange(1, 40))

    for seed in range(5):
        sizes = random.Random(seed)  # noqa: S311 - any sizes will do
        reader = read_har(Dribble(data))
        assert [each.url.path for each in reader] == [f"/{number}" for number in range(20)]
        assert not reader.problems.listed()


def test_random_damage_raises_nothing() -> None:
    whole = bytearray(har([entry(received=ALLOWED), preflight(), entry(method="PUT", status=0)] * 3))
    dice = random.Random(4)  # noqa: S311 - any damage will do
    for _ in range(400):
        damaged = bytearray(whole)
        for _ in range(dice.randrange(1, 8)):
            damaged[dice.randrange(len(damaged))] = dice.choice(b'{}[]",:\\0\xff\x00e')
        diagnosable(io.BytesIO(bytes(damaged)))


def test_problems_are_bounded() -> None:
    _, problems = entries_of(log(", ".join(["1"] * 500)))
    assert len(problems) == 51
    assert problems[-1].says == "450 more problems like these"


def test_progress_tells_bytes_of_the_file() -> None:
    seen: list[int] = []
    data = har([entry(f"{API}/{'x' * 900}")] * 600)
    list(read_har(io.BytesIO(data), seen.append))
    assert seen == sorted(seen)
    assert seen[-1] == len(data) > seen[0]


def test_a_stream_that_fails_is_not_hidden() -> None:
    class Broken:
        def read(self, size: int, /) -> bytes:
            raise OSError(size)

    with pytest.raises(OSError, match=str(PIECE)):
        list(read_har(Broken()))
