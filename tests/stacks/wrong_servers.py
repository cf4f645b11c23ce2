"""Small servers that do what a policy says, but for one thing."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from tests.stacks.upstream import Application, serving

from corsage.server import Decision, Kind, compile_policy, decide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corsage.server import Policy

Pairs: TypeAlias = tuple[tuple[str, str], ...]
Answer: TypeAlias = tuple[int, Pairs]
# Given the path, the decision and what would be right, answers something else.
Wrong: TypeAlias = Callable[[str, Decision, Answer], Answer]


@contextlib.contextmanager
def wrongly(policy: Policy, wrong: Wrong) -> Iterator[str]:
    """Serve the sample application under *policy*, but for what *wrong* makes of it."""
    compiled = compile_policy(policy)

    class Handler(Application):
        def answer(self) -> tuple[int, bytes, Pairs]:
            decision = decide(compiled, self.command, tuple(self.headers.items()))
            if decision.status is None:
                status, body, headers = super().answer()
            else:
                status, body, headers = decision.status, b"", ()
            status, headers = wrong(self.path, decision, (status, (*headers, *decision.headers)))
            return status, body, headers

    with serving(Handler) as url:
        yield url


def without(pairs: Pairs, *names: str) -> Pairs:
    return tuple(pair for pair in pairs if pair[0] not in names)


def rightly(_: str, __: Decision, answer: Answer) -> Answer:
    return answer


def everyone(_: str, decision: Decision, answer: Answer) -> Answer:
    status, pairs = answer
    own = (("Access-Control-Allow-Origin", decision.origin or "*"),)
    return status, (*without(pairs, "Access-Control-Allow-Origin"), *own)


def star(_: str, __: Decision, answer: Answer) -> Answer:
    return answer[0], (
        *without(answer[1], "Access-Control-Allow-Origin"),
        ("Access-Control-Allow-Origin", "*"),
    )


def twice(_: str, __: Decision, answer: Answer) -> Answer:
    return answer[0], (*answer[1], *(pair for pair in answer[1] if pair[0] == "Access-Control-Allow-Origin"))


def errors_bare(_: str, __: Decision, answer: Answer) -> Answer:
    status, pairs = answer
    return status, pairs if status < 400 else without(pairs, "Access-Control-Allow-Origin")


def redirects_bare(path: str, decision: Decision, answer: Answer) -> Answer:
    if path != "/moved" or decision.kind is Kind.PREFLIGHT:
        return answer
    return answer[0], without(answer[1], "Access-Control-Allow-Origin")


def preflights_to_the_app(_: str, decision: Decision, answer: Answer) -> Answer:
    return (405, ()) if decision.kind is Kind.PREFLIGHT else answer


def preflights_late(path: str, decision: Decision, answer: Answer) -> Answer:
    return (404, ()) if decision.kind is Kind.PREFLIGHT and path == "/missing" else answer


def no_vary(_: str, __: Decision, answer: Answer) -> Answer:
    return answer[0], without(answer[1], "Vary")


def no_vary_for_strangers(_: str, decision: Decision, answer: Answer) -> Answer:
    return answer if decision.origin == "https://app.example" else (answer[0], without(answer[1], "Vary"))


def credentials_for_all(_: str, decision: Decision, answer: Answer) -> Answer:
    more = () if decision.allowed else (("Access-Control-Allow-Credentials", "true"),)
    return answer[0], (*without(answer[1], "Access-Control-Allow-Credentials"), *more)


def every_method(_: str, decision: Decision, answer: Answer) -> Answer:
    if decision.kind is not Kind.PREFLIGHT:
        return answer
    own = (("Access-Control-Allow-Methods", "PUT, DELETE, PATCH, BREW"),)
    return 200, (*without(answer[1], "Access-Control-Allow-Methods"), *own)


def every_header(_: str, decision: Decision, answer: Answer) -> Answer:
    if decision.kind is not Kind.PREFLIGHT:
        return answer
    own = (("Access-Control-Allow-Headers", "Authorization, X-Token, X-Evil"),)
    return 200, (*without(answer[1], "Access-Control-Allow-Headers"), *own)


def nothing_exposed(_: str, __: Decision, answer: Answer) -> Answer:
    return answer[0], without(answer[1], "Access-Control-Expose-Headers")


def never_kept(_: str, __: Decision, answer: Answer) -> Answer:
    return answer[0], without(answer[1], "Access-Control-Max-Age")


def strangers_out(_: str, decision: Decision, answer: Answer) -> Answer:
    return answer if decision.allowed else (403, (("Vary", "Origin"),))


def plain_out(_: str, decision: Decision, answer: Answer) -> Answer:
    return (403, (("Vary", "Origin"),)) if decision.origin is None else answer


def case_ignored(_: str, decision: Decision, answer: Answer) -> Answer:
    if decision.origin != "HTTPS://APP.EXAMPLE":
        return answer
    return answer[0], (("Access-Control-Allow-Origin", decision.origin), *answer[1])


WRONG: Final[dict[Wrong, list[str]]] = {
    everyone: ["for a stranger (https://evil.com)", "simple from https://evil.com in chrome: 200 'ok'"],
    star: ["Access-Control-Allow-Origin: * for https://app.example", "with credentials from https://app"],
    twice: [
        "two lines of access-control-allow-origin",
        "simple from https://app.example in firefox: refused",
    ],
    errors_bare: [
        "404 from https://app.example in webkit: refused",
        "500 from https://app.example in chrome",
    ],
    redirects_bare: ["redirect from https://app.example in chrome: refused"],
    preflights_to_the_app: ["PUT from https://app.example in chrome: refused", "status 405 of a preflight"],
    preflights_late: ["404 behind a preflight from https://app.example in chrome: refused"],
    no_vary: ["GET /ok {}: no Vary: Origin", "no Vary: Origin"],
    no_vary_for_strangers: ["GET /ok {'Origin': 'https://evil.com'}: no Vary: Origin"],
    credentials_for_all: ["Access-Control-Allow-Credentials for a stranger (https://evil.com)"],
    every_method: ["a bad method from https://app.example in chrome: 405", "status 200 of a preflight"],
    every_header: [
        "a bad header from https://app.example in chrome: 200",
        "more than the policy: ['x-evil']",
    ],
    nothing_exposed: ["Access-Control-Expose-Headers: []", "X-Total None, not 200 'ok', X-Total 1"],
    never_kept: ["Access-Control-Max-Age: None, not 600"],
    plain_out: ["status 403 without Origin"],
    case_ignored: ["for a stranger (HTTPS://APP.EXAMPLE)"],
}


def allowed_have_credentials(_: str, decision: Decision, answer: Answer) -> Answer:
    del decision
    own = (("Access-Control-Allow-Credentials", "true"),)
    return answer[0], (*without(answer[1], "Access-Control-Allow-Credentials"), *own)


QUIRKY: Final[dict[str, Wrong]] = {
    "max-age": never_kept,
    "no-preflight-on-missing-paths": preflights_late,
    "credentials-for-strangers": allowed_have_credentials,
    "redirect-without-headers": redirects_bare,
}
