"""CORS before Falcon, WSGI and ASGI alike.

    install(app, Policy(origins=["https://example.com"]))

puts a `CORSMiddleware` before all other components. One may be given to ``falcon.App(middleware=[...])``, too, but it
does not know the application's routes, nor what `cross_origin` says of them.
Source: https://falcon.readthedocs.io/en/stable/api/middleware.html
"""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Any, Final

import falcon
import falcon.asgi

from corsage.middleware.by_handler import EXEMPT, cross_origin, policy_of
from corsage.middleware.cors import CORS, Policies
from corsage.middleware.denial import Denial
from corsage.middleware.native import Answer, Asked, answer, at_work
from corsage.middleware.own import OwnPolicies, of_fields
from corsage.server import Policy

_KEPT: Final = "corsage.answer"


def install(
    app: "falcon.App[Any, Any]",
    policy: Policy | Policies | CORS,
    *,
    on_denied: Callable[[Denial], object] | None = None,
    debug: bool = False,
    log: bool = True,
) -> CORS:
    """Put *policy* before all components, resources, sinks and static routes of *app*.

    Args:
        app: of `falcon.App` or `falcon.asgi.App`.
        policy: for the resources, responders and sinks that have none of their own (`cross_origin`).
        on_denied: see `CORS`.
        debug: see `CORS`.
        log: see `CORS`.

    Returns:
        The policy at work, to be replaced by its `replace`.

    Raises:
        RuntimeError: a policy stands before *app* already.
        TypeError: options are given with a `CORS`.
    """
    components: list[Any] = app._unprepared_middleware  # noqa: SLF001 - in public, components can be added at the end alone
    if any(isinstance(each, CORSMiddleware) for each in components):
        raise RuntimeError("a policy stands before this application already: call the replace of its CORS")
    component = CORSMiddleware(at_work(policy, on_denied=on_denied, debug=debug, log=log))
    component.app = app
    components.insert(0, component)
    app.add_middleware([])  # works out again what is called when
    return component.cors


class CORSMiddleware:
    """A Falcon component. It answers preflights before anything else does, and puts headers on whatever is sent.

    Args:
        policy: what is allowed; or the fields of a `Policy`, as keywords.
        on_denied: see `CORS`.
        debug: see `CORS`.
        log: see `CORS`.
        **fields: of the policy, where none is given.

    Attributes:
        cors: the policy at work.
        app: has the resources and sinks; ``None`` where they have no policies of their own.

    Raises:
        PolicyError: *fields* are not a policy.
        TypeError: both a policy and fields are given; or options are given with a `CORS`.
    """

    def __init__(
        self,
        policy: Policy | Policies | CORS | None = None,
        *,
        on_denied: Callable[[Denial], object] | None = None,
        debug: bool = False,
        log: bool = True,
        **fields: Any,  # noqa: ANN401 - the fields of Policy, which checks them
    ) -> None:
        self.cors = at_work(of_fields(policy, fields), on_denied=on_denied, debug=debug, log=log)
        self.app: Any = None
        self._own = OwnPolicies(self.cors)

    # --- WSGI ---

    def process_request(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Answer a preflight."""
        if self._now(req):
            resp.complete = True

    def process_response(self, req: falcon.Request, resp: falcon.Response, _: object, __: bool) -> None:  # noqa: FBT001 - as Falcon calls it
        """Put the policy's headers on *resp*, errors included."""
        if _KEPT not in req.env:  # a component before this one has answered
            self._now(req)
        _finish(resp, req.env[_KEPT])

    def _now(self, req: falcon.Request) -> bool:
        asked = Asked(req.method, req.path, lambda name: list(_values(req.env, name)))
        req.env[_KEPT] = None  # where this raises, it need not raise again
        said = answer(self._cors_for(asked), asked)
        kept = req.env[_KEPT] = said if said is None or isinstance(said, Answer) else _at_once(said)
        return kept is not None and kept.status is not None

    # --- ASGI ---

    async def process_request_async(self, req: falcon.asgi.Request, resp: falcon.asgi.Response) -> None:
        """Answer a preflight."""
        if await self._later(req):
            resp.complete = True

    async def process_response_async(
        self,
        req: falcon.asgi.Request,
        resp: falcon.asgi.Response,
        _: object,
        __: bool,  # noqa: FBT001 - as Falcon calls it
    ) -> None:
        """Put the policy's headers on *resp*, errors included."""
        if _KEPT not in req.scope:
            await self._later(req)
        _finish(resp, req.scope[_KEPT])

    async def process_request_ws(self, req: falcon.asgi.Request, _: falcon.asgi.WebSocket) -> None:
        """Refuse the handshake of a foreign page, where the policy guards."""
        if await self._later(req, handshake=True):
            raise falcon.HTTPForbidden(title="Origin not allowed")

    async def _later(self, req: falcon.asgi.Request, *, handshake: bool = False) -> bool:
        asked = Asked(req.method, req.path, partial(_lines, req, handshake))
        said = answer(self._cors_for(asked, "WEBSOCKET" if handshake else None), asked)
        kept = req.scope[_KEPT] = said if said is None or isinstance(said, Answer) else await said
        return kept is not None and kept.status is not None

    # --- both ---

    def _cors_for(self, asked: Asked, kind: str | None = None) -> CORS:
        """Find the policy of the responder, of its resource, of the sink, or the application's."""
        announced = asked.lines("Access-Control-Request-Method") if asked.preflight else ()
        method = kind or (announced[0] if announced else asked.method)
        for place in () if self.app is None else _places(self.app, asked.path, method):
            own = policy_of(place)
            if own is not None:
                return self._own.at_work(own)
        return self.cors


def _places(app: Any, path: str, method: str) -> tuple[object, ...]:  # noqa: ANN401 - of either kind
    """Return what answers a request and may have a policy, as the application finds it."""
    found = app._router.find(path)  # noqa: SLF001 - in public, nothing tells before a preflight is answered
    if found and found[0] is not None:
        return found[1].get(method), found[0]
    for pattern, place, _ in app._sink_and_static_routes:  # noqa: SLF001 - likewise
        if pattern.match(path):
            return (place,)
    return ()


def _values(environ: dict[str, Any], name: str) -> Iterator[str]:
    value = environ.get(f"HTTP_{name.upper().replace('-', '_')}")
    if value is not None:
        yield value


def _lines(req: falcon.asgi.Request, handshake: bool, name: str) -> list[str]:  # noqa: FBT001 - bound
    wanted = name.lower()
    if handshake and wanted == "upgrade":  # HTTP/2 has none
        return ["websocket"]
    headers = req.scope["headers"]
    if isinstance(headers, list | tuple):
        return [value.decode("latin-1") for key, value in headers if key.decode("latin-1").lower() == wanted]
    # Falcon's own test client lets headers be read once, and Falcon has.
    value = req.get_header(name)
    return [] if value is None else [value]


def _at_once(said: Awaitable[Answer]) -> Answer:
    """Return what a lookup that is async says without waiting, if it does."""
    steps = said.__await__()
    try:
        next(steps)
    except StopIteration as end:
        found: Answer = end.value
        return found
    steps.close()
    raise TypeError("the policy's origin_lookup waits: WSGI needs one that is not async")


def _finish(resp: falcon.Response, said: Answer | None) -> None:
    if said is None:
        return
    present = resp.headers
    if said.status is not None:  # whatever another component has made of the preflight
        resp.status = said.status
        resp.text = resp.data = resp.media = resp.stream = None
    for name in present:
        if said.status is not None or name.lower() in said.owned:
            resp.delete_header(name)
    for name, value in said.headers if said.status is not None else said.onto(present.items()):
        resp.set_header(name, value)


__all__ = ["CORS", "EXEMPT", "CORSMiddleware", "Policy", "cross_origin", "install"]
