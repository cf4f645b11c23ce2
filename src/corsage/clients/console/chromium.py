"""Chromium's words since 2018, which `corsage.browser.console.chromium` writes, and those of the years between."""

from typing import Final

from corsage.clients.console.cores import Core, Part
from corsage.model.cause import Cause
from corsage.model.evidence import Speaker
from corsage.model.symptom import Symptom

PREFLIGHT: Final = "responsetopreflightrequestdoesntpassaccesscontrolcheck"
_SAYS = Speaker.CHROMIUM
_ALLOW_ORIGIN = "theaccesscontrolalloworiginheader"

# What asked, as it stands between "Access to" and "at": in bare form, and as Chromium writes it.
KINDS: Final = {
    name.replace(" ", "").lower(): name
    for name in (
        "XMLHttpRequest",
        "fetch",
        "font",
        "CSS stylesheet",
        "script",
        "image",
        "video",
        "audio",
        "media",
        "manifest",
        "text track",
        "SVG document",
        "XSL stylesheet",
        "link prefetch resource",
        "link preload resource",
        "imported resource",
        "internal resource",
        "resource",
        "SpeculationRule",
        "Dictionary",
    )
}

_HEADS = (
    *(Core(f"accessto{kind}at", Part.HEAD, None, _SAYS, rank=1, api=name) for kind, name in KINDS.items()),
    Core("hasbeenblockedbycorspolicy", Part.HEAD, Symptom.CORS_UNSPECIFIC, _SAYS, rank=3),
    Core("blockedbycorspolicy", Part.HEAD, Symptom.CORS_UNSPECIFIC, _SAYS, rank=3),
    Core("blockedbycors", Part.HEAD, Symptom.CORS_UNSPECIFIC, _SAYS, rank=3),
    Core(PREFLIGHT, Part.HEAD, Symptom.PREFLIGHT_UNSPECIFIC, _SAYS, rank=4, opening=PREFLIGHT),
    # The beginning was cut off.
    Core("doesntpassaccesscontrolcheck", Part.HEAD, Symptom.PREFLIGHT_UNSPECIFIC, _SAYS, rank=4),
    Core("passaccesscontrolcheck", Part.HEAD, Symptom.PREFLIGHT_UNSPECIFIC, _SAYS, rank=4),
)

_ORIGIN = (
    Core("noaccesscontrolalloworiginheaderispresent", Part.REASON, Cause.MISSING_ALLOW_ORIGIN, _SAYS),
    Core("noaccesscontrolalloworiginheader", Part.REASON, Cause.MISSING_ALLOW_ORIGIN, _SAYS),
    Core("alloworiginheaderispresentontherequested", Part.REASON, Cause.MISSING_ALLOW_ORIGIN, _SAYS),
    Core("headerispresentontherequestedresource", Part.REASON, Cause.MISSING_ALLOW_ORIGIN, _SAYS),
    Core(
        "accesscontrolalloworiginheadercontainsmultiplevalues",
        Part.REASON,
        Cause.MULTIPLE_ALLOW_ORIGIN,
        _SAYS,
        until="butonlyoneisallowed",
        opening=_ALLOW_ORIGIN + "containsmultiplevalues",
    ),
    Core(
        "headercontainsmultiplevalues",
        Part.REASON,
        Cause.MULTIPLE_ALLOW_ORIGIN,
        _SAYS,
        until="butonlyoneisallowed",
    ),
    Core("butonlyoneisallowed", Part.TAIL, Cause.MULTIPLE_ALLOW_ORIGIN, _SAYS),
    Core(
        "accesscontrolalloworiginheadercontainstheinvalidvalue",
        Part.REASON,
        Cause.INVALID_ALLOW_ORIGIN,
        _SAYS,
        until="",
        opening=_ALLOW_ORIGIN + "containstheinvalidvalue",
    ),
    Core(
        "accesscontrolalloworiginheaderhasavalue",
        Part.REASON,
        Cause.ALLOW_ORIGIN_MISMATCH,
        _SAYS,
        until="thatisnotequaltothesuppliedorigin",
        opening=_ALLOW_ORIGIN + "hasavalue",
    ),
    Core("thatisnotequaltothesuppliedorigin", Part.TAIL, Cause.ALLOW_ORIGIN_MISMATCH, _SAYS),
    Core("notequaltothesuppliedorigin", Part.TAIL, Cause.ALLOW_ORIGIN_MISMATCH, _SAYS),
    Core(
        "alloworiginheaderintheresponsemustnotbethewildcard",
        Part.REASON,
        Cause.WILDCARD_WITH_CREDENTIALS,
        _SAYS,
        opening="thevalueoftheaccesscontrolalloworiginheaderintheresponsemustnotbethewildcard",
    ),
    Core("mustnotbethewildcard", Part.REASON, Cause.WILDCARD_WITH_CREDENTIALS, _SAYS),
    Core(
        "accesscontrolallowcredentialsheaderintheresponseis",
        Part.REASON,
        Cause.INVALID_ALLOW_CREDENTIALS,
        _SAYS,
        until="whichmustbetrue",
        opening="thevalueoftheaccesscontrolallowcredentialsheaderintheresponseis",
    ),
    Core("whichmustbetruewhentherequestscredentialsmode", Part.TAIL, Cause.INVALID_ALLOW_CREDENTIALS, _SAYS),
)

_PREFLIGHTS = (
    Core("itdoesnothavehttpokstatus", Part.REASON, Cause.PREFLIGHT_INVALID_STATUS, _SAYS),
    Core("responseforpreflightdoesnothavehttpokstatus", Part.REASON, Cause.PREFLIGHT_INVALID_STATUS, _SAYS),
    Core("doesnothavehttpokstatus", Part.REASON, Cause.PREFLIGHT_INVALID_STATUS, _SAYS),
    Core("redirectisnotallowedforapreflight", Part.REASON, Cause.PREFLIGHT_DISALLOWED_REDIRECT, _SAYS),
    Core("notallowedforapreflightrequest", Part.REASON, Cause.PREFLIGHT_DISALLOWED_REDIRECT, _SAYS),
    Core("cannotparseaccesscontrolallowmethods", Part.REASON, Cause.INVALID_ALLOW_METHODS, _SAYS),
    Core("cannotparseaccesscontrolallowheaders", Part.REASON, Cause.INVALID_ALLOW_HEADERS, _SAYS),
    Core("isnotallowedbyaccesscontrolallowmethods", Part.REASON, Cause.METHOD_DISALLOWED, lead="method"),
    Core(
        "isnotallowedbyaccesscontrolallowheaders",
        Part.REASON,
        Cause.HEADER_DISALLOWED,
        lead="requestheaderfield",
    ),
    Core("bythepreflightresponsesaccesscontrolallowheaders", Part.REASON, Cause.HEADER_DISALLOWED, _SAYS),
    Core("accesscontrolallowmethodsinpreflightresponse", Part.REASON, Cause.METHOD_DISALLOWED, _SAYS),
    Core("accesscontrolallowheadersinpreflightresponse", Part.REASON, Cause.HEADER_DISALLOWED, _SAYS),
    Core("inpreflightresponse", Part.TAIL, None, _SAYS),
)

_OTHERS = (
    Core(
        "redirectlocation",
        Part.REASON,
        Cause.REDIRECT_CONTAINS_CREDENTIALS,
        _SAYS,
        until="containsausernameandpassword",
        weak=True,
    ),
    Core("containsausernameandpassword", Part.TAIL, Cause.REDIRECT_CONTAINS_CREDENTIALS, _SAYS),
    Core(
        "crossoriginrequestsareonlysupportedforprotocolschemes",
        Part.REASON,
        Cause.CORS_DISABLED_SCHEME,
        _SAYS,
    ),
    Core("crossoriginrequestsarenotallowedbyrequestmode", Part.REASON, Cause.DISALLOWED_BY_MODE, _SAYS),
    Core("requestmodeissameoriginbuttheurlsorigin", Part.REASON, Cause.DISALLOWED_BY_MODE, _SAYS),
    Core("requestmodeisnocorsbuttheredirectmode", Part.REASON, Cause.NO_CORS_REDIRECT_MODE, _SAYS),
    Core("urlscheme", Part.REASON, Cause.CORS_DISABLED_SCHEME, _SAYS, until="isnotsupported", weak=True),
    Core("theresponseisinvalid", Part.REASON, Symptom.CORS_UNSPECIFIC, _SAYS, weak=True),
    Core("controlledbythewithcredentialsattribute", Part.TAIL, None, _SAYS),
)

# Private Network Access (2021 to 2025), CORS-RFC1918 before it, and Local Network Access since.
_NETWORKS = (
    Core("requesthadnotargetipaddressspace", Part.REASON, Cause.INVALID_LOCAL_NETWORK_ACCESS, _SAYS),
    Core("resourceisinmoreprivateaddressspace", Part.REASON, Cause.INSECURE_LOCAL_NETWORK, _SAYS, until=""),
    Core(
        "requesthadatargetipaddressspaceof", Part.REASON, Cause.INVALID_LOCAL_NETWORK_ACCESS, _SAYS, until=""
    ),
    Core(
        "permissionwasdeniedforthisrequesttoaccessthe",
        Part.REASON,
        Cause.LOCAL_NETWORK_PERMISSION_DENIED,
        _SAYS,
        until="",
    ),
    Core("noaccesscontrolallowprivatenetworkheader", Part.REASON, Symptom.PRIVATE_NETWORK_HEADER, _SAYS),
    Core("accesscontrolallowprivatenetworkheaderin", Part.REASON, Symptom.PRIVATE_NETWORK_HEADER, _SAYS),
    Core("noaccesscontrolallowexternalheader", Part.REASON, Symptom.PRIVATE_NETWORK_HEADER, _SAYS),
    Core("accesscontrolallowexternalheaderin", Part.REASON, Symptom.PRIVATE_NETWORK_HEADER, _SAYS),
    Core("noaccesscontrolallowlocalnetworkheader", Part.REASON, Symptom.PRIVATE_NETWORK_HEADER, _SAYS),
    Core("noprivatenetworkaccessidheader", Part.REASON, Symptom.PRIVATE_NETWORK_HEADER, _SAYS),
    Core("noprivatenetworkaccessnameheader", Part.REASON, Symptom.PRIVATE_NETWORK_HEADER, _SAYS),
    Core("targetingthe", Part.TAIL, None, _SAYS, until="", weak=True),
)

CORES: Final = _HEADS + _ORIGIN + _PREFLIGHTS + _OTHERS + _NETWORKS
