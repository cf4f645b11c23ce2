"""Chromium's words from 2013 to 2018.

https://github.com/chromium/chromium/blob/45.0.2454.0/third_party/WebKit/Source/core/fetch/CrossOriginAccessControl.cpp
"""

from typing import Final

from corsage.clients.console.cores import Core, Part
from corsage.model.cause import Cause
from corsage.model.evidence import Speaker
from corsage.model.symptom import Symptom

_SAYS = Speaker.CHROMIUM

CORES: Final = (
    Core("xmlhttprequestcannotload", Part.HEAD, rank=1, api="XMLHttpRequest"),
    Core("fetchapicannotload", Part.HEAD, rank=1, api="fetch"),
    Core("eventsourcecannotload", Part.HEAD, rank=1, api="EventSource"),
    Core("beaconapicannotload", Part.HEAD, None, Speaker.WEBKIT, rank=1, api="beacon"),
    Core("cannotloadimage", Part.HEAD, rank=1, api="image"),
    Core("cannotloadscript", Part.HEAD, rank=1, api="script"),
    Core("cannotloadstylesheet", Part.HEAD, rank=1, api="CSS stylesheet"),
    Core("cannotloadhttp", Part.HEAD, rank=1),
    Core("failedtoload", Part.HEAD, rank=1, weak=True),
    Core("redirectfrom", Part.HEAD, None, _SAYS, rank=2, weak=True),
    Core("redirectatorigin", Part.HEAD, None, _SAYS, rank=2, weak=True),
    Core(
        "blockedfromloadingbycrossoriginresourcesharingpolicy",
        Part.HEAD,
        Symptom.CORS_UNSPECIFIC,
        _SAYS,
        rank=3,
    ),
    Core("blockedfromloadingbycorspolicy", Part.HEAD, Symptom.CORS_UNSPECIFIC, _SAYS, rank=3),
    Core(
        "awildcardcannotbeusedintheaccesscontrolalloworigin",
        Part.REASON,
        Cause.WILDCARD_WITH_CREDENTIALS,
        _SAYS,
    ),
    Core("wildcardcannotbeusedintheaccesscontrol", Part.REASON, Cause.WILDCARD_WITH_CREDENTIALS, _SAYS),
    Core("cannotusewildcardinaccesscontrolalloworigin", Part.REASON, Cause.WILDCARD_WITH_CREDENTIALS),
    Core(
        "credentialsflagistruebuttheaccesscontrolallowcredentialsheaderis",
        Part.REASON,
        Cause.INVALID_ALLOW_CREDENTIALS,
        _SAYS,
        until="itmustbetrue",
    ),
    Core(
        "credentialsflagistruebutaccesscontrolallowcredentials", Part.REASON, Cause.INVALID_ALLOW_CREDENTIALS
    ),
    Core("itmustbetruetoallowcredentials", Part.TAIL, Cause.INVALID_ALLOW_CREDENTIALS, _SAYS),
    Core(
        "accesscontrolalloworiginwhitelistsonly",
        Part.REASON,
        Cause.ALLOW_ORIGIN_MISMATCH,
        _SAYS,
        until="",
    ),
    Core("responseforpreflighthasinvalidhttpstatus", Part.REASON, Cause.PREFLIGHT_INVALID_STATUS, _SAYS),
    Core("preflighthasinvalidhttpstatus", Part.REASON, Cause.PREFLIGHT_INVALID_STATUS, _SAYS),
    Core("invalidhttpstatuscode", Part.REASON, Cause.PREFLIGHT_INVALID_STATUS, _SAYS, weak=True),
    Core("responseforpreflightisinvalidredirect", Part.REASON, Cause.PREFLIGHT_DISALLOWED_REDIRECT, _SAYS),
    Core("preflightisinvalidredirect", Part.REASON, Cause.PREFLIGHT_DISALLOWED_REDIRECT, _SAYS),
    Core("responseforpreflightisinvalid", Part.REASON, Symptom.PREFLIGHT_UNSPECIFIC, _SAYS),
    Core(
        "therequestwasredirectedto",
        Part.REASON,
        Symptom.REDIRECT_UNSPECIFIC,
        _SAYS,
        until="whichisdisallowed",
        weak=True,
    ),
    Core(
        "therequestwasredirectedtoaurl",
        Part.REASON,
        Symptom.REDIRECT_UNSPECIFIC,
        _SAYS,
        until="",
        weak=True,
    ),
    Core("requestrequirespreflight", Part.REASON, Symptom.REDIRECT_UNSPECIFIC, _SAYS, weak=True),
    Core(
        "disallowedforcrossoriginrequeststhatrequirepreflight",
        Part.TAIL,
        Cause.PREFLIGHT_DISALLOWED_REDIRECT,
        _SAYS,
    ),
    Core("containinguserinfowhichisdisallowed", Part.TAIL, Cause.REDIRECT_CONTAINS_CREDENTIALS, _SAYS),
    Core("whichhasadisallowedscheme", Part.TAIL, Cause.CORS_DISABLED_SCHEME, _SAYS),
    Core("crossoriginrequestsareonlysupportedforhttp", Part.REASON, Cause.CORS_DISABLED_SCHEME),
    Core("crossoriginredirectdeniedby", Part.REASON, Symptom.REDIRECT_UNSPECIFIC),
    Core("receivedaninvalidresponse", Part.REASON, Symptom.CORS_UNSPECIFIC, _SAYS, weak=True),
    Core("invalidresponseorigin", Part.REASON, Symptom.CORS_UNSPECIFIC, _SAYS),
    Core("isthereforenotallowedaccess", Part.TAIL, Symptom.CORS_UNSPECIFIC, _SAYS),
    Core("responsehadhttpstatuscode", Part.TAIL, None, _SAYS),
    Core("setrequestsmodetonocors", Part.TAIL, None, _SAYS),
    Core("ifanopaqueresponseservesyourneeds", Part.TAIL, None, _SAYS, api="fetch"),
)
