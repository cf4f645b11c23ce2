"""What servers answer and log when they refuse an origin, a preflight, a host, or their own configuration."""

from functools import partial
from typing import Final

from corsage.clients.console.cores import Core, Part
from corsage.model.evidence import Speaker
from corsage.model.symptom import Symptom

_said = partial(Core, part=Part.ALONE, speaker=Speaker.SERVER)
_NOWHERE: Final = ("\n", "")
_origin = partial(_said, says=Symptom.SERVER_REFUSED_ORIGIN, url=_NOWHERE)
_method = partial(_said, says=Symptom.SERVER_REFUSED_METHOD, url=_NOWHERE)
_headers = partial(_said, says=Symptom.SERVER_REFUSED_HEADERS, url=_NOWHERE)
_preflight = partial(_said, says=Symptom.SERVER_REFUSED_PREFLIGHT, url=_NOWHERE)
_config = partial(_said, says=Symptom.SERVER_CONFIG_REFUSED, url=_NOWHERE)
_socket = partial(_said, says=Symptom.SERVER_WEBSOCKET_ORIGIN, url=_NOWHERE)
_csrf = partial(_said, says=Symptom.SERVER_CSRF, url=_NOWHERE)
_host = partial(_said, says=Symptom.SERVER_HOST_REFUSED, url=_NOWHERE)
_login = partial(_said, says=Symptom.IDENTITY_PROVIDER, url=_NOWHERE)

_PYTHON: Final = (
    _origin("disallowedcorsorigin", stack="starlette", status=400),
    _method("disallowedcorsmethod", stack="starlette", status=400),
    _headers("disallowedcorsheaders", stack="starlette", status=400),
    _preflight("corspreflightrequestfailed", stack="aiohttp", status=403, until="\n"),
    _socket("isnotanacceptedorigin", stack="socketio", status=400, origin=("\n", ""), lead="\n"),
    _socket("blockingcrossoriginwebsocketattempt", stack="jupyter", status=403, origin=("origin", "host")),
    _origin("blockingcrossoriginapirequest", stack="jupyter", status=404, origin=("origin", "host")),
    _origin("blockingrequestfromdisallowedorigin", stack="jupyter"),
    _csrf("xsrfargumentmissingfrompost", stack="tornado", value="_xsrf"),
    _socket("crossoriginwebsocketsnotallowed", stack="tornado", status=403),
    _csrf("origincheckingfailed", stack="django", status=403, origin=("", "doesnotmatch")),
    _csrf("csrfverificationfailed", stack="django", status=403),
    _csrf("csrffailed", stack="django", status=403, until="\n"),
    _csrf("referercheckingfailed", stack="django", status=403),
    _host("invalidhttphostheader", stack="django", status=400, until=""),
    _host("disallowedhost", stack="django", status=400),
    _config("isnotmissingschemeornetloc", stack="django"),
    _config("incorsallowedoriginsismissingscheme", stack="django"),
    _config("incorsallowedoriginsshouldnothavepath", stack="django"),
    _config("corsheaderse0", stack="django", weak=False),
    _host("requestvalidationerrorinvalidhostheader", stack="mcp"),
    _origin("invalidoriginheader", stack="mcp"),
    _csrf("thecsrftokenismissing", stack="flask", status=400),
    _config("cannotuseawildcardoriginwithsupportscredentials", stack="flask"),
    _config("cannotusesupportscredentialsinconjunctionwith", stack="flask"),
)
_JAVA: Final = (
    _preflight("invalidcorsrequest", stack="spring", status=403),
    _config("whenallowcredentialsistruealloworigins", stack="spring"),
    _config("whenallowcredentialsistrueallowedorigins", stack="spring", value="*"),
    _config("whenallowcredentialsistrue", stack="spring"),
    _origin("originisnotallowed", stack="spring", lead="reject", origin=("reject", "")),
    _csrf("invalidcsrftoken", stack="spring", status=403),
    _origin("corsorigindenied", stack=""),
    _origin("corsrejectedinvalidorigin", stack="quarkus"),
    _config("itisnotpossibletocombinesupportscredentials", stack="tomcat"),
    _config("cannotsetsupportscredentialsandallowedorigins", stack="tomcat"),
)
_DOTNET: Final = (
    _origin(
        "doesnothavepermissiontoaccesstheresource",
        stack="aspnetcore",
        origin=("requestorigin", ""),
        weak=True,
    ),
    _preflight("corspolicyexecutionfailed", stack="aspnetcore"),
    _method("notallowedincorspolicy", stack="aspnetcore", lead="request"),
    _config("thecorsprotocoldoesnotallowspecifyingawildcard", stack="aspnetcore", value="*"),
    _config("nocorspolicyfoundforthespecifiedrequest", stack="aspnetcore"),
    _config("containscorsmetadatabutamiddleware", stack="aspnetcore"),
)
_NODE: Final = (
    _origin("notallowedbycors", stack="express", status=500),
    _host("invalidhostoriginheader", stack="webpack-dev-server"),
    _host("invalidhostheader", stack="webpack-dev-server"),
    _host("blockedrequestthishost", stack="vite", status=403, until=""),
    _origin("blockedcrossoriginrequestfrom", stack="nextjs", origin=("", "to")),
    _csrf("fromaforwardedserveractionsrequest", stack="nextjs"),
    _csrf("crosssitepostformsubmissionsareforbidden", stack="sveltekit", status=403),
    _csrf("blockedasapotentialcrosssiterequestforgery", stack="apollo", status=400),
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
    _host("hostauthorizationblockedhost", stack="rails", status=403, until=""),
    _host("blockedhost", stack="rails", status=403, until="", weak=True),
    _config("allowingcredentialsforwildcardorigins", stack="rack-cors", value="*"),
    _preflight("xrackcorsmiss", stack="rack-cors", until="\n"),
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
        url=_NOWHERE,
    ),
    _login("aadsts9002326", stack="entra", value="AADSTS9002326"),
    _login("aadsts9002325", stack="entra", value="AADSTS9002325"),
    _login("aadsts9002327", stack="entra", value="AADSTS9002327"),
    _login("originisnotallowedforthegivenclientid", stack="google-identity"),
    _login("notavalidoriginfortheclient", stack="google-identity"),
    _login("idpiframeinitializationfailed", stack="google-identity"),
    _login("authunauthorizeddomain", stack="firebase"),
    _origin("originnotallowed", stack=""),
    _origin("originnotinwhitelist", stack=""),
    _origin("forbiddenbyoriginpolicy", stack=""),
)
# `corsage.middleware`: "CORS: origin-not-allowed: a preflight of /x from origin https://…".
_OURS: Final = (
    _origin("corsoriginnotallowed", stack="corsage", origin=("fromorigin", "")),
    _origin("corsoriginnull", stack="corsage", value="null"),
    _origin("corsoriginmalformed", stack="corsage"),
    _origin("corsoriginrepeated", stack="corsage"),
    _method("corsmethodnotallowed", stack="corsage"),
    _method("corsmethodmalformed", stack="corsage"),
    _headers("corsheadernotallowed", stack="corsage"),
    _headers("corsheadersmalformed", stack="corsage"),
)

CORES: Final = _PYTHON + _JAVA + _DOTNET + _NODE + _GO + _OTHERS + _OURS
