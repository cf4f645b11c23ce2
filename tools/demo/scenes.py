"""The scenes, in the order in which people meet them."""

from typing import Final

from demo.scene import Answer, Scene, Verdict

_PAGE: Final = ("Access-Control-Allow-Origin", "{page}")
_VARY: Final = ("Vary", "Origin")
_ANYONE: Final = ("Access-Control-Allow-Origin", "*")
_PONG: Final = "pong\n"

SCENES: Final = (
    Scene(
        title="The block",
        lead="A page on {page} calls fetch('{api}/ping'). The API answers, and knows nothing of CORS.",
        url="{api}/ping",
        answers={"GET /ping": Answer(body=_PONG)},
        expected=Verdict(1, "blocked", "MissingAllowOriginHeader"),
        conclusion="The server did its work. It is the browser that keeps the answer from the page.",
        shown=None,
    ),
    Scene(
        title="The fix",
        lead="The same API, with the header that the report asked for. The page has not changed.",
        url="{api}/ping",
        answers={"GET /ping": Answer(headers=(_PAGE, _VARY), body=_PONG)},
        expected=Verdict(0, "readable"),
        conclusion="One response header, sent by the API, is the whole fix. Nothing is to be done in the page.",
        shown=None,
    ),
    Scene(
        title="No answer to the preflight",
        lead="The page sends a PUT, so the browser asks first, by OPTIONS. The API knows no OPTIONS and answers 405.",
        url="{api}/items/1",
        request=("-X", "PUT"),
        answers={
            "OPTIONS /items/1": Answer(405, (("Allow", "GET, PUT"),)),
            "PUT /items/1": Answer(headers=(_PAGE, _VARY), body="saved\n"),
        },
        expected=Verdict(1, "blocked", "PreflightMissingAllowOriginHeader"),
        conclusion="The PUT itself was never sent: the route must answer OPTIONS, too, before any login.",
    ),
    Scene(
        title="Credentials with *",
        lead="The page sends its cookies (credentials: 'include'). The API allows everyone: *.",
        url="{api}/me",
        request=("--credentials", "include"),
        answers={
            "GET /me": Answer(headers=(_ANYONE, ("Access-Control-Allow-Credentials", "true")), body="you\n")
        },
        expected=Verdict(1, "blocked", "WildcardOriginNotAllowed"),
        conclusion="With credentials, * is not a wildcard: the API must name the one origin that asks.",
    ),
    Scene(
        title="Method not allowed",
        lead="The page sends a DELETE. The API's preflight answer allows GET and POST.",
        url="{api}/items/1",
        request=("-X", "DELETE"),
        answers={
            "OPTIONS /items/1": Answer(204, (_PAGE, _VARY, ("Access-Control-Allow-Methods", "GET, POST"))),
            "DELETE /items/1": Answer(headers=(_PAGE, _VARY), body="gone\n"),
        },
        expected=Verdict(1, "blocked", "MethodDisallowedByPreflightResponse"),
        conclusion="Every method but GET, HEAD and POST must stand in Access-Control-Allow-Methods.",
    ),
    Scene(
        title="Header not allowed",
        lead="The page posts JSON. Content-Type: application/json needs permission, and the API does not give it.",
        url="{api}/items",
        request=("-X", "POST", "-H", "Content-Type: application/json", "-d", '{"name": "rose"}'),
        answers={
            "OPTIONS /items": Answer(204, (_PAGE, _VARY, ("Access-Control-Allow-Methods", "POST"))),
            "POST /items": Answer(201, (_PAGE, _VARY), "made\n"),
        },
        expected=Verdict(1, "blocked", "HeaderDisallowedByPreflightResponse"),
        conclusion="A form could not send JSON, so the browser asks before a page may.",
    ),
    Scene(
        title="Response header not exposed",
        lead="The page reads the list, and how many there are from X-Total-Count. CORS is set up; the header is null.",
        url="{api}/items",
        answers={"GET /items": Answer(headers=(_PAGE, _VARY, ("X-Total-Count", "42")), body="[]\n")},
        expected=Verdict(0, "readable", hidden=("x-total-count",)),
        conclusion="Not an error, and nothing in the console: Access-Control-Expose-Headers makes it readable.",
    ),
    Scene(
        title="Redirect to a login",
        lead="The session has ended: the API sends the page's request on to a login page of another origin.",
        url="{api}/account",
        answers={
            "GET /account": Answer(302, (_PAGE, _VARY, ("Location", "{login}/login"))),
            "GET /login": Answer(body="Who are you?\n"),
        },
        expected=Verdict(1, "blocked", "MissingAllowOriginHeader", sent=2),
        conclusion="Answer 401 and let the page go to the login: a fetch that is redirected there helps nobody.",
        shown=("The conversation", "What to change"),
    ),
    Scene(
        title="Mixed content",
        lead="An https page asks an http API. Its CORS headers are perfect.",
        url="http://api.example.test:{api_port}/ping",
        origin="https://shop.example.test",
        request=("--resolve", "api.example.test:{api_port}:127.0.0.1"),
        answers={"GET /ping": Answer(headers=(_ANYONE,), body=_PONG)},
        expected=Verdict(1, "blocked", "MixedContent", sent=0),
        conclusion="Nothing was sent, so no header can help: the API needs https.",
    ),
    Scene(
        title="Server down",
        lead="The API is not running. Browsers give the page the same TypeError as for CORS.",
        url="{down}/ping",
        expected=Verdict(3, "network-failure", "NetworkFailure"),
        conclusion="This is not CORS, though the browser's console may say so: start the server.",
    ),
    Scene(
        title="A policy in front",
        lead=(
            "The page puts JSON, with its cookies. The API knows nothing of CORS, and stands behind "
            "Policy(origins=['{page}'], methods=['PUT'], request_headers=['Content-Type'], credentials=True)."
        ),
        url="{api}/items/1",
        request=(
            *("-X", "PUT", "-H", "Content-Type: application/json", "-d", '{"name": "rose"}'),
            *("--credentials", "include"),
        ),
        answers={"PUT /items/1": Answer(body="saved\n")},
        origins=("{page}",),
        expected=Verdict(0, "readable", sent=2),
        conclusion=(
            "All of the above in one object, which tells its own mistakes: CORS(policy).asgi(app), .wsgi(app), or one "
            "line for your framework (docs/frameworks)."
        ),
        shown=("The conversation",),
    ),
)
