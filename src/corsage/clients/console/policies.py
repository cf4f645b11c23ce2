"""The browser's other policies: what looks like CORS, and is not."""

from functools import partial
from typing import Final

from corsage.clients.console.cores import NOWHERE, Core, Part
from corsage.model.cause import Cause
from corsage.model.evidence import Speaker
from corsage.model.symptom import Symptom

_chromium = partial(Core, part=Part.ALONE, speaker=Speaker.CHROMIUM)
_firefox = partial(Core, part=Part.ALONE, speaker=Speaker.FIREFOX)
_webkit = partial(Core, part=Part.ALONE, speaker=Speaker.WEBKIT)
_any = partial(Core, part=Part.ALONE)
_HERE: Final = ("", "")

_MIXED: Final = (
    _chromium(
        "mixedcontentthepageat",
        says=Cause.MIXED_CONTENT,
        url=("requestedaninsecure", "this"),
        origin=("", "wasloadedover"),
    ),
    _any(
        "requestedinsecurecontentfrom",
        says=Cause.MIXED_CONTENT,
        speaker=Speaker.WEBKIT,
        url=_HERE,
        origin=("thepageat", ""),
    ),
    _any(
        "insecurecontentfrom",
        says=Cause.MIXED_CONTENT,
        url=_HERE,
        origin=("thepageat", "wasnot|wasloaded|displayed|ran"),
    ),
    _any("aninsecurewebsocketconnectionmaynotbeinitiated", says=Cause.MIXED_CONTENT, api="WebSocket"),
    _firefox("blockedloadingmixed", says=Cause.MIXED_CONTENT),
    _firefox("loadingmixedinsecure", says=Cause.MIXED_CONTENT, value="allowed"),
    _firefox("ladenvongemischten", says=Cause.MIXED_CONTENT),
    _firefox("blocageduchargementducontenumixte", says=Cause.MIXED_CONTENT),
    _firefox("bloqueadolacargadelcontenido", says=Cause.MIXED_CONTENT),
    _firefox("bloqueadocarregamentodeconteúdomisto", says=Cause.MIXED_CONTENT),
    _firefox("bloccatoilcaricamentodicontenutomisto", says=Cause.MIXED_CONTENT),
    _firefox("заблокированазагрузкасмешанного", says=Cause.MIXED_CONTENT),
    _firefox("混在アクティブコンテンツ", says=Cause.MIXED_CONTENT),
    _firefox("混在表示コンテンツ", says=Cause.MIXED_CONTENT),
    _firefox("混合活动内容", says=Cause.MIXED_CONTENT),
    _firefox("混和的主動內容", says=Cause.MIXED_CONTENT),
    _firefox("혼합된액티브콘텐츠", says=Cause.MIXED_CONTENT),
    _firefox("ladenvangemengdeactieveinhoud", says=Cause.MIXED_CONTENT),
    _any("blockedmixedcontent", says=Cause.MIXED_CONTENT),
)

_RESPONSES: Final = (
    _chromium(
        "crossoriginreadblockingcorbblocked", says=Symptom.CORB, url=("crossoriginresponse", "withmimetype")
    ),
    _any("blockedbycorb", says=Symptom.CORB),
    _any("blockedbyorb", says=Cause.OPAQUE_RESPONSE_BLOCKED),
    _firefox("blockedbyopaqueresponseblocking", says=Cause.OPAQUE_RESPONSE_BLOCKED),
    _firefox("duetoitscrossoriginresourcepolicyheader", says=Cause.CORP_NOT_SAME_ORIGIN),
    _chromium("topreventaresourcefrombeingblocked", says=Cause.CORP_REQUIRED_BY_EMBEDDER, weak=True),
    _chromium("crossoriginembedderpolicytopreventthisframe", says=Cause.CORP_REQUIRED_BY_EMBEDDER),
    _any("becauseitsmimetype", says=Cause.MIME_TYPE_BLOCKED, speaker=Speaker.CHROMIUM, until=""),
    _firefox("duetomimetype", says=Cause.MIME_TYPE_BLOCKED, until=""),
    _chromium(
        "failedtoloadmodulescript", says=Symptom.MODULE_TYPE, lead="mimetypeof", until="strictmimetype"
    ),
    _firefox("becauseofadisallowedmimetype", says=Symptom.MODULE_TYPE, until=""),
    _webkit("isnotavalidjavascriptmimetype", says=Symptom.MODULE_TYPE),
    _chromium("hasanintegrityattributebuttheresource", says=Symptom.INTEGRITY),
    _chromium("failedtofindavaliddigestintheintegrity", says=Symptom.INTEGRITY, value="digest"),
    _firefox("isnoteligibleforintegritychecks", says=Symptom.INTEGRITY),
    _firefox("hashesintheintegrityattribute", says=Symptom.INTEGRITY, value="digest"),
    _webkit("failedintegritymetadatacheck", says=Symptom.INTEGRITY),
)

_ACCESS: Final = (
    _any(
        "blockedaframewithorigin",
        says=Symptom.FRAME_ACCESS,
        url=NOWHERE,
        origin=("", "fromaccessing"),
        speaker=Speaker.CHROMIUM,
    ),
    _firefox("permissiondeniedtoaccessproperty", says=Symptom.FRAME_ACCESS, until=""),
    _any("doesnotmatchtherecipientwindowsorigin", says=Symptom.FRAME_ACCESS, url=NOWHERE),
    _any("inaframebecauseitsetxframeoptionsto", says=Symptom.FRAME_REFUSED, until=""),
    _any("inaframebecauseitsetmultiplexframeoptions", says=Symptom.FRAME_REFUSED),
    _firefox("inaframeisdeniedbyxframeoptionsdirectivesetto", says=Symptom.FRAME_REFUSED, until=""),
    _any("taintedcanvasesmaynot", says=Symptom.CANVAS_TAINTED, speaker=Speaker.CHROMIUM),
    _any("canvashasbeentaintedby", says=Symptom.CANVAS_TAINTED),
    _any("elementcontainscrossorigindata", says=Symptom.CANVAS_TAINTED, speaker=Speaker.CHROMIUM),
    _any("theoperationisinsecure", says=Symptom.CANVAS_TAINTED),
    _chromium(
        "cannotbeaccessedfromorigin",
        says=Symptom.WORKER_ORIGIN,
        url=("scriptat", ""),
        origin=_HERE,
        api="Worker",
    ),
    _any(
        "unsafeattempttoloadurl",
        says=Symptom.UNSAFE_LOAD,
        url=("", "fromframewithurl|fromorigin"),
        origin=("fromframewithurl|fromorigin", "domains"),
    ),
    _firefox("maynotloaddatafrom", says=Cause.DISALLOWED_BY_MODE, url=_HERE, origin=("contentat", "")),
    _firefox("maynotloadorlinkto", says=Cause.LOCAL_RESOURCE, url=_HERE, origin=("contentat", "")),
    _any("notallowedtoloadlocalresource", says=Cause.LOCAL_RESOURCE, url=_HERE),
    _webkit("ftpurlsaredisabled", says=Cause.CORS_DISABLED_SCHEME),
    _firefox("scriptsourceuriisnotallowedinthisdocument", says=Symptom.CORS_UNSPECIFIC, api="script"),
    _firefox("modulesourceuriisnotallowedinthisdocument", says=Symptom.CORS_UNSPECIFIC, api="script"),
    _any("aurlthatincludescredentials", says=Cause.EMBEDDED_CREDENTIALS),
)

_HEADERS: Final = (
    _any("refusedtosetunsafeheader", says=Symptom.FORBIDDEN_REQUEST_HEADER, until="", url=NOWHERE),
    _firefox("attempttosetaforbiddenheaderwasdenied", says=Symptom.FORBIDDEN_REQUEST_HEADER, until=""),
    _any("refusedtogetunsafeheader", says=Symptom.UNEXPOSED_RESPONSE_HEADER, until="", url=NOWHERE),
    _chromium("authorizationwillnotbecoveredbythewildcard", says=Symptom.WILDCARD_AUTHORIZATION),
)

_WORKERS: Final = (
    _chromium("thefetcheventfor", says=Symptom.SERVICE_WORKER, url=("", "resultedina")),
    _any("resultedinanetworkerrorresponse", says=None),
    _any("failedtoregisteraserviceworker", says=Symptom.SERVICE_WORKER),
    _firefox("aserviceworkerpassed", says=Symptom.SERVICE_WORKER),
    _firefox("aserviceworkerintercepted", says=Symptom.SERVICE_WORKER),
    _webkit("fetcheventrespondwithreceivedanerror", says=Symptom.SERVICE_WORKER),
)

_COOKIES: Final = (
    _any("cookieinacrosssiterequestbyspecifyingitssamesite", says=Symptom.COOKIE_BLOCKED),
    _any("cookieassociatedwithacrosssiteresource", says=Symptom.COOKIE_BLOCKED),
    _any("setcookieheaderwasblocked", says=Symptom.COOKIE_BLOCKED),
    _any("setcookiewasblocked", says=Symptom.COOKIE_BLOCKED),
    _any("setcookiedidntspecifyasamesite", says=Symptom.COOKIE_BLOCKED),
    _any("settingcookieincrosssitecontext", says=Symptom.COOKIE_BLOCKED),
    _any("readingcookieincrosssitecontext", says=Symptom.COOKIE_BLOCKED),
    _any("thirdpartycookiewillbeblocked", says=Symptom.COOKIE_BLOCKED),
    _any("thirdpartycookieisblocked", says=Symptom.COOKIE_BLOCKED),
    _any("thirdpartycookiesareblocked", says=Symptom.COOKIE_BLOCKED),
    _firefox("hasbeenrejectedbecauseitisinacrosssitecontext", says=Symptom.COOKIE_BLOCKED, lead="cookie"),
    _firefox("hasbeenrejectedforinvaliddomain", says=Symptom.COOKIE_BLOCKED, lead="cookie"),
    _firefox("rejectedbecauseithasthesamesitenone", says=Symptom.COOKIE_BLOCKED, lead="cookie"),
    _firefox("willbesoonrejectedbecause", says=Symptom.COOKIE_BLOCKED, lead="cookie"),
    _firefox("wasomittedbecauseofacrosssiteredirect", says=Symptom.COOKIE_BLOCKED),
    _firefox("requesttoaccesscookie", says=Symptom.COOKIE_BLOCKED),
    _any("duetouserpreferencesthecookie", says=Symptom.COOKIE_BLOCKED),
)

_BLOCKERS: Final = (
    _firefox("wasblockedbecausecontentblockingisenabled", says=Symptom.EXTENSION_BLOCKED),
    _firefox("becausetrackingprotectionisenabled", says=Symptom.EXTENSION_BLOCKED),
    _firefox("becauseenhancedtrackingprotection", says=Symptom.EXTENSION_BLOCKED),
    _firefox("wasblockedbyenhancedtrackingprotection", says=Symptom.EXTENSION_BLOCKED),
    _webkit("blockedbycontentblocker", says=Symptom.EXTENSION_BLOCKED),
    _any("thecontentblockerpreventedframe", says=Symptom.EXTENSION_BLOCKED, speaker=Speaker.WEBKIT),
)

_SOCKETS: Final = (
    _any("duringwebsockethandshakeunexpectedresponsecode", says=Symptom.WEBSOCKET_FAILED, api="WebSocket"),
    _any("websocketisclosedbeforetheconnection", says=Symptom.WEBSOCKET_FAILED, api="WebSocket"),
    _any("websocketconnectionto", says=Symptom.WEBSOCKET_FAILED, url=_HERE, api="WebSocket"),
    _any(
        "firefoxcantestablishaconnectiontotheserverat",
        says=Symptom.WEBSOCKET_FAILED,
        url=_HERE,
        speaker=Speaker.FIREFOX,
        api="WebSocket",
    ),
    _firefox("kannkeineverbindungzudemserverunter", says=Symptom.WEBSOCKET_FAILED),
    _firefox("nepeutétabliruneconnexionavecleserveur", says=Symptom.WEBSOCKET_FAILED),
    _firefox("nopuedeestablecerunaconexiónconelservidor", says=Symptom.WEBSOCKET_FAILED),
    _firefox("theconnectiontowssurlwasinterrupted", says=Symptom.WEBSOCKET_FAILED),
)

_NETWORKS: Final = (
    _chromium("localnetworkaccesspermissiondenied", says=Cause.LOCAL_NETWORK_PERMISSION_DENIED),
    _chromium("accessthelocalnetworkwasdenied", says=Cause.LOCAL_NETWORK_PERMISSION_DENIED),
    _chromium("privatenetworkrequestsareonlymade", says=Symptom.PRIVATE_NETWORK_HEADER),
)

CORES: Final = (
    _MIXED + _RESPONSES + _ACCESS + _HEADERS + _WORKERS + _COOKIES + _BLOCKERS + _SOCKETS + _NETWORKS
)
