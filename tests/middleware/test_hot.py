"""The hot path, called as a server calls it. test_compiled_form.py runs these tests against the compiled form."""

from __future__ import annotations

import asyncio
import inspect
import os
from typing import Any

import pytest

import corsage.middleware.asgi_rest as rest
from corsage.middleware import COMPILED, CORS, Denial
from corsage.middleware.asgi import CORSMiddleware
from corsage.middleware.hot import merged
from corsage.server import Policy, PolicySet, Reason

ORIGIN = "https://a.example"
STRICT = Policy(
    origins=[ORIGIN, "https://*.b.example"], credentials=True, methods=["PUT"], request_headers=["X-Token"]
)


class App:
    """Sends the messages that it was given, the very same objects each time."""

    def __init__(self, headers: Any = (), error: Exception | None = None, *, late: bool = False) -> None:
        self.messages = [
            {"type": "http.response.start", "status": 200, "headers": headers},
            {"type": "http.response.body", "body": b"hello"},
        ]
        self.error = error
        self.late = late

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: ARG002 - ASGI
        if self.error is not None and not self.late:
            raise self.error
        for message in self.messages:
            await send(message)
            if self.error is not None:
                raise self.error


def ask(
    app: Any,
    method: str = "GET",
    path: str = "/",
    scope: dict[str, Any] | None = None,
    **headers: str | list[str],
) -> list[dict[str, Any]]:
    pairs = [
        (name.replace("_", "-").encode(), value.encode("latin-1"))
        for name, values in headers.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    pairs.insert(0, (b"host", b"api"))
    asked = {"type": "http", "method": method, "path": path, "headers": pairs, **(scope or {})}

    async def serve() -> None:
        await app(asked, receive, send)

    try:
        asyncio.run(serve())
    except ZeroDivisionError:
        sent.append({"type": "raised"})
    return sent


def headers_of(sent: list[dict[str, Any]]) -> list[tuple[bytes, bytes]]:
    return list(sent[0]["headers"])


def test_the_form_that_is_wanted_is_tested() -> None:
    assert (os.environ.get("CORSAGE_EXPECT_COMPILED") == "1") is COMPILED


def test_servers_take_it_for_an_asgi_3_application() -> None:
    app = CORSMiddleware(App(), STRICT)
    called: Any = app
    assert inspect.iscoroutinefunction(called.__call__)
    assert app.cors.policy is STRICT  # type: ignore[attr-defined]


def test_a_policy_or_its_fields_but_not_both() -> None:
    built: Any = CORSMiddleware(App(), origins=[ORIGIN])
    assert built.cors.policy == Policy(origins=[ORIGIN])
    with pytest.raises(TypeError, match="origins"):
        CORSMiddleware(App(), STRICT, origins=[ORIGIN])  # type: ignore[call-overload]


def test_a_message_that_is_sent_twice_is_not_changed() -> None:
    app = App([(b"content-type", b"text/plain")])
    cors = CORSMiddleware(app, STRICT)
    first, second = ask(cors, origin=ORIGIN), ask(cors)
    assert (b"access-control-allow-origin", ORIGIN.encode()) in headers_of(first)
    assert headers_of(second) == [(b"content-type", b"text/plain"), (b"vary", b"Origin")]
    assert app.messages[0]["headers"] == [(b"content-type", b"text/plain")]


@pytest.mark.parametrize(
    "headers",
    [
        [(b"content-type", b"text/plain")],
        ((b"content-type", b"text/plain"),),
        [[b"content-type", b"text/plain"]],
        iter([(b"content-type", b"text/plain")]),
        [(bytearray(b"content-type"), b"text/plain")],
    ],
    ids=["list of tuples", "tuple", "list of lists", "iterator", "bytearray"],
)
def test_headers_may_come_in_any_iterable(headers: Any) -> None:
    got = headers_of(ask(CORSMiddleware(App(headers), STRICT), origin=ORIGIN))
    assert (bytes(got[0][0]), got[0][1]) == (b"content-type", b"text/plain")
    assert (b"access-control-allow-origin", ORIGIN.encode()) in got


def test_a_response_may_have_no_headers_at_all() -> None:
    app = App()
    del app.messages[0]["headers"]
    assert headers_of(ask(CORSMiddleware(app, STRICT))) == [(b"vary", b"Origin")]


@pytest.mark.parametrize(
    ("name", "vary"),
    [
        (b"access-control-allow-origin", b"vary"),
        (b"Access-Control-Allow-Origin", b"Vary"),
        (b"ACCESS-CONTROL-ALLOW-ORIGIN", b"VARY"),
        (b"ACCESS-CONTROL-allow-ORIGIN", b"vary"),
    ],
)
def test_the_applications_own_headers_are_replaced(name: bytes, vary: bytes) -> None:
    also = (vary, b"Accept")
    got = headers_of(ask(CORSMiddleware(App([(name, b"*"), also]), STRICT), origin=ORIGIN))
    assert [value for key, value in got if key.lower() == b"access-control-allow-origin"] == [ORIGIN.encode()]
    assert [value for key, value in got if key == b"vary"] == [b"Accept, Origin"]


def test_vary_star_says_everything() -> None:
    assert merged([(b"Vary", b"*")], [(b"vary", b"Origin")], frozenset()) == [(b"vary", b"*")]


def test_an_exception_is_answered_readably_and_raised_on() -> None:
    sent = ask(CORSMiddleware(App(error=ZeroDivisionError()), STRICT), origin=ORIGIN)
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body", "raised"]
    assert sent[0]["status"] == 500
    assert (b"access-control-allow-origin", ORIGIN.encode()) in sent[0]["headers"]


def test_an_exception_after_the_start_is_only_raised_on() -> None:
    sent = ask(CORSMiddleware(App([], ZeroDivisionError(), late=True), STRICT), origin=ORIGIN)
    assert [message["type"] for message in sent] == ["http.response.start", "raised"]


def test_who_may_not_read_the_answer_gets_the_servers_own() -> None:
    assert ask(CORSMiddleware(App(error=ZeroDivisionError()), STRICT), origin="https://evil.example") == [
        {"type": "raised"}
    ]


def test_two_origins_are_none() -> None:
    told: list[Denial] = []
    got = headers_of(ask(CORSMiddleware(App([]), STRICT, on_denied=told.append), origin=[ORIGIN, ORIGIN]))
    assert got == [(b"vary", b"Origin")]
    assert [denial.reason for denial in told] == [Reason.ORIGIN_REPEATED]


def test_an_empty_origin_is_malformed() -> None:
    told: list[Denial] = []
    ask(CORSMiddleware(App([]), STRICT, on_denied=told.append), origin="")
    assert [denial.reason for denial in told] == [Reason.ORIGIN_MALFORMED]


def test_what_a_pattern_has_allowed_is_remembered_in_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corsage.middleware.cors.MOST_KNOWN", 4)
    app = CORSMiddleware(App([]), STRICT)
    answers = app.cors.current.answers  # type: ignore[attr-defined]
    for number in range(20):
        origin = f"https://t{number}.b.example"
        assert (b"access-control-allow-origin", origin.encode()) in headers_of(ask(app, origin=origin))
        assert len(answers.known) <= 4
    assert (b"access-control-allow-origin", ORIGIN.encode()) in headers_of(ask(app, origin=ORIGIN))


def preflight(
    app: Any, method: str = "PUT", headers: str = "x-token", origin: str = ORIGIN
) -> dict[str, Any]:
    (start, body) = ask(
        app,
        "OPTIONS",
        origin=origin,
        access_control_request_method=method,
        access_control_request_headers=headers,
    )
    assert body == {"type": "http.response.body", "body": b""}
    return start


def test_a_preflight_is_answered_alike_whatever_it_asks_for() -> None:
    app = CORSMiddleware(App([]), STRICT, log=False)
    assert preflight(app) == preflight(app, "DELETE", "x-evil") == preflight(app, "PUT", "," * 70_000)
    assert preflight(app)["status"] == 204


def test_what_preflights_ask_for_is_remembered_in_bounds() -> None:
    told: list[Denial] = []
    app = CORSMiddleware(App([]), STRICT, on_denied=told.append)
    for number in range(400):
        preflight(app, headers=f"x-{number}")
    preflight(app, headers="x-" + "a" * 5000)
    assert len(told) == 401
    assert {denial.reason for denial in told[:400]} == {Reason.HEADER_NOT_ALLOWED}
    assert told[400].reason is Reason.HEADERS_MALFORMED
    memo = app.cors.current.answers.memo  # type: ignore[attr-defined]
    assert len(memo) <= 256
    assert max(map(len, memo)) <= rest._LONGEST_REMEMBERED


def test_debug_names_the_reason_and_is_refused_in_production() -> None:
    app = CORSMiddleware(App([]), STRICT, debug=True)
    assert (b"corsage-denied", b"origin-not-allowed") in headers_of(ask(app, origin="https://evil.example"))
    assert (b"corsage-denied", b"header-not-allowed") in preflight(app, headers="x-evil")["headers"]
    production = Policy(origins=[ORIGIN], environment="production")
    with pytest.raises(ValueError, match="production"):
        CORS(production, debug=True)
    with pytest.raises(ValueError, match="production"):
        app.cors.replace(production)  # type: ignore[attr-defined]
    assert app.cors.policy is STRICT  # type: ignore[attr-defined]


def test_replacing_a_policy_holds_from_the_next_request_on() -> None:
    cors = CORS(STRICT, log=False)
    app = cors.asgi(App([]))
    assert len(headers_of(ask(app, origin=ORIGIN))) > 1
    cors.replace(Policy(origins=["https://other.example"]))
    assert headers_of(ask(app, origin=ORIGIN)) == [(b"vary", b"Origin")]


def test_a_policy_for_everyone_is_the_same_for_everyone() -> None:
    app = CORSMiddleware(App([]), Policy(origins="*", public=True))
    assert (
        headers_of(ask(app))
        == headers_of(ask(app, origin="null"))
        == [(b"access-control-allow-origin", b"*")]
    )


def test_a_lookup_is_asked_once_in_its_time_and_may_be_async() -> None:
    asked: list[str] = []

    async def lookup(origin: str) -> bool:
        asked.append(origin)
        return origin == "https://tenant.example"

    app = CORSMiddleware(App([]), Policy(origins=[ORIGIN], origin_lookup=lookup), log=False)
    for _ in range(3):
        assert (b"access-control-allow-origin", b"https://tenant.example") in headers_of(
            ask(app, origin="https://tenant.example")
        )
        assert headers_of(ask(app, origin="https://evil.example")) == [(b"vary", b"Origin")]
        assert len(headers_of(ask(app, origin=ORIGIN))) > 1
    ask(app, origin="https://evil.com/.tenant.example")
    assert asked == ["https://tenant.example", "https://evil.example"]


def test_a_lookup_that_raises_allows_nothing_and_is_asked_again(caplog: pytest.LogCaptureFixture) -> None:
    asked: list[str] = []

    def lookup(origin: str) -> bool:
        asked.append(origin)
        raise RuntimeError("the database is gone")

    app = CORSMiddleware(App([]), Policy(origin_lookup=lookup))
    for _ in range(2):
        assert headers_of(ask(app, origin=ORIGIN)) == [(b"vary", b"Origin")]
    assert asked == [ORIGIN, ORIGIN]
    assert "origin_lookup raised" in caplog.text


@pytest.mark.parametrize("also", [{"origins": ["*", ORIGIN]}, {"dangerously_allow_null_origin": True}])
@pytest.mark.parametrize("origin", [ORIGIN, "null"])
def test_everyone_is_answered_alike_whoever_is_listed_besides(also: dict[str, Any], origin: str) -> None:
    policy = Policy.of({"origins": "*", "public": True, **also})
    for method in ("GET", "OPTIONS"):
        got = headers_of(ask(CORSMiddleware(App([]), policy, log=False), method, origin=origin))
        assert got == [(b"access-control-allow-origin", b"*")]


@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
def test_an_exception_before_everyone_is_answered_readably(method: str) -> None:
    policy = Policy(origins="*", public=True)
    sent = ask(CORSMiddleware(App(error=ZeroDivisionError()), policy), method, origin=ORIGIN)
    assert (sent[0]["status"], sent[-1]) == (500, {"type": "raised"})
    assert (b"access-control-allow-origin", b"*") in sent[0]["headers"]


@pytest.mark.parametrize(
    ("path", "root", "allowed"),
    [
        ("/srv/private", "/srv", False),
        ("/srv/private", "/srv/", False),
        ("/private", "/srv", False),
        ("/srvprivate", "/srv", True),
        ("/srv", "/srv", True),
        ("/srv/private", "", True),
    ],
)
def test_paths_are_the_applications_own(path: str, root: str, allowed: bool) -> None:  # noqa: FBT001 - a table
    policies = PolicySet(Policy(origins=[ORIGIN]), {"/private": Policy(origins=["https://b.example"])})
    app = CORSMiddleware(App([]), policies, log=False)
    got = headers_of(ask(app, path=path, scope={"root_path": root}, origin=ORIGIN))
    assert ((b"access-control-allow-origin", ORIGIN.encode()) in got) is allowed


@pytest.mark.parametrize("answer", ["no", 1, None, object()])
def test_a_lookup_that_says_neither_yes_nor_no_allows_nothing(
    answer: Any, caplog: pytest.LogCaptureFixture
) -> None:
    app = CORSMiddleware(App([]), Policy(origin_lookup=lambda _: answer))
    for _ in range(3):
        assert headers_of(ask(app, origin=ORIGIN)) == [(b"vary", b"Origin")]
    complaints = [record for record in caplog.records if "origin_lookup returned" in record.getMessage()]
    assert len(complaints) == 1  # in bounds, whatever strangers do


@pytest.mark.parametrize("policy", [{"origins": [ORIGIN]}, "https://a.example", 5, None.__class__])
def test_what_is_no_policy_is_told_at_once(policy: Any) -> None:
    with pytest.raises(TypeError, match="must be a Policy"):
        CORSMiddleware(App([]), policy)


def test_hooks_are_plain_functions() -> None:
    async def hook(_: Denial) -> None: ...

    for wrong in ("a name", hook):
        with pytest.raises(TypeError, match="on_denied must be"):
            CORSMiddleware(App([]), STRICT, on_denied=wrong)  # type: ignore[arg-type]


def test_the_policys_warnings_are_logged_at_the_start(caplog: pytest.LogCaptureFixture) -> None:
    policy = Policy(origins="*", environment="prod")
    CORS(policy, log=False)
    assert not caplog.records
    CORS(policy)
    assert [record.getMessage() for record in caplog.records if "CORS195" in record.getMessage()]
    assert {record.levelname for record in caplog.records} == {"WARNING"}
