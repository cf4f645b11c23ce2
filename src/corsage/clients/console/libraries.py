"""What scripts and libraries of the client say: fetch's rejections, axios, Angular, Flutter, React Native."""

from functools import partial
from typing import Final

from corsage.clients.console.cores import Core, Part, Statement
from corsage.clients.console.page import Page, one_line
from corsage.clients.console.values import status_in, url_of
from corsage.model.cause import Cause
from corsage.model.evidence import Message, Speaker
from corsage.model.symptom import Symptom

_said = partial(Core, part=Part.ALONE, speaker=Speaker.LIBRARY)

ANGULAR: Final = "httpfailureresponsefor"
_REACH: Final = 1500

CORES: Final = (
    _said(ANGULAR, says=Symptom.SERVER_STATUS, api="XMLHttpRequest"),
    _said("typeerrorfailedtofetch", says=Symptom.FETCH_FAILED, speaker=Speaker.CHROMIUM, api="fetch"),
    _said("failedtofetch", says=Symptom.FETCH_FAILED, speaker=Speaker.CHROMIUM, api="fetch", weak=True),
    _said(
        "networkerrorwhenattemptingtofetchresource",
        says=Symptom.FETCH_FAILED,
        speaker=Speaker.FIREFOX,
        api="fetch",
    ),
    _said("typeerrorloadfailed", says=Symptom.FETCH_FAILED, speaker=Speaker.WEBKIT, api="fetch"),
    _said("typeerrornetworkrequestfailed", says=Symptom.FETCH_FAILED, api="fetch"),
    _said("axioserrornetworkerror", says=Symptom.FETCH_FAILED, api="XMLHttpRequest"),
    _said("errornetworkerror", says=Symptom.FETCH_FAILED, api="XMLHttpRequest", whole=True),
    _said("axioserrornetworkerr", says=Symptom.FETCH_FAILED, api="XMLHttpRequest"),
    _said("networkerror", says=Symptom.FETCH_FAILED, weak=True),
    _said("errnetwork", says=Symptom.FETCH_FAILED, api="XMLHttpRequest", whole=True),
    _said("xmlhttprequesterror", says=Symptom.FETCH_FAILED, api="XMLHttpRequest"),
    _said("responsewithstatus0", says=Symptom.FETCH_FAILED, api="XMLHttpRequest"),
    _said("xmlhttprequestonerrorcallbackwascalled", says=Symptom.FETCH_FAILED, api="XMLHttpRequest"),
    _said("xhrpollerror", says=Symptom.FETCH_FAILED, api="XMLHttpRequest"),
    _said("requestfailedwithstatuscode", says=Symptom.SERVER_STATUS),
    _said("serverrespondedwithastatusof", says=Symptom.SERVER_STATUS, speaker=Speaker.CHROMIUM),
    _said("serverrespondedwithanerror", says=Symptom.SERVER_STATUS, speaker=Speaker.UNKNOWN),
    _said("httperrorstatus", says=Symptom.SERVER_STATUS),
    _said("responsestatuscodedoesnotindicatesuccess", says=Symptom.SERVER_STATUS),
    _said("unexpectedtokendoctype", says=Symptom.HTML_FOR_JSON),
    _said("doctypeisnotvalidjson", says=Symptom.HTML_FOR_JSON),
    _said("doctypehtisnotvalidjson", says=Symptom.HTML_FOR_JSON),
    _said("htmlisnotvalidjson", says=Symptom.HTML_FOR_JSON),
    _said("unexpectedtokeninjsonatposition0", says=Symptom.HTML_FOR_JSON),
    _said("jsonparseunexpectedcharacteratline1column1", says=Symptom.HTML_FOR_JSON),
    _said("jsonparseerrorunrecognizedtoken", says=Symptom.HTML_FOR_JSON, speaker=Speaker.WEBKIT),
    _said("typeopaque", says=Symptom.OPAQUE_RESPONSE, weak=True),
    _said("isunsupportedinnocorsmode", says=Symptom.OPAQUE_RESPONSE, speaker=Speaker.CHROMIUM, lead="\n"),
    _said("theuserabortedarequest", says=Cause.ABORTED),
    _said("aborterrorsignalisaborted", says=Cause.ABORTED),
)


def read_angular(page: Page, statement: Statement) -> Message:
    """Read "Http failure response for URL: 0 Unknown Error"; status 0 is no response at all."""
    rest = one_line(page.rest(statement.end)[:_REACH].split("\n\n", 1)[0], gap=" ").lstrip(": ")
    url, _, after = rest.partition(": ")
    url = url if len(url.split()) == 1 else ""
    status = status_in(after[: len(": 404 ")])
    failed = after.lstrip().startswith("0")
    says = Symptom.FETCH_FAILED if failed or status is None else Symptom.SERVER_STATUS
    return Message("", Speaker.LIBRARY, says, url=url_of(url), api="XMLHttpRequest", status=status)
