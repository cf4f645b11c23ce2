"""CORS before any WSGI application (https://peps.python.org/pep-3333/).

app = CORSMiddleware(app, Policy(origins=["https://example.com"]))
"""

from collections.abc import Callable, Iterable
from inspect import isawaitable, iscoroutinefunction
from types import MethodType
from typing import Any, Final, TypeAlias, overload

from corsage.middleware.cors import CORS, Policies, compiled_of
from corsage.middleware.denial import Denial
from corsage.middleware.hot import Answers
from corsage.middleware.wsgi_answers import WSGIAnswers
from corsage.middleware.wsgi_guard import guarded
from corsage.middleware.wsgi_start import Headers, StartResponse, relay
from corsage.server import Policy, Reason

Environ: TypeAlias = dict[str, Any]
WSGIApplication: TypeAlias = Callable[[Environ, StartResponse], Iterable[bytes]]

_ASYNC_LOOKUP: Final = "the policy's origin_lookup is async: WSGI needs one that is not"
_DEBUG: Final = "Corsage-Denied"
_PRIVATE_NETWORK: Final = "HTTP_ACCESS_CONTROL_REQUEST_PRIVATE_NETWORK"


@overload
def CORSMiddleware(
    app: WSGIApplication,
    policy: Policy | Policies,
    *,
    on_denied: Callable[[Denial], object] | None = None,
    debug: bool = False,
    log: bool = True,
) -> WSGIApplication: ...


@overload
def CORSMiddleware(
    app: WSGIApplication,
    *,
    on_denied: Callable[[Denial], object] | None = None,
    debug: bool = False,
    log: bool = True,
    **fields: Any,  # noqa: ANN401 - the fields of Policy, which checks them
) -> WSGIApplication: ...


def CORSMiddleware(  # noqa: N802 - where frameworks want a class, they call it: this is called likewise
    app: WSGIApplication,
    policy: Policy | Policies | None = None,
    *,
    on_denied: Callable[[Denial], object] | None = None,
    debug: bool = False,
    log: bool = True,
    **fields: Any,
) -> WSGIApplication:
    """Put *policy* before *app*.

    Args:
        app: a WSGI application.
        policy: what is allowed; or the fields of a `Policy`, as keywords.
        on_denied: see `CORS`.
        debug: see `CORS`.
        log: see `CORS`.
        **fields: of the policy, where none is given.

    Raises:
        PolicyError: *fields* are not a policy.
        TypeError: both a policy and fields are given.
    """
    if policy is None:
        policy = Policy.of(fields)
    elif fields:
        raise TypeError(f"give a policy or its fields, not both: {', '.join(fields)}")
    return wrap(app, CORS(policy, on_denied=on_denied, debug=debug, log=log))


def wrap(app: WSGIApplication, cors: CORS) -> WSGIApplication:
    """Return *app* behind *cors*.

    Raises:
        TypeError: the policy's lookup is async.
    """
    _refuse_async_lookup(cors)
    rest = Rest(app, cors)
    current = cors.current

    def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        answers = current.answers
        if answers is None:
            answers = current.select(path_of(environ)) if current.select is not None else None
            if answers is None:
                return app(environ, start_response)
        texts = answers.texts or rest.texts_of(answers)
        origin = environ.get("HTTP_ORIGIN")
        if origin is None:
            extra = texts.plain
        elif environ["REQUEST_METHOD"] == "OPTIONS" and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in environ:
            return rest.preflight(answers, texts, environ, start_response)
        elif texts.any_origin:
            extra = texts.plain
        elif origin in texts.exact:
            extra = texts.granted_to(origin)
        else:
            extra = rest.unlisted(answers, texts, environ)
        state = (start_response, extra, texts.owned)
        if origin is None or (extra is texts.plain and not texts.any_origin):
            return app(environ, MethodType(relay, state))
        return guarded(app, environ, state)

    application.__dict__["cors"] = cors
    return application


def _refuse_async_lookup(cors: CORS) -> None:
    if iscoroutinefunction(getattr(cors.policy, "origin_lookup", None)):
        raise TypeError(_ASYNC_LOOKUP)


def path_of(environ: Environ) -> str:
    """Return the path as text: WSGI gives its bytes, each as one character."""
    path = str(environ.get("PATH_INFO", ""))
    return path if path.isascii() else path.encode("latin-1", "replace").decode("utf-8", "replace")


class Rest:
    """What is not hot: preflights, patterns and lookups, denials."""

    def __init__(self, app: WSGIApplication, cors: CORS) -> None:
        self._app = app
        self._cors = cors

    @staticmethod
    def texts_of(answers: Answers) -> WSGIAnswers:
        """Make the texts of *answers*, once."""
        texts = answers.texts = WSGIAnswers(compiled_of(answers))
        return texts

    def unlisted(self, answers: Answers, texts: WSGIAnswers, environ: Environ) -> Headers:
        """Return the headers for a request from an origin that is not listed exactly."""
        origin = str(environ["HTTP_ORIGIN"])
        if self._allows(answers, texts, origin):
            return texts.granted_to(origin)
        if self._cors.unheard():
            return texts.plain
        reason = self._refused(answers, origin, environ, preflight=False)
        return [*texts.plain, (_DEBUG, reason)] if self._cors.debug else texts.plain

    def _allows(self, answers: Answers, texts: WSGIAnswers, origin: str) -> bool:
        if origin in texts.exact:
            return True
        if not texts.asks:
            return False
        found = self._cors.allows(answers, origin)
        if isawaitable(found):
            close = getattr(found, "close", None)
            if close is not None:
                close()
            raise TypeError(_ASYNC_LOOKUP)
        return bool(found)

    def preflight(
        self, answers: Answers, texts: WSGIAnswers, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer a preflight."""
        origin = str(environ["HTTP_ORIGIN"])
        allowed = texts.any_origin or self._allows(answers, texts, origin)
        headers: Headers = []
        if allowed:
            headers.append(("Access-Control-Allow-Origin", "*" if texts.any_origin else origin))
            headers += texts.preflight
            if answers.private_network and environ.get(_PRIVATE_NETWORK) == "true":
                headers.append(("Access-Control-Allow-Private-Network", "true"))
        headers += texts.preflight_ending
        if self._cors.denials.wanted() if allowed else not self._cors.unheard():
            reason = self._refused_preflight(answers, environ, allowed=allowed)
            if self._cors.debug and reason is not None:
                headers.append((_DEBUG, reason))
        if not answers.preflight_status:
            return self._app(environ, MethodType(relay, (start_response, headers, texts.owned)))
        start_response(texts.preflight_line, headers)
        return []

    def _refused_preflight(self, answers: Answers, environ: Environ, *, allowed: bool) -> Reason | None:
        origin = str(environ["HTTP_ORIGIN"])
        if not allowed:
            return self._refused(answers, origin, environ, preflight=True)
        refused = compiled_of(answers).refused_preflight(
            str(environ["HTTP_ACCESS_CONTROL_REQUEST_METHOD"]),
            str(environ.get("HTTP_ACCESS_CONTROL_REQUEST_HEADERS", "")),
        )
        if refused is None:
            return None
        self._tell(*refused, environ, preflight=True)
        return refused[0]

    def _refused(self, answers: Answers, origin: str, environ: Environ, *, preflight: bool) -> Reason:
        reason = compiled_of(answers).refused_origin(origin)
        self._tell(reason, origin, environ, preflight=preflight)
        return reason

    def _tell(self, reason: Reason, detail: str, environ: Environ, *, preflight: bool) -> None:
        request = (str(environ.get("REQUEST_METHOD", "GET")), str(environ.get("PATH_INFO", "")))
        self._cors.deny(reason, detail, str(environ["HTTP_ORIGIN"]), request, preflight=preflight)


__all__ = ["CORSMiddleware", "Environ", "StartResponse", "WSGIApplication"]
