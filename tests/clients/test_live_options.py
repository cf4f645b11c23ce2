"""What may be chosen, and how a transport lives."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from corsage.clients.live import LiveOptions, LiveTransport
from corsage.model import HeaderList, WireKind, WireRequest, parse_url


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({}, id="defaults"),
        pytest.param({"timeout": 0.001, "connect_timeout": 1}, id="short"),
        pytest.param(
            {
                "resolve": (
                    "a.test:80:127.0.0.1",
                    "+a:1:::1",
                    "[::1]:443:[::1],10.0.0.1",
                    "-a.test:80",
                    "*:80:1.2.3.4",
                )
            },
            id="resolve",
        ),
        pytest.param({"max_body_bytes": 0}, id="no body"),
        pytest.param({"user_agent": ""}, id="no user agent"),
    ],
)
def test_good_options(options: dict[str, Any]) -> None:
    made = LiveOptions(**options)
    assert {name: getattr(made, name) for name in options} == options


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param({"timeout": 0}, "timeout must", id="for ever"),
        pytest.param({"timeout": float("nan")}, "timeout must", id="not a number"),
        pytest.param({"connect_timeout": -1.0}, "connect_timeout must", id="negative"),
        pytest.param({"resolve": ("a.test=127.0.0.1",)}, "host:port:address", id="resolve"),
        pytest.param({"max_header_bytes": -1}, "max_header_bytes must", id="header bytes"),
        pytest.param({"user_agent": "a\r\nX: y"}, "one line", id="injection"),
        pytest.param({"user_agent": "\u20ac"}, "latin-1", id="not latin-1"),
        pytest.param({"timeout": 0, "max_body_bytes": -1}, "timeout .*; max_body_bytes ", id="together"),
    ],
)
def test_bad_options(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        LiveOptions(**options)


def test_a_closed_transport_says_so() -> None:
    with LiveTransport() as send:
        pass
    send.close()
    url = parse_url("http://127.0.0.1/")
    assert url is not None
    with pytest.raises(ValueError, match="closed"):
        send(WireRequest(WireKind.ACTUAL, "GET", url, HeaderList()))


def test_libcurl_is_loaded_for_the_live_client_alone() -> None:
    code = "import sys, corsage.clients; print('pycurl' in sys.modules)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
