"""What servers answer and log when they refuse an origin, a preflight, a host, or their own configuration."""

from dataclasses import replace
from functools import partial
from typing import Final

from corsage.clients.console import alone
from corsage.clients.console.cores import NOWHERE, WORD_BEFORE, Core, Part, Statement
from corsage.clients.console.page import Page
from corsage.model.evidence import Message, Speaker
from corsage.model.symptom import Symptom

_said = partial(Core, part=Part.ALONE, speaker=Speaker.SERVER)
_origin = partial(_said, says=Symptom.SERVER_REFUSED_ORIGIN, url=NOWHERE)
_method = partial(_said, says=Symptom.SERVER_REFUSED_METHOD, url=NOWHERE)
_headers = partial(_said, says=Symptom.SERVER_REFUSED_HEADERS, url=NOWHERE)
_preflight = partial(_said, says=Symptom.SERVER_REFUSED_PREFLIGHT, url=NOWHERE)
_config = partial(_said, says=Symptom.SERVER_CONFIG_REFUSED, url=NOWHERE)
_socket = partial(_said, says=Symptom.SERVER_WEBSOCKET_ORIGIN, url=NOWHERE)
_csrf = partial(_said, says=Symptom.SERVER_CSRF, url=NOWHERE)
_host = partial(_said, says=Symptom.SERVER_HOST_REFUSED, url=NOWHERE)
_login = partial(_said, says=Symptom.IDENTITY_PROVIDER, url=NOWHERE)

DISALLOWED: Final = "disallowedcors"
_PYTHON: Final = (
    _origin("disallowedcorsorigin", stack="starlette", status=400),
    _method("disallowedcorsmethod", stack="starlette", status=400),
    _headers("disallowedcorsheaders", stack="starlette", status=400),
    _preflight("corspreflightrequestfailed", stack="aiohttp", status=403, until="\n"),
    _socket("isnotanacceptedorigin", stack="python-socketio", status=400, origin=WORD_BEFORE, lead="\n"),
    _socket("notanacceptedorigin", stack="python-socketio", status=400),
    _socket("blockingcrossoriginwebsocketattempt", stack="jupyter", status=403, origin=("origin", "host")),
    _origin("blockingcrossoriginapirequest", stack="jupyter", status=404, origin=("origin", "host")),
    _host("blockingrequestwithnonlocalhost", stack="jupyter", status=403),
    _csrf("xsrfargumentmissingfrompost", stack="tornado", value="_xsrf"),
    _socket("crossoriginwebsocketsnotallowed", stack="tornado", status=403),
    _csrf("origincheckingfailed", stack="django", status=403, origin=("", "doesnotmatch")),
    _csrf("csrfverificationfailed", stack="django", status=403),
    _csrf("csrffailed", stack="django", status=403, until="\n"),
    _csrf("referercheckingfailed", stack="django", status=403),
    _host("invalidhttphostheader", stack="django", status=400, until=""),
    _host("disallowedhost", stack="django", status=400),
    _config("incorsallowedoriginsismissingscheme", stack="django"),
    _config("incorsallowedoriginsshouldnothavepath", stack="django"),
    _config("corsheaderse0", stack="django", weak=False),
    _host("requestvalidationerrorinvalidhostheader", stack="mcp"),
    _origin("invalidoriginheader", stack="mcp"),
    _csrf("thecsrftokenismissing", stack="flask", status=400),
    _config("cannotusesupportscredentialsinconjunctionwith", stack="flask"),
)
_JAVA: Final = (
    _preflight("invalidcorsrequest", stack="spring-boot", status=403),
    _config("whenallowcredentialsistruealloworigins", stack="spring-boot"),
    _config("whenallowcredentialsistrueallowedorigins", stack="spring-boot", value="*"),
    _config("whenallowcredentialsistrue", stack="spring-boot"),
    _origin(
        "defaultcorsprocessorreject",
        stack="spring-boot",
        until="originisnotallowed",
        origin=("", "originisnotallowed"),
    ),
    *(
        _method(f"defaultcorsprocessorrejecthttp{method.lower()}is", stack="spring-boot", value=method)
        for method in ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
    ),
    _headers("defaultcorsprocessorrejectheaders", stack="spring-boot", until="arenotallowed"),
    _csrf("invalidcsrftoken", stack="spring-boot", status=403),
    _origin("corsrejectedinvalidorigin", stack=""),
)
_DOTNET: Final = (
    _origin(
        "doesnothavepermissiontoaccesstheresource",
        stack="aspnet-core",
        origin=("requestorigin", ""),
        weak=True,
    ),
    _preflight("corspolicyexecutionfailed", stack="aspnet-core"),
    _method("notallowedincorspolicy", stack="aspnet-core", lead="request"),
    _config("thecorsprotocoldoesnotallowspecifyingawildcard", stack="aspnet-core", value="*"),
    _config("nocorspolicyfoundforthespecifiedrequest", stack="aspnet-core"),
    _config("containscorsmetadatabutamiddleware", stack="aspnet-core"),
)
_NODE: Final = (
    _origin("notallowedbycors", stack="express"),
    _host("invalidhostoriginheader", stack="webpack-dev-server"),
    _host("invalidhostheader", stack="webpack-dev-server"),
    _host("blockedrequestthishost", stack="vite", status=403, until=""),
    _origin("blockedcrossoriginrequestfrom", stack="nextjs", origin=("", "to")),
    _csrf("fromaforwardedserveractionsrequest", stack="nextjs"),
    _csrf("crosssitepostformsubmissionsareforbidden", stack="sveltekit", status=403),
    _csrf("blockedasapotentialcrosssiterequestforgery", stack="apollo-server", status=400),
    _csrf("forbiddenerrorinvalidcsrftoken", stack="express", status=403),
    _config("invalidcorsoriginoption", stack="fastify"),
    _preflight("invalidpreflightrequest", stack="fastify", status=400),
)
_GO: Final = (
    _config("badoriginoriginsmust", stack="gin"),
    _config("conflictsettingsalloriginsareallowed", stack="gin"),
    _config("conflictsettingsalloriginsdisabled", stack="gin"),
    _socket("requestoriginnotallowedbyupgradercheckorigin", stack="go", status=403),
    _socket("requestoriginnotallowedbyupgrader", stack="go", status=403),
    _socket("requestoriginisnotauthorizedforhost", stack="go", status=403, until=""),
)
_OTHERS: Final = (
    _socket(
        "couldnotcheckoriginforphoenix",
        stack="phoenix",
        status=403,
        origin=("originoftherequest", "thishappens"),
    ),
    _socket("requestoriginnotallowed", stack="rails", status=404, origin=("", ""), until=""),
    _csrf("didntmatchrequestbaseurl", stack="rails", status=422, origin=("httporiginheader", "")),
    _csrf("cantverifycsrftokenauthenticity", stack="rails", status=422),
    _csrf("invalidauthenticitytoken", stack="rails", status=422),
    _host("defaultresponseappblockedhosts", stack="rails", status=403, until=""),
    _host("blockedhosts", stack="rails", status=403, until="", weak=True),
    _host("blockedhost", stack="rails", status=403, until="", weak=True),
    _config("allowingcredentialsforwildcardorigins", stack="rack", value="*"),
    _preflight("xrackcorsmiss", stack="rack", until="\n"),
    _csrf("csrftokenmismatch", stack="laravel", status=419),
    _preflight("corsresponsethiscorsrequestisnotallowed", stack="s3", status=403),
    _preflight("thiscorsrequestisnotallowed", stack="s3", status=403),
    _preflight("corsisnotenabledforthisbucket", stack="s3", status=403),
    _preflight("corsnotenabledornomatchingrulefound", stack="azure-blob", status=403),
    _preflight("corspreflightfailure", stack="azure-blob", status=403),
    _said(
        "missingauthenticationtoken",
        says=Symptom.SERVER_STATUS,
        stack="api-gateway-rest",
        status=403,
        url=NOWHERE,
    ),
    _login("aadsts9002326", stack="entra-id", value="AADSTS9002326"),
    _login("aadsts9002325", stack="entra-id", value="AADSTS9002325"),
    _login("aadsts9002327", stack="entra-id", value="AADSTS9002327"),
    _login("originisnotallowedforthegivenclientid", stack="google-identity"),
    _login("notavalidoriginfortheclient", stack="google-identity"),
    _login("idpiframeinitializationfailed", stack="google-identity"),
    _login("authunauthorizeddomain", stack="firebase"),
    _origin("originnotallowed", stack=""),
    _origin("invalidorigin", stack="", weak=True),
    _origin("originnotinwhitelist", stack=""),
)
# `corsage.middleware`: "CORS: origin-not-allowed: a preflight of /x from origin https://…".
_ASKER: Final = ("fromorigin", "asksfor|morenotlogged")
_PATH: Final = ("preflightof", "fromorigin")
_OURS: Final = (
    _origin("corsoriginnotallowed", stack="corsage", origin=_ASKER, url=_PATH),
    _origin("corsoriginnull", stack="corsage", value="null", url=_PATH),
    _origin("corsoriginmalformed", stack="corsage", url=_PATH),
    _origin("corsoriginrepeated", stack="corsage", url=_PATH),
    _method(
        "corsmethodnotallowed",
        stack="corsage",
        origin=_ASKER,
        url=_PATH,
        lead="asksformethod",
        until="morenot",
    ),
    _method("corsmethodmalformed", stack="corsage", origin=_ASKER, url=_PATH),
    _headers(
        "corsheadernotallowed",
        stack="corsage",
        origin=_ASKER,
        url=_PATH,
        lead="asksforrequestheader",
        until="morenot",
    ),
    _headers("corsheadersmalformed", stack="corsage", origin=_ASKER, url=_PATH),
)

CORES: Final = _PYTHON + _JAVA + _DOTNET + _NODE + _GO + _OTHERS + _OURS

_LISTED: Final = ("origin", "method", "headers")


def read_disallowed(page: Page, statement: Statement) -> Message | None:
    """Read "Disallowed CORS origin, method, headers": all that Starlette and Litestar refuse, in one answer."""
    message = alone.read(page, statement)
    if message is None:
        return None
    mark = statement.marks[0]
    rest = page.bare[mark.start + len(DISALLOWED) : mark.end + len("".join(_LISTED))]
    named = []
    while (word := next((word for word in _LISTED if rest.startswith(word)), "")) and word not in named:
        named.append(word)
        rest = rest[len(word) :]
    return replace(message, parameter=", ".join(named)) if len(named) > 1 else message
