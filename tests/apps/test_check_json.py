"""``--json`` is what its schema and its page say."""

import json
import re
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from tests.apps.json_schema import problems
from tests.apps.loopback import PAGE, Api, Run, http

from corsage.apps.cli.checking.verdict import Kind

SCHEMA: dict[str, Any] = json.loads(
    (resources.files("corsage.apps.cli.checking") / "check.schema.json").read_text(encoding="utf-8")
)
DOCS = Path(__file__).parents[2] / "docs" / "check-json.md"
STAR = "Access-Control-Allow-Origin: *"


@pytest.mark.parametrize(
    ("answer", "arguments"),
    [
        (http("200 OK", STAR, "X-Secret: 1", "Set-Cookie: a=1"), ()),
        (http("200 OK", STAR), ("-v",)),
        (http(), ("-X", "PUT", "-H", "Authorization: x", "-H", "Cookie: y", "-d", "body")),
        (http(), ("--mode", "no-cors", "--cookie", "sid=1")),
        (
            http("200 OK", f"Access-Control-Allow-Origin: {PAGE}\r\nX: \x1b\x9b\xff"),
            ("--credentials", "include"),
        ),
        (b"", ()),
        (b"", ("-X", "PUT")),
        (http(), ("-X", "TRACE")),
        (http(), ("--element", "img")),
        (http(), ("--profile", "standard", "-X", "PUT")),
        (http("200 OK", STAR), ("--origin", "null", "--origin", "http://localhost:4000/x")),
    ],
)
def test_output_fits_the_schema(api: Api, check: Run, answer: bytes, arguments: tuple[str, ...]) -> None:
    result = check(api.on("/ping", answer), *arguments, "--json")
    document = json.loads(result.stdout)
    assert problems(document, SCHEMA, SCHEMA) == []
    assert document["exit_code"] == result.exit_code
    assert result.stdout.isascii()
    assert ("trace" in document["results"][0]) == ("-v" in arguments)


def test_the_validator_sees_what_does_not_fit(api: Api, check: Run) -> None:
    document = json.loads(check(api.on("/ping", http()), "--json").stdout)
    document["results"][0]["verdict"] = "perhaps"
    document["results"][0]["more"] = 1
    del document["results"][0]["exchanges"][0]["curl"]
    document["schema"] = 2
    assert len(problems(document, SCHEMA, SCHEMA)) == 4


def test_every_field_has_a_description() -> None:
    def undescribed(schema: dict[str, Any], where: str) -> list[str]:
        found = []
        for name, value in schema.get("properties", {}).items():
            if "description" not in value and "$ref" not in value:
                found.append(f"{where}.{name}")
            found += undescribed(value, f"{where}.{name}")
        return found

    everywhere = [("$", SCHEMA), *SCHEMA["$defs"].items()]
    assert [name for where, schema in everywhere for name in undescribed(schema, where)] == []


def test_the_page_lists_every_verdict_with_its_exit_code() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \|.*\| ([0-9]) \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert {name: int(code) for name, code in rows} == {kind.value: kind.exit_code for kind in Kind}
    assert set(SCHEMA["$defs"]["result"]["properties"]["verdict"]["enum"]) == set(Kind)


def test_the_page_names_only_fields_that_exist() -> None:
    text = DOCS.read_text(encoding="utf-8")
    about_results, _, about_diagnosis = text.partition("## `--diagnose`")
    for part, definition in ((about_results, "result"), (about_diagnosis, "diagnosis")):
        known = {*SCHEMA["$defs"][definition]["properties"], *SCHEMA["$defs"]["finding"]["properties"]}
        rows = re.findall(r"^\| [^|]*\? \| (.*) \|$", part, re.MULTILINE)
        named = [field for row in rows for field in re.findall(r"`([a-z_.]+)`", row)]
        assert named
        assert {field.partition(".")[0] for field in named} - {"readable", "curl"} <= known


def test_results_come_by_url_then_method_then_origin(api: Api, run: Run) -> None:
    first, second = api.on("/1", http()), api.on("/2", http())
    origins = ("--origin", PAGE, "--origin", "null")
    found = json.loads(run("check", first, second, *origins, "-X", "GET", "-X", "POST", "--json").stdout)
    keys = [(each["url"], each["method"], each["origin"]) for each in found["results"]]
    assert keys == [
        (url, method, origin)
        for url in (first, second)
        for method in ("GET", "POST")
        for origin in (PAGE, "null")
    ]


def test_notes_are_in_the_document(api: Api, check: Run) -> None:
    found = json.loads(check(api.on("/1", http()), "--json", origin=f"{PAGE}/").stdout)
    assert len(found["notes"]) == 1
