"""The conformance suite: the same rows for every framework."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.middleware.answer_rows import ANSWER_ROWS
from tests.middleware.conftest import APPS, Sample, module_of
from tests.middleware.fetch_rows import FETCH_ROWS, FetchRow
from tests.middleware.origin_rows import ORIGIN_ROWS
from tests.middleware.policies import POLICIES
from tests.middleware.preflight_rows import PREFLIGHT_ROWS
from tests.middleware.rows import SPOKEN, Row, origin
from tests.middleware.socket_rows import SOCKET_ROWS, SocketRow
from tests.middleware.wire import ask
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from corsage.browser import CHROME, CHROMIUM, FIREFOX, STANDARD, WEBKIT, Profile, drive, fetch, new_request
from corsage.model import HeaderList, Outcome, Request, RequestInit, WireRequest, WireResponse, page

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.middleware.wire import Answer

FRAMEWORKS = sorted(path.stem for path in APPS.glob("*.py") if not path.stem.startswith("_"))
ROWS = (*ORIGIN_ROWS, *PREFLIGHT_ROWS, *ANSWER_ROWS)
# Where the browsers believe the application to be: WebKit lets no secure page ask loopback.
API = "https://api.example"
BROWSERS = (STANDARD, CHROMIUM, CHROME, FIREFOX, WEBKIT)


@pytest.fixture(params=FRAMEWORKS)
def sample(request: pytest.FixtureRequest, samples: Callable[[str], Sample]) -> Sample:
    return samples(request.param)


def names_in(answer: Answer, header: str) -> list[str]:
    lines = answer.headers.lines(header)
    return [name for line in lines for written in line.split(",") if (name := written.strip().lower())]


def spoken(answer: Answer) -> dict[str, str]:
    """Return the policy's headers; each may be there once."""
    lines = {name: answer.headers.lines(name) for name in SPOKEN if name in answer.headers}
    assert {name: many for name, many in lines.items() if len(many) > 1} == {}, "doubled"
    return {name: many[0] for name, many in lines.items()}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_row(row: Row, sample: Sample) -> None:
    sample.needs(row.feature)
    answer = ask(sample.under(row.policy), row.method, row.path, row.headers, row.body)
    statuses = [sample.statuses.get(status, status) for status in row.status]
    assert answer.status in statuses
    refused_by_server = answer.status not in {statuses[0], 405}
    vary = [name for name in names_in(answer, "vary") if name not in sample.adds_vary]
    assert spoken(answer) == ({} if refused_by_server else row.spoken)
    if refused_by_server:
        return
    assert sorted(vary) == sorted(row.vary)
    assert row.answer is None or answer.body == row.answer
    assert [(name, answer.headers.get(name)) for name, _ in row.has] == list(row.has)
    told = [denial.reason for denial in sample.denials]
    assert told in ([[reason] for reason in row.reason] or [[]])
    for denial in sample.denials:
        assert (denial.method, denial.path) == (row.method, row.path)
        assert denial.preflight == row.name.startswith(("preflight", "paths: preflight"))


def fetched(url: str, row: FetchRow, profile: Profile) -> Outcome:
    init = RequestInit(
        url=API + row.path,
        method=row.method,
        headers=row.headers,
        body=row.body,
        credentials=row.credentials,
    )
    request = new_request(init, page(row.page), profile)
    assert isinstance(request, Request)

    def send(asked: WireRequest) -> WireResponse:
        answer = ask(url, asked.method, asked.url.path, tuple(asked.headers), asked.body or b"")
        # Some frameworks make their redirects absolute.
        headers = HeaderList((name, value.replace(url, API)) for name, value in answer.headers)
        return WireResponse(answer.status, headers, answer.body)

    return drive(fetch(request, profile=profile), send)


@pytest.mark.parametrize("row", FETCH_ROWS, ids=lambda row: row.name)
def test_fetch(row: FetchRow, sample: Sample) -> None:
    url = sample.under(row.policy)
    for profile in BROWSERS:
        outcome = fetched(url, row, profile)
        assert (outcome.refusal and outcome.refusal.cause) == row.cause, profile.name
        if row.cause is None:
            assert outcome.response is not None
            assert outcome.response.status == sample.statuses.get(row.status, row.status)
            assert row.text is None or outcome.response.body == row.text
            assert row.reads <= {name for name, _ in outcome.response.headers}


@pytest.mark.parametrize("row", SOCKET_ROWS, ids=lambda row: row.name)
def test_websocket(row: SocketRow, sample: Sample) -> None:
    sample.needs("WebSockets")
    url = sample.under(row.policy)
    page_origin = {None: None, "own": Origin(url)}.get(row.origin, Origin(row.origin or ""))
    address = url.replace("http:", "ws:", 1) + "/ws"
    if row.opens:
        with connect(address, origin=page_origin, proxy=None) as socket:
            socket.send("echo me")
            assert socket.recv() == "echo me"
    else:
        with pytest.raises(InvalidStatus) as caught:
            connect(address, origin=page_origin, proxy=None)
        assert caught.value.response.status_code == 403
        assert "access-control-allow-origin" not in caught.value.response.headers
    assert [denial.reason for denial in sample.denials] == ([] if row.reason is None else [row.reason])


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_policy_holds_from_the_start(framework: str) -> None:
    with module_of(framework).serve(POLICIES["timing"]) as served:
        answer = ask(served.url, "GET", "/hello", origin("https://a.example"))
    assert answer.headers.get("timing-allow-origin") == "https://a.example"


def test_a_replaced_policy_leaves_nothing_behind(sample: Sample) -> None:
    for policy, expected in (
        ("strict", "https://a.example"),
        ("nothing", None),
        ("public", "*"),
        ("strict", "https://a.example"),
    ):
        url = sample.under(policy)
        answer = ask(url, "GET", "/hello", origin("https://a.example"))
        assert answer.headers.get("access-control-allow-origin") == expected


def test_the_hook_is_told_who_and_what(sample: Sample) -> None:
    url = sample.under("strict")
    ask(url, "OPTIONS", "/put", origin("https://a.example", ("Access-Control-Request-Method", "PATCH")))
    (denial,) = sample.denials
    assert denial.detail == "PATCH"
    assert denial.origin == "https://a.example"
    assert denial.says.startswith("method-not-allowed: a preflight of /put from origin https://a.example")
