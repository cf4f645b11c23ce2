"""The usual mistakes in configurations of HAProxy."""

import re
from typing import Final

from corsage.stacks.base import Pitfall

_COMMENT: Final = re.compile(r"(?:^|\s)#[^\n]*")
_RULE: Final = re.compile(
    r"(?P<when>http-response|http-after-response|rspadd)[ \t]+(?P<action>add-header|set-header|)[ \t]*"
    r"Access-Control-Allow-Origin:?[ \t]+(?P<value>[^\n]{1,1000})",
    re.IGNORECASE,
)


def _rules(text: str) -> list[re.Match[str]]:
    return list(_RULE.finditer(_COMMENT.sub("", text)))


def _adds(text: str) -> bool:
    return any(each["action"].lower() != "set-header" for each in _rules(text)) and "del-header" not in text


def _reads_the_request(text: str) -> bool:
    return any("req.hdr(" in each["value"] or "hdr(Origin)" in each["value"] for each in _rules(text))


def _own_errors(text: str) -> bool:
    return any(each["when"].lower() == "http-response" for each in _rules(text))


def _no_preflight(text: str) -> bool:
    bare = _COMMENT.sub("", text)
    return bool(_rules(text)) and not re.search(r"http-request[ \t]+(?:return|use-service)", bare)


def _reflects(text: str) -> bool:
    def is_open(rule: re.Match[str]) -> bool:
        value = rule["value"]
        return ("%[var(" in value or "hdr(" in value) and not re.search(r"\s(?:if|unless)\s", value)

    bare = _COMMENT.sub("", text)
    return any(map(is_open, _rules(text))) and not re.search(r"acl[^\n]{1,100}origin", bare, re.IGNORECASE)


def _no_vary(text: str) -> bool:
    return any("%[" in each["value"] for each in _rules(text)) and not re.search(
        r"header[ \t]+Vary", text, re.IGNORECASE
    )


PITFALLS: Final = (
    Pitfall(
        "add-header-doubles",
        "add-header leaves what the application has sent: there are two Access-Control-Allow-Origin, which "
        "browsers "
        "refuse.",
        "Use del-header and set-header.",
        _adds,
    ),
    Pitfall(
        "request-is-gone",
        "http-response rules cannot read the request's headers: req.hdr(Origin) is empty there.",
        "Keep it: `http-request set-var(txn.origin) req.fhdr(Origin)`, and write %[var(txn.origin)].",
        _reads_the_request,
    ),
    Pitfall(
        "own-errors-lose-headers",
        "http-response rules do not run for answers of HAProxy's own: 401, 403, 502, 503, 504.",
        "Use http-after-response.",
        _own_errors,
    ),
    Pitfall(
        "preflight-goes-to-the-application",
        "Headers do not answer OPTIONS: preflights go on to the application, which answers 401, 404 or 405.",
        "Answer them with `http-request return status 204 if METH_OPTIONS …` before any authentication.",
        _no_preflight,
    ),
    Pitfall(
        "reflects-every-origin",
        "Whatever Origin says is sent back: every site may read, with credentials as the user.",
        "Compare it with the allowed origins in an acl, and send it under that condition.",
        _reflects,
    ),
    Pitfall(
        "no-vary",
        "Allow-Origin depends on the request, and no `Vary: Origin` says so: a cache gives the answer for "
        "one origin to "
        "another.",
        "Write `http-after-response add-header Vary Origin`.",
        _no_vary,
    ),
)
