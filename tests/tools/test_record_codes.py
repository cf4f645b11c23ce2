"""From what the browsers say to the codes of a recording."""

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from record import chromium_codes, firefox_codes, normal, webkit_codes, webkit_console

Json = dict[str, Any]

CORPUS = Path(__file__).parents[1] / "corpus"
URL = "http://api.test:9000/s/one/0"


def recordings(browser: str) -> Iterator[Json]:
    for file in sorted(CORPUS.glob("*.jsonl.xz")):
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            yield from (json.loads(line)[browser] for line in lines)


def test_every_console_of_the_corpus_gives_its_webkit_reason() -> None:
    for row in recordings("webkit"):
        found = webkit_codes.summary(row["console"])
        wanted = {key: row[key] for key in ("cors_error", "console", "reason_inner") if key in row}
        assert found == wanted


def test_every_list_of_categories_of_the_corpus_gives_its_firefox_code() -> None:
    for row in recordings("firefox"):
        assert firefox_codes.code(row["categories"]) == row["cors_error"]


def test_firefox_messages_about_other_things_are_left_out_and_repeats_too() -> None:
    ours = {"text": f"Blocked {URL}", "category": "CORSMethodNotFound", "source": ""}
    cookie = {"text": "Cookie omitted", "category": "cookieSameSite", "source": URL}
    other = {"text": "api.test is a bounce tracker", "category": "bounce", "source": ""}
    assert firefox_codes.summary([other, cookie, ours, ours], "/s/one/") == {
        "cors_error": "CORSMethodNotFound",
        "categories": ["CORSMethodNotFound"],
        "console": ["Cookie omitted", f"Blocked {URL}"],
    }


def sent(url: str = URL, number: str = "1") -> Json:
    request = {"requestId": number, "request": {"url": url}}
    return {"method": "Network.requestWillBeSent", "params": request}


def failed(number: str = "1", **details: object) -> Json:
    params = {"requestId": number, "errorText": "net::ERR_FAILED"} | details
    return {"method": "Network.loadingFailed", "params": params}


def status(code: str, parameter: str = "") -> Json:
    return {"corsError": code, "failedParameter": parameter}


def issue(code: str, parameter: str = "", *, warning: bool = False) -> Json:
    details = {
        "corsErrorStatus": status(code, parameter),
        "isWarning": warning,
        "request": {"url": URL, "requestId": "1"},
    }
    return {"method": "Audits.issueAdded", "params": {"issue": {"details": {"corsIssueDetails": details}}}}


def entry(text: str, url: str = URL) -> Json:
    return {"method": "Log.entryAdded", "params": {"entry": {"text": text, "url": url}}}


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ([], {"cors_error": None, "failed_parameter": None, "console": []}),
        (
            [
                sent(),
                failed(corsErrorStatus=status("InvalidAllowCredentials", "TRUE")),
                entry("a"),
                entry("a"),
            ],
            {"cors_error": "InvalidAllowCredentials", "failed_parameter": "TRUE", "console": ["a"]},
        ),
        (
            [
                sent(),
                issue("InvalidAllowOriginValue", "*"),
                failed(corsErrorStatus=status("InvalidAllowOriginValue")),
            ],
            {"cors_error": "InvalidAllowOriginValue", "failed_parameter": "*", "console": []},
        ),
        (
            [issue("InvalidResponse"), issue("DisallowedByMode", warning=True)],
            {"cors_error": None, "failed_parameter": None, "console": []},
        ),
        (
            [issue("DisallowedByMode")],
            {"cors_error": "DisallowedByMode", "failed_parameter": "", "console": []},
        ),
        (
            [sent(), sent("data:,"), failed(blockedReason="origin")],
            {
                "cors_error": None,
                "failed_parameter": None,
                "console": [],
                "net_errors": [["net::ERR_FAILED", "origin"]],
            },
        ),
        (
            [sent("http://client.test:8000/turn"), failed(), entry("a", "http://client.test:8000/turn")],
            {"cors_error": None, "failed_parameter": None, "console": []},
        ),
        (
            [
                sent(),
                sent(number="2"),
                failed("1", corsErrorStatus=status("MethodDisallowedByPreflightResponse", "PUT")),
                failed("2", corsErrorStatus=status("MethodDisallowedByPreflightResponse", "DELETE")),
            ],
            {
                "cors_error": "MethodDisallowedByPreflightResponse",
                "failed_parameter": "PUT",
                "console": [],
                "cors_errors": [
                    ["MethodDisallowedByPreflightResponse", "PUT"],
                    ["MethodDisallowedByPreflightResponse", "DELETE"],
                ],
            },
        ),
    ],
)
def test_devtools_events_give_chromium_codes(events: list[Json], found: Json) -> None:
    assert chromium_codes.summary(events, "/s/one/") == found


def test_the_output_of_minibrowser_is_cut_to_the_messages_of_one_scenario() -> None:
    output = """\
CONSOLE SECURITY ERROR of an earlier scenario
http://client.test:8000/page.js:288:16: CONSOLE LOG record:begin:one

(process:1): Gtk-WARNING **: 11:15:41.695: Locale not supported by C library.
\tUsing the fallback 'C' locale.
CONSOLE JS ERROR Header Access-Control-Allow-Methods has an invalid value: PUT
continued
CONSOLE JS ERROR Fetch API cannot load http://api.test:9000/s/one/0 due to access control checks.
http://client.test:8000/page.js:291:16: CONSOLE LOG record:end:one
"""
    assert webkit_console.messages(output, "one") == [
        "Header Access-Control-Allow-Methods has an invalid value: PUT\ncontinued",
        "Fetch API cannot load http://api.test:9000/s/one/0 due to access control checks.",
    ]


def test_what_is_random_in_a_form_is_masked() -> None:
    kind = "multipart/form-data; boundary=----Random"
    scenario = {"request": {"body": {"type": "formdata", "fields": []}}}
    sent_form = {"body": "------Random--", "headers": [["content-length", "14"], ["content-type", kind]]}
    outcome = {
        "kind": "response",
        "headers": [["B", "2"], ["a", "1"]],
        "request": {"headers": [["content-type", kind]]},
    }
    result = normal.normal(scenario, {"outcome": outcome, "requests_seen": [sent_form]})
    masked = ["content-type", "multipart/form-data; boundary=BOUNDARY"]
    assert result["outcome"]["headers"] == [["a", "1"], ["b", "2"]]
    assert result["outcome"]["request"]["headers"] == [masked]
    assert result["requests_seen"] == [{"body": "(multipart)", "headers": [["content-length", "N"], masked]}]
