"""Remedies: the smallest policy that lets the request through, proven, and written for the user's stacks."""

from dataclasses import dataclass
from typing import Final

from corsage.browser import STANDARD
from corsage.browser.forbidden import is_forbidden_request_header
from corsage.browser.safelist import cors_safelisted_request_header
from corsage.diagnosis.finding import Finding, Snippet
from corsage.diagnosis.replay import BROWSERS
from corsage.diagnosis.request import request_of
from corsage.model import Cause
from corsage.model.names import CORS_SAFELISTED_METHODS
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.pair.simulate import simulate
from corsage.rules import Case
from corsage.server import Policy, PolicyError
from corsage.server.draft import WILDCARD
from corsage.server.origin_pattern import parse_origin_pattern
from corsage.stacks import find_stack

# Stands for the page's origin where nobody said which it is.
PLACEHOLDER: Final = "https://your-page.example"
_OF_FILES: Final = ("file:", "content:")
_SURE: Final = 0.5
_MOST_SNIPPETS: Final = 2
_MOST_ORIGINS: Final = 20
# Frameworks that bring others: who uses the first does not configure the second.
_WITHIN: Final = {
    "apollo-server": ("express", "node"),
    "chi": ("go",),
    "echo": ("go",),
    "express": ("node",),
    "fastapi": ("starlette",),
    "fastify": ("node",),
    "gin": ("go",),
    "go-jub0bs": ("go",),
    "hapi": ("node",),
    "hono": ("node",),
    "koa": ("node",),
    "laravel": ("symfony", "php"),
    "nestjs": ("express", "fastify", "node"),
    "nextjs": ("node",),
    "rails": ("rack",),
    "spring-boot": ("tomcat",),
    "symfony": ("php",),
    "wordpress": ("php",),
}
# Which kinds of stacks are configured where a layer has to change.
_KINDS: Final = {
    "app": ("app", "service"),
    "proxy": ("proxy", "gateway"),
    "gateway": ("gateway", "proxy", "platform"),
    "platform": ("platform", "gateway"),
    "cdn": ("cdn", "storage"),
    "storage": ("storage",),
    "idp": ("idp",),
}


# Those whose configuration says which pages may open WebSockets. What others write is CORS, which is not for them.
OF_WEBSOCKETS: Final = frozenset({"jupyter", "python-socketio", "socketio", "tornado"})


@dataclass(frozen=True, slots=True)
class Remedy:
    """A policy that mends it.

    Attributes:
        policy: the smallest one.
        proven: whether every browser was seen to let the request through with it; ``None`` where too little is known
            of the request to try.
        guessed: whether the origin is a placeholder.
    """

    policy: Policy
    proven: bool | None
    guessed: bool


def remedy(case: Case) -> Remedy | None:
    """Return the smallest policy for the request of *case*; ``None`` where no policy should allow it."""
    origin = _origin(case)
    request_headers, exposed_headers = _request_headers(case), _exposed(case)
    # Strangers wrote the names: none of them may stand for all.
    if origin is None or WILDCARD in (*request_headers, *exposed_headers):
        return None
    try:
        policy = Policy(
            origins=[origin, *_listed_beside(case, origin)],
            methods=_methods(case),
            request_headers=request_headers,
            exposed_headers=exposed_headers,
            credentials=case.with_credentials,
        )
    except PolicyError:
        return None
    guessed = origin == PLACEHOLDER
    return Remedy(policy, None if guessed else _proven(case, policy), guessed)


def snippets(case: Case, finding: Finding, policy: Policy) -> tuple[Snippet, ...]:
    """Write *policy* for the stacks of *case* that have to change for *finding*."""
    if not finding.rule.snippet:
        return ()
    wanted = [kind for layer in finding.layer.split("/") for kind in _KINDS.get(layer, ())]
    places = [place for place in case.evidence.places if place.sure >= _SURE and place.kind in wanted]
    if finding.root_cause is RootCause.WEBSOCKET_ORIGIN_CHECK:
        places = [place for place in places if place.stack in OF_WEBSOCKETS]
        policy = Policy(**{**policy.values(), "guard_websockets": True})  # type: ignore[arg-type]
    within = {inner for place in places for inner in _WITHIN.get(place.stack, ())}
    found = []
    for place in (each for each in places if each.stack not in within):
        stack = find_stack(place.stack)
        rendered = stack.render(policy) if stack is not None else None
        if stack is not None and rendered is not None and rendered.files:
            found.append(Snippet(stack.name, stack.title, rendered))
    return tuple(found[:_MOST_SNIPPETS])


def _origin(case: Case) -> str | None:
    """Return the page's origin, or what stands for it; ``None`` for those that nobody should allow."""
    if case.origin.startswith("null") or any(scheme in case.origin.lower() for scheme in _OF_FILES):
        return None
    origin = _written(case)
    pattern = parse_origin_pattern(origin)
    # https://*.example is the name of no page: a policy would take it for many.
    return origin if pattern is None or pattern.is_exact else PLACEHOLDER


def _listed_beside(case: Case, origin: str) -> list[str]:
    """Return the other origins of a list in Access-Control-Allow-Origin: whoever wrote it means to allow them."""
    listed = [each.strip() for each in (case.allow_origin or "").split(",")[:_MOST_ORIGINS]]
    if origin not in listed:
        return []
    patterns = {each: parse_origin_pattern(each) for each in listed if each != origin}
    return [
        each
        for each, pattern in patterns.items()
        if pattern is not None and pattern.is_exact and "://" in each
    ]


def _written(case: Case) -> str:
    if case.page is not None and case.page.scheme in ("http", "https"):
        return case.page.serialized
    scheme, mark, host = case.origin.partition("://")
    if mark and scheme not in ("http", "https"):
        return f"{scheme.lower()}://{host.rstrip('/')}"
    return PLACEHOLDER


def _methods(case: Case) -> list[str]:
    told = case.message(Cause.METHOD_DISALLOWED)
    named = {case.method.upper(), (told.parameter if told else "").upper()}
    return sorted(name for name in named if name and name.isalpha() and name not in CORS_SAFELISTED_METHODS)


def _request_headers(case: Case) -> list[str]:
    names = {
        name.lower()
        for name, value in case.headers
        if not cors_safelisted_request_header(name.lower(), value, STANDARD)
        and not is_forbidden_request_header(name, value)
    }
    told = case.message(Cause.HEADER_DISALLOWED)
    if told is not None and told.parameter:
        names.add(told.parameter.lower())
    return sorted(name for name in names if not name.startswith("access-control-"))


def _exposed(case: Case) -> list[str]:
    told = case.message(Symptom.UNEXPOSED_RESPONSE_HEADER)
    return [told.parameter] if told is not None and told.parameter else []


def _proven(case: Case, policy: Policy) -> bool | None:
    requests = [(request_of(case, profile), profile) for profile in BROWSERS]
    if any(request is None for request, _ in requests):
        return None
    return all(
        simulate(request, policy, profile).outcome.readable
        for request, profile in requests
        if request is not None
    )
