"""Tomcat with the rendered filter in web.xml."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from tests.stacks.matrix import POLICIES, complaints
from tests.stacks.more_policies import MORE_POLICIES
from tests.stacks.serving import program

from corsage.clients.live import LiveTransport
from corsage.model import HeaderList, WireKind, WireRequest, WireResponse, parse_url
from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks import find_stack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LIBRARIES: Final = Path("/usr/share/tomcat10/lib")
QUIRKS: Final = frozenset(
    {"preflight-status", "no-vary-for-strangers", "no-vary-on-preflight", "refuses-malformed"}
)
HOSTILE: Final = Policy(
    origins=["https://a.example"],
    methods=["M&B", "'Q'"],
    request_headers=["x-&lt", "x'y"],
    exposed_headers=["z-&#65"],
    max_age=0,
)
RUN: Final = {**POLICIES, **MORE_POLICIES}
# What is left of the policies that the filter cannot express whole.
LEFT: Final[Mapping[str, Policy]] = {
    "patterns": Policy(
        origins=["http://localhost"],
        methods=["PUT"],
        request_headers=["X-Token"],
        exposed_headers=["X-Total"],
    ),
    "regex": Policy(origins=["https://app.example"], methods=["DELETE"], credentials=True),
    "mixed": Policy(
        origins=["https://app.example", "capacitor://localhost"],
        methods=["PATCH"],
        exposed_headers=["X-Total"],
        max_age=5,
    ),
}


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    java = program("java", "default-jdk-headless")
    if not LIBRARIES.is_dir():
        pytest.skip("Tomcat is not installed (Debian: tomcat10)")
    tomcat = find_stack("tomcat")
    assert tomcat is not None
    folders = {}
    for name, policy in {**RUN, "hostile": HOSTILE}.items():
        folder = tmp_path_factory.mktemp(name)
        (folder / "WEB-INF").mkdir()
        (file,) = tomcat.render(policy).files
        (folder / file.name).write_text(
            f'<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">\n{file.text}</web-app>\n'
        )
        folders[name] = str(folder)
    classes = [str(LIBRARIES / "*"), "/usr/share/tomcat10/bin/tomcat-juli.jar"]
    source = str(Path(__file__).with_name("Sample.java"))
    with subprocess.Popen(
        [java, "-cp", ":".join(classes), source, *folders.values()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield {name: f"http://127.0.0.1:{int(process.stdout.readline())}" for name in folders}
        finally:
            process.stdin.close()
            process.wait(60)


@pytest.mark.parametrize("name", RUN)
def test_it_does_what_the_policy_says(name: str, urls: Mapping[str, str]) -> None:
    assert complaints(urls[name], LEFT.get(name, RUN[name]), quirks=QUIRKS) == []


@pytest.mark.parametrize("name", LEFT)
def test_what_is_left_out_is_said(name: str) -> None:
    tomcat = find_stack("tomcat")
    assert tomcat is not None
    limits = " ".join(tomcat.render(RUN[name]).limits)
    lost = {"patterns": "https://+.one.example", "regex": "(?:red|blue)", "mixed": "*.deep"}[name]
    assert lost in limits


def ask(url: str, method: str, *headers: tuple[str, str]) -> WireResponse:
    parsed = parse_url(url)
    assert parsed is not None
    with LiveTransport() as transport:
        answer = transport(WireRequest(WireKind.PREFLIGHT, method, parsed, HeaderList(headers)))
    assert isinstance(answer, WireResponse)
    return answer


def test_what_was_written_stays_text(urls: Mapping[str, str]) -> None:
    asked = (("Origin", "https://a.example"), ("Access-Control-Request-Method", "M&B"))
    answer = ask(f"{urls['hostile']}/ok", "OPTIONS", *asked)
    assert answer.headers.get("access-control-allow-headers") in {"x-&lt,x'y", "x'y,x-&lt"}
    assert answer.headers.get("access-control-expose-headers") == "z-&#65"
    assert answer.headers.get("access-control-max-age") is None


def test_its_pages_are_recognised(urls: Mapping[str, str]) -> None:
    tomcat = find_stack("tomcat")
    assert tomcat is not None
    for path in ("/missing", "/boom"):
        answer = ask(urls["public"] + path, "GET")
        seen = Answer(answer.status, answer.headers, body=(answer.body or b"").decode())
        assert max(sign.sure for sign in tomcat.signs(seen)) >= 0.9
