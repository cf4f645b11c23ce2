"""Safari's and WebKit's words (CrossOriginAccessControl.cpp, NetworkLoadChecker.cpp).

They come in two lines: why, and what could not be loaded; `companions` joins them.
"""

from typing import Final

from corsage.clients.console.cores import Core, Part
from corsage.model.cause import Cause
from corsage.model.evidence import Speaker
from corsage.model.symptom import Symptom

_SAYS = Speaker.WEBKIT

CORES: Final = (
    Core(
        "isnotallowedbyaccesscontrolalloworigin",
        Part.REASON,
        Symptom.ALLOW_ORIGIN_UNSPECIFIC,
        _SAYS,
        lead="origin",
    ),
    Core("accesscontrolalloworigincannotcontainmorethanone", Part.REASON, Cause.MULTIPLE_ALLOW_ORIGIN, _SAYS),
    Core("preflightresponseisnotsuccessful", Part.REASON, Cause.PREFLIGHT_INVALID_STATUS, _SAYS),
    Core(
        "headeraccesscontrolallowmethodshasaninvalidvalue",
        Part.REASON,
        Cause.INVALID_ALLOW_METHODS,
        _SAYS,
        until="\n",
    ),
    Core(
        "headeraccesscontrolallowheadershasaninvalidvalue",
        Part.REASON,
        Cause.INVALID_ALLOW_HEADERS,
        _SAYS,
        until="\n",
    ),
    Core(
        "crossoriginredirectionto",
        Part.HEAD,
        Symptom.REDIRECT_UNSPECIFIC,
        _SAYS,
        until="deniedbycrossoriginresourcesharingpolicy",
        rank=2,
    ),
    Core(
        "notallowedtofollowacrossorigincorsredirection",
        Part.REASON,
        Cause.UNSAFE_REDIRECT,
        _SAYS,
    ),
    Core(
        "redirectionurl",
        Part.REASON,
        Cause.REDIRECT_CONTAINS_CREDENTIALS,
        _SAYS,
        until="hascredentials",
        weak=True,
    ),
    Core("notallowedtofollowaredirectionwhileloading", Part.REASON, Cause.REDIRECT_MODE_ERROR, _SAYS),
    Core("loadcannotfollowmorethan20redirections", Part.REASON, Cause.TOO_MANY_REDIRECTS, _SAYS),
    Core("redirectiontourlwithaschemethatisnothttp", Part.REASON, Cause.UNSAFE_REDIRECT, _SAYS),
    Core("nocorsmoderequiresfollowredirectmode", Part.REASON, Cause.NO_CORS_REDIRECT_MODE, _SAYS),
    Core(
        "becauseitviolatestheresourcescrossoriginresourcepolicy",
        Part.REASON,
        Cause.CORP_NOT_SAME_ORIGIN,
        _SAYS,
        lead="cancelledloadto",
    ),
    Core(
        "notallowedtouserestrictednetworkport",
        Part.REASON,
        Cause.BAD_PORT,
        _SAYS,
        until="",
    ),
    Core("duetoaccesscontrolchecks", Part.TAIL, Symptom.CORS_UNSPECIFIC, _SAYS),
    Core(
        "crossoriginscriptloaddeniedbycrossorigin",
        Part.REASON,
        Symptom.CORS_UNSPECIFIC,
        _SAYS,
        api="script",
    ),
    Core("notallowedtorequestresource", Part.TAIL, None, _SAYS),
)
