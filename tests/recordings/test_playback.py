"""Playing scenarios: the recorder's server without its sockets, and malformed scenarios."""

import copy
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corsage.browser import PROFILES, Engine
from corsage.clients.recordings import BadScenario, Row, play
from corsage.clients.recordings.results import devtools_text
from corsage.clients.recordings.server import ScenarioServer
from corsage.model import HeaderList, NetworkFailure, WireKind, WireRequest, WireResponse, parse_url


def scenario(**response: Any) -> dict[str, Any]:
    return {
        "id": "one",
        "client": {"page": "http://client.test:8000", "context": "top"},
        "request": {"api": "fetch", "url": "http://api.test:9000/s/one/0"},
        "server": {
            "hops": [
                {
                    "response": {
                        "status": 200,
                        "headers": [["Access-Control-Allow-Origin", "*"]],
                        "body": "hi",
                    }
                    | response
                }
            ]
        },
    }


def ask(server: ScenarioServer, url: str = "http://api.test:9000/s/one/0") -> WireResponse | NetworkFailure:
    parsed = parse_url(url)
    assert parsed is not None
    return server(WireRequest(WireKind.ACTUAL, "GET", parsed, HeaderList()))


def test_a_scenario_plays_to_a_result_in_the_recordings_form() -> None:
    result = play(Row(scenario(), {}, "here"), PROFILES["chromium"])
    assert result["outcome"]["kind"] == "response"
    assert result["outcome"]["body"] == "hi"
    assert [(seen["kind"], seen["hop"], seen["method"]) for seen in result["requests_seen"]] == [
        ("actual", 0, "GET")
    ]


@pytest.mark.parametrize(
    ("engine", "value"), [(Engine.CHROMIUM, "*"), (Engine.FIREFOX, None), (Engine.WEBKIT, None)]
)
def test_a_blank_before_the_colon_is_read_as_each_browser_reads_it(engine: Engine, value: str | None) -> None:
    server = ScenarioServer(scenario(headers=[["Access-Control-Allow-Origin ", "*"]]), engine)
    response = ask(server)
    assert isinstance(response, WireResponse)
    assert response.headers.get("access-control-allow-origin") == value


def test_folded_lines_are_joined() -> None:
    response = ask(ScenarioServer(scenario(headers=[["X-A", "one,\r\n two"]]), Engine.CHROMIUM))
    assert isinstance(response, WireResponse)
    assert response.headers.get("x-a") == "one, two"


def test_a_list_of_answers_repeats_its_last() -> None:
    spec = scenario()
    first, last = {"status": 500, "headers": [], "body": ""}, {"status": 204, "headers": [], "body": ""}
    spec["server"]["hops"][0]["response"] = [first, last]
    server = ScenarioServer(spec, Engine.STANDARD)
    answers = [ask(server) for _ in range(3)]
    assert [answer.status for answer in answers if isinstance(answer, WireResponse)] == [500, 204, 204]


@pytest.mark.parametrize(
    "url",
    ["http://api.test:1234/s/one/0", "https://api.test:9000/s/one/0"],
    ids=["no server", "no https there"],
)
def test_ports_without_a_server_refuse(url: str) -> None:
    assert isinstance(ask(ScenarioServer(scenario(), Engine.STANDARD), url), NetworkFailure)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param("http://a.test", "http://a.test", id="ASCII stays"),
        pytest.param("\xc3\xa9", "é", id="UTF-8 is read"),
        pytest.param("\xa0*", "*", id="a lone continuation byte is left out"),
        pytest.param("http://\xe7lient", "http://ent", id="an ill-formed sequence takes the bytes it claims"),
        pytest.param("a\xe9", "a", id="a sequence may claim more than there is"),
    ],
)
def test_byte_strings_reach_the_devtools_protocol_as_utf8(value: str, shown: str) -> None:
    assert devtools_text(value) == shown


@given(seed=st.integers(0, 2**32), profile=st.sampled_from(sorted(PROFILES)))
def test_whatever_a_scenario_holds_it_plays_or_is_called_malformed(seed: int, profile: str) -> None:
    damaged = copy.deepcopy(scenario())
    dice = random.Random(seed)  # noqa: S311 - dice, not secrets
    for _ in range(dice.randint(1, 3)):
        _damage(damaged, dice)
    try:
        result = play(Row(damaged, {}, "file, line 3"), PROFILES[profile])
    except BadScenario as error:
        assert str(error).startswith("file, line 3: malformed scenario: ")
    else:
        assert result["outcome"]["kind"]


def _damage(value: Any, dice: random.Random) -> None:
    junk: list[Any] = [
        None,
        -1,
        2**70,
        "",
        "\x00",
        "é\u2028",
        [],
        {},
        [["X"]],
        True,
        1.5,
        "http://[",
        [[1, 2]],
    ]
    while isinstance(value, dict | list) and value:
        key = dice.choice(list(value)) if isinstance(value, dict) else dice.randrange(len(value))
        if dice.random() < 0.5 or not isinstance(value[key], dict | list) or not value[key]:
            value[key] = dice.choice(junk)
            return
        value = value[key]
