"""Whatever is pasted: found out, parted, and made one evidence."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.clients.pasted import Part, PartKind, read_pasted
from corsage.clients.pasted.documents import is_har
from corsage.model import Cause
from corsage.model.evidence import Evidence

MESSAGE = (
    "Access to fetch at 'https://api.example.com/v1/x' from origin 'http://localhost:3000' has been blocked by CORS "
    "policy: Response to preflight request doesn't pass access control check: It does not have HTTP ok status."
)
FETCH = """const res = await fetch("https://api.example.com/v1/x", {
  method: "PUT",
  credentials: 'include',
  headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
}).then(r => r.json());"""
CURL = """$ curl -i -X OPTIONS https://api.example.com/v1/x -H 'Origin: http://localhost:3000' \\
  -H 'Access-Control-Request-Method: PUT'
HTTP/1.1 401 Unauthorized
Server: nginx
Content-Length: 0
"""
MIXED = f"""I get this in Chrome:

{MESSAGE}

My code:
```js
{FETCH}
```

But curl says:

{CURL}
It works in Postman. nginx in front of Django:

add_header Access-Control-Allow-Origin *;
"""


def kinds(parts: tuple[Part, ...]) -> list[tuple[PartKind, str]]:
    return [(part.kind, part.what) for part in parts]


def test_a_mixed_paste_becomes_one_evidence() -> None:
    found = read_pasted(MIXED)
    evidence = found.evidence
    assert found.kind is PartKind.MIXED
    assert kinds(found.parts) == [
        (PartKind.MESSAGE, "chromium"),
        (PartKind.SNIPPET, "fetch"),
        (PartKind.SNIPPET, "curl"),
        (PartKind.EXCHANGE, ""),
        (PartKind.TEXT, ""),
    ]
    assert (found.parts[1].first, found.parts[1].last) == (7, 11)
    assert [message.says for message in evidence.messages] == [Cause.PREFLIGHT_INVALID_STATUS]
    assert (evidence.method, evidence.url) == ("PUT", "https://api.example.com/v1/x")
    assert (evidence.origin, evidence.credentials) == ("http://localhost:3000", "include")
    assert evidence.request_headers.names() == ["content-type", "authorization"]
    assert evidence.preflight is not None
    assert (evidence.preflight.status, evidence.preflight.whole, evidence.actual) == (401, True, None)
    assert evidence.notes.splitlines() == [
        "I get this in Chrome:",
        "My code:",
        "But curl says:",
        "It works in Postman. nginx in front of Django:",
        "add_header Access-Control-Allow-Origin *;",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", PartKind.EMPTY),
        (" \n\ufeff", PartKind.EMPTY),
        ("works in Postman but not in the browser", PartKind.TEXT),
        ("https://api.example.com/x", PartKind.URL),
        ("<https://api.example.com/x>\n", PartKind.URL),
        ("localhost:3008", PartKind.URL),
        (MESSAGE, PartKind.MESSAGE),
        (FETCH, PartKind.SNIPPET),
        (f"This is my code:\n{FETCH}\nWhy does it fail?", PartKind.SNIPPET),
        ("access-control-allow-origin: *\naccess-control-allow-methods: GET", PartKind.EXCHANGE),
        (CURL, PartKind.MIXED),
        ('{"detail": "Disallowed CORS origin"}', PartKind.MESSAGE),
        ('{"log": {"version": "1.2", "entries": []}}', PartKind.HAR),
        ('{"console_message": null, "request": {}}', PartKind.EVIDENCE),
        ('{"item": [{"request": "https://a.example", "response": []}]}', PartKind.EXCHANGE),
        ('[{"a": 1}]', PartKind.TEXT),
        ('{"log": "x"}', PartKind.TEXT),
    ],
)
def test_it_finds_out_by_itself(text: str, kind: PartKind) -> None:
    assert read_pasted(text).kind is kind


def test_an_address_among_prose_is_taken_where_nothing_else_names_one() -> None:
    found = read_pasted("It fails for\nhttps://api.example.com/x\nsince Monday")
    assert (found.evidence.url, found.evidence.notes) == (
        "https://api.example.com/x",
        "It fails for\nsince Monday",
    )


def test_lines_of_evidence() -> None:
    lines = [json.dumps({"input": {"request": {"url": "/x"}}}), json.dumps({"input": {}}), "{bad"]
    found = read_pasted("\n".join(lines))
    assert (found.kind, found.evidence.url) == (PartKind.EVIDENCE, "/x")
    assert found.problems[0].startswith("line 3: not JSON")
    assert "2 lines of evidence" in found.problems[1]


def test_a_har_is_left_to_its_reader() -> None:
    text = '\ufeff{\n  "log": {\n    "entries": ['
    assert is_har(text)
    assert read_pasted(text).kind is PartKind.HAR
    assert read_pasted(text).evidence == Evidence()


def test_another_servers_answer_is_no_answer_to_the_request() -> None:
    found = read_pasted(
        f"{MESSAGE}\n$ curl -v https://other.example/health\n> GET /health HTTP/2\n> Host: other.example\n>\n"
        "< HTTP/2 200\n< server: x\n<\n"
    ).evidence
    assert (found.url, found.actual, found.method) == ("", None, "")
    assert [(probe.name, probe.answer.status) for probe in found.probes] == [("elsewhere", 200)]


def test_the_messages_address_counts_more_than_half_of_one() -> None:
    found = read_pasted(f"{MESSAGE}\nfetch(`${{API}}/x`, {{credentials: 'include'}})").evidence
    assert (found.url, found.credentials) == ("", "include")
    assert found.messages[0].url == "https://api.example.com/v1/x"
    assert "the snippet asks ${API}/x" in found.observed


def test_a_command_is_what_the_failure_below_it_answers() -> None:
    found = read_pasted(
        "$ curl https://a.example -X PUT\ncurl: (60) SSL certificate problem: certificate has expired\n"
    )
    assert (found.evidence.method, found.evidence.url) == ("PUT", "https://a.example")
    assert found.evidence.actual is not None
    assert found.evidence.actual.failure == "tls-expired"


def test_what_was_tried_by_hand_elsewhere_does_not_hide_the_messages_address() -> None:
    found = read_pasted(
        f"{MESSAGE}\n$ curl -i https://api.example.com/health\nHTTP/1.1 200 OK\nserver: x\n"
    ).evidence
    assert (found.url, found.observed) == ("", ("this was tried by hand: https://api.example.com/health",))
    assert found.actual is not None
    assert found.actual.status == 200


def test_never_do_things_are_remarked() -> None:
    found = read_pasted(f"{MESSAGE}\nI tried\nfetch('https://api.example.com/v1/x', {{mode: 'no-cors'}})")
    assert "the snippet sets mode: 'no-cors'" in found.evidence.observed
    assert found.evidence.mode == "no-cors"


def test_too_much_is_said_to_be() -> None:
    assert read_pasted("x " * 1_500_000).problems == ("only the first 2097152 characters were read",)


_PIECES = [
    MESSAGE,
    FETCH,
    CURL,
    "https://a.example",
    "{",
    "}",
    '"',
    "\n",
    "`",
    "curl ",
    "fetch(",
    "HTTP/1.1 200 OK\n",
    "a: b\n",
]


def test_line_ends_of_windows() -> None:
    assert read_pasted(MIXED.replace("\n", "\r\n")).evidence == read_pasted(MIXED).evidence


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=5), max_size=12).map("".join))
def test_no_text_is_too_odd(text: str) -> None:
    found = read_pasted(text)
    f"{found!r}".encode()
    assert all(part.first <= part.last <= text.count("\n") + 1 for part in found.parts)


@pytest.mark.parametrize("piece", [MIXED, "some words of prose\n", "word ", "{", '{"a":', "\n", CURL])
def test_much_of_anything_is_read_at_once(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    began = time.process_time()
    read_pasted(text)
    # Quadratic readers take much longer; the limit leaves room for slow machines.
    assert time.process_time() - began < 3


def test_who_says_cors_error_in_a_sentence_says_the_sentence() -> None:
    says = "works on first load but after refresh CORS error; with Disable cache ticked it works"
    assert read_pasted(says).evidence.notes == says
    assert not read_pasted("CORS error\tfetch\tapi.example.com\t0 B\t12 ms").evidence.notes
