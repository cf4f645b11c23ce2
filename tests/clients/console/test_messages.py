"""Every message of the tables is read as what it says, field by field."""

from collections.abc import Callable
from typing import Any

from corsage.clients.console import read_messages, servers
from corsage.model.symptom import Symptom
from corsage.stacks import all_stacks

Reads = Callable[[str], list[dict[str, Any]]]


def test_what_it_says(known: str, says: list[dict[str, Any]], reads: Reads) -> None:
    assert reads(known) == says


def test_the_tables_are_long(known_texts: list[str]) -> None:
    assert len(known_texts) >= 400


def test_ordinary_text_says_nothing() -> None:
    for text in (
        "",
        "hello",
        "The page asks the server for data and shows it. Nothing failed.",
        "Access-Control-Allow-Origin: https://app.example\nAccess-Control-Allow-Methods: GET, PUT",
        "Content-Security-Policy: connect-src 'self' https://api.example",
        "file not found; see the path /redirect-location/url-scheme/",
        "works in Postman, not in the browser",
    ):
        assert read_messages(text) == ()


def test_text_is_one_line_and_bounded() -> None:
    long = (
        "Access to fetch at 'https://api.example/"
        + "x" * 9000
        + "' from origin\n'null' has been blocked by CORS policy"
    )
    (message,) = read_messages(long)
    assert "\n" not in message.text
    assert len(message.text) <= 2000


def test_several_at_once_keep_their_order(reads: Reads) -> None:
    text = (
        "GET https://a.example/ net::ERR_CONNECTION_REFUSED\n"
        "Access to fetch at 'https://b.example/x' from origin 'https://app.example' has been blocked by CORS policy: "
        "No 'Access-Control-Allow-Origin' header is present on the requested resource.\n"
        "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at "
        "https://c.example/. (Reason: CORS request did not succeed). Status code: (null).\n"
    )
    assert [message["url"] for message in reads(text)] == [
        "https://a.example/",
        "https://b.example/x",
        "https://c.example/",
    ]


def test_what_is_said_twice_is_read_once(known: str, says: list[dict[str, Any]], reads: Reads) -> None:
    assert reads(f"{known}\n\n{known}\n") == says


def test_chromium_s_err_failed_is_an_echo_and_gives_its_status() -> None:
    text = (
        "Access to fetch at 'https://api.example/x' from origin 'https://app.example' has been blocked by CORS policy: "
        "No 'Access-Control-Allow-Origin' header is present on the requested resource.\n"
        "POST https://api.example/x net::ERR_FAILED 502 (Bad Gateway)\n"
    )
    (message,) = read_messages(text)
    assert message.status == 502


def test_an_err_failed_of_another_address_stays() -> None:
    text = (
        "Access to fetch at 'https://api.example/x' from origin 'https://app.example' has been blocked by CORS policy: "
        "No 'Access-Control-Allow-Origin' header is present on the requested resource.\n"
        "POST https://other.example/y net::ERR_FAILED\n"
    )
    assert [message.says for message in read_messages(text)][1] is Symptom.FETCH_FAILED


# They speak of CORS, but have no stack here.
WITHOUT_STACK = {"google-identity", "phoenix", "sveltekit", "vite", "webpack-dev-server"}


def test_servers_are_named_as_the_stacks_are() -> None:
    named = {core.stack for core in servers.CORES if core.stack}
    assert {name for name in named if name not in WITHOUT_STACK} <= {stack.name for stack in all_stacks()}
