"""What cannot be asked is said at once, all of it, with what to do; nothing is sent."""

import pytest
from tests.apps.loopback import PAGE, Api, Run, http

PING = "http://localhost:8080/ping"
ORIGIN = ("--origin", PAGE)


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        ((PING,), "--origin is missing"),
        (ORIGIN, "URL is missing"),
        (("localhost:8080/ping", *ORIGIN), "did you mean http://localhost:8080/ping ?"),
        (("api.example.com/v1", *ORIGIN), "did you mean https://api.example.com/v1 ?"),
        (("/ping", *ORIGIN), "not a URL; write it in full"),
        (("http://", *ORIGIN), "not a URL; write it in full"),
        (("", *ORIGIN), "not a URL; write it in full"),
        ((PING, "--origin", "localhost:3000"), "did you mean http://localhost:3000 ?"),
        ((PING, "--origin", "*"), "one page asks, not a pattern"),
        ((PING, "--origin", "https://*.example.com"), "one page asks, not a pattern"),
        ((PING, "--origin", "http://"), "an origin is scheme://host[:port]"),
        ((PING, *ORIGIN, "--page", "nonsense"), "not the URL of a page"),
        ((PING, *ORIGIN, "--page", "http://localhost:4000/"), "is not a page of --origin"),
        ((PING, *ORIGIN, "-H", "X-Token"), "write it as 'Name: value'"),
        ((PING, *ORIGIN, "-H", ": 1"), "write it as 'Name: value'"),
        ((PING, *ORIGIN, "-d", "@/no/such/file"), "give a readable file after the @"),
        ((PING, *ORIGIN, "--cookie", "sid=1; SameSite=None"), "browsers ignore it from localhost"),
        ((PING, *ORIGIN, "--cookie", "sid=1; Domain=example.com"), "browsers ignore it from localhost"),
        ((PING, *ORIGIN, "--timeout", "0"), "--timeout must be at least a millisecond"),
        ((PING, *ORIGIN, "--connect-timeout", "0"), "--connect-timeout must be at least"),
        ((PING, *ORIGIN, "--resolve", "nonsense"), "--resolve must have the form host:port:address"),
        ((PING, *ORIGIN, "--cacert", "/no/such/file"), "there is no such file"),
        ((PING, *ORIGIN, "--xhr", "--element", "img"), "leave one out"),
        ((PING, *ORIGIN, "--xhr", "--mode", "no-cors"), "XMLHttpRequest has no such setting"),
        ((PING, *ORIGIN, "--xhr", "--credentials", "omit"), "XMLHttpRequest cannot omit credentials"),
        ((PING, *ORIGIN, "--element", "img", "-X", "PUT"), "an element has no such setting"),
        ((PING, *ORIGIN, "--element", "img", "--credentials", "include"), "--crossorigin"),
        ((PING, *ORIGIN, "--element", "eventsource", "--credentials", "omit"), "EventSource"),
        ((PING, *ORIGIN, "--upload-listener"), "add --xhr"),
        ((PING, *ORIGIN, "--crossorigin", "anonymous"), "--element"),
        ((PING, *ORIGIN, "--body-type", "blob"), "give it with --data"),
        ((PING, *ORIGIN, "-d", "x", "--blob-type", "a/b"), "add --body-type blob"),
        ((*[f"{PING}?{n}" for n in range(600)], *ORIGIN, "--origin", "null"), "at most 1,000"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(run: Run, arguments: tuple[str, ...], advice: str) -> None:
    result = run("check", *arguments)
    assert result.exit_code == 2, result.output
    assert advice in result.stderr
    assert "Nothing was sent" in result.stderr
    assert result.stdout == ""


def test_all_problems_are_reported_together(run: Run) -> None:
    result = run(
        "check", "localhost:1", "--origin", "*", "-H", "x", "--timeout", "-1", "--crossorigin", "anonymous"
    )
    assert result.exit_code == 2
    wanted = ("localhost:1", "--origin *", "--header", "--timeout", "--crossorigin")
    assert all(any(line.strip().startswith(word) for line in result.stderr.splitlines()) for word in wanted)


@pytest.mark.parametrize(
    "origin", ["http://localhost:3000/", "http://localhost:3000/a/page?x", "HTTP://LOCALHOST:3000"]
)
def test_more_than_an_origin_is_cut_with_a_note(api: Api, check: Run, origin: str) -> None:
    url = api.on("/ping", http("200 OK", f"Access-Control-Allow-Origin: {PAGE}"))
    result = check(url, origin=origin)
    assert result.exit_code == 0
    if origin.lower() != PAGE:
        assert f"checking {PAGE}" in result.stderr
    assert api.seen[0].header("origin") == PAGE


def test_hostile_arguments_do_not_reach_the_terminal_raw(run: Run) -> None:
    result = run("check", "\x1b[31mx", "--origin", "\x1b]0;t\x07", "-H", "\x1b[2J", "--cookie", "\u202e")
    assert result.exit_code == 2
    assert "\x1b" not in result.output
    assert "\x07" not in result.output
    assert "\u202e" not in result.output


def test_arguments_that_are_no_text_do_no_harm(run: Run) -> None:
    result = run(
        "check", "http://localhost/\udcff", "--origin", "http://\udcff", "-H", "X: \udcff", "-d", "\udcff"
    )
    assert result.exit_code == 2
