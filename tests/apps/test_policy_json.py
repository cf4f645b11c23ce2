"""``--json`` of ``corsage policy`` and ``corsage explain`` is what their schemas and their page say."""

import json
import re
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from tests.apps.json_schema import problems
from tests.apps.loopback import Run

from corsage import __version__
from corsage.apps.cli.checking.verdict import Kind
from corsage.apps.cli.explaining.rules import all_rules
from corsage.apps.cli.policy.peers import PEERS
from corsage.model.rule import Rule, Severity
from corsage.server import Reason
from corsage.server.difference import Effect
from corsage.server.draft import FIELDS
from corsage.server.findings import Finding
from corsage.server.importers import Kind as RemarkKind
from corsage.stacks import all_stacks
from corsage.stacks.base import Kind as StackKind

DOCS = Path(__file__).parents[2] / "docs" / "policy-json.md"
PLACES = {
    "policy check": ("policy", "check"),
    "policy explain": ("policy", "explain"),
    "policy show": ("policy", "show"),
    "policy diff": ("policy", "diff"),
    "policy import": ("policy", "import"),
    "policy render": ("policy", "render"),
    "explain": ("explaining", "explain"),
}


def load(room: str, name: str) -> dict[str, Any]:
    path = resources.files(f"corsage.apps.cli.{room}") / f"{name}.schema.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


SCHEMAS = {command: load(*place) for command, place in PLACES.items()}
EACH = pytest.mark.parametrize("command", SCHEMAS)

# Every field that a file holds, on a path; environments that differ in all kinds of values.
FULL = r"""
[cors]
origins = ["https://app.example.com", "https://*.example.com"]
origin_regexes = ['https://[a-z]+\.example\.org']
methods = ["PUT"]
request_headers = ["X-Token", "Content-Type"]
credentials = true
max_age = 600

[cors.env.development]
origins = ["http://localhost:*", "https://app.example.com"]
methods = []
max_age = 0
dangerously_allow_null_origin = true
preflight_status = 200
resource_policy = "same-site"
[cors.env.production]

[cors.paths."/api/*"]
origins = ["http://*.dev.github.io", "null"]
origin_lookup_seconds = 5
methods = ["PATCH"]
request_headers = ["X-Token"]
exposed_headers = ["X-Rate-Limit"]
credentials = true
max_age = -1
private_network = true
timing = true
resource_policy = "cross-origin"
preflight_status = 200
preflight_continue = true
guard_websockets = true
dangerously_allow_null_origin = true
dangerously_allow_file_origins = true
dangerously_allow_insecure_origins = true
dangerously_allow_public_suffixes = true
dangerously_allow_loopback_in_production = true

[cors.paths."/api/{name}"]
inherit = true
[cors.paths."/api/{name}".env.development]
methods = ["DELETE"]

[cors.paths."/public/*"]
origins = "*"
public = true
"""
BAD = """
[cors]
origins = ["https://app.example.com/", "\\u202e", "https://*.github.io"]
credentials = true
nonsense = 1
max_age = 86400
[cors.env.production]
methods = ["\\u001b[2J"]
[cors.env.staging]
extends = "productoin"
[cors.paths."/api*"]
"""
ONLY_PATHS = '[cors.paths."/api/*"]\norigins = ["https://app.example.com"]\n'
PAGE = ("--origin", "https://app.example.com")


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CORSAGE_ENV", raising=False)


def fitting(run: Run, command: str, *arguments: str, **options: object) -> dict[str, Any]:
    """Run a command with ``--json``; return its document once it fits the schema."""
    result = run(*command.split(), *arguments, "--json", **options)
    assert result.exit_code in (0, 1), result.output
    document: dict[str, Any] = json.loads(result.stdout)
    assert problems(document, SCHEMAS[command], SCHEMAS[command]) == []
    assert document.get("exit_code", 0) == result.exit_code
    assert result.stdout.isascii()
    return document


# check


@pytest.mark.parametrize(
    "text",
    [
        FULL,
        BAD,
        ONLY_PATHS,
        "",
        "[cors",
        "[cors]",
        "\x00",
        '{"cors": 1}',
        '{"cors": {"env": {"x": {}}}}',
        "{",
    ],
)
@pytest.mark.parametrize("options", [(), ("--env", "production"), ("--env", "nonsense")])
def test_check(run: Run, text: str, options: tuple[str, ...]) -> None:
    document = fitting(run, "policy check", "-", *options, input=text)
    assert document["file"] == "-"
    assert bool(document["exit_code"]) == any(each["severity"] == "error" for each in document["problems"])


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_explained_and_what_it_finds_in_a_file(run: Run, rule: Rule) -> None:
    page = fitting(run, "explain", rule.code)["rules"][0]
    assert page["problems"]
    for side in ("bad", "good") if page["bad"]["language"] == "toml" else ():
        found = fitting(run, "policy check", "-", input=page[side]["text"])
        assert (rule.code in {each["code"] for each in found["problems"]}) == (side == "bad")


# explain


@pytest.mark.parametrize(
    "arguments",
    [
        PAGE,
        (*PAGE, "-X", "PUT", "-H", "X-Token: 1", "-H", "Content-Type", "-H", "Cookie: a", "--credentials"),
        (*PAGE, "-X", "PUT", "-H", "X-Other", "--path", "/api/x"),
        (*PAGE, "-X", "patch", "--path", "/api/x/y", "--env", "production"),
        (*PAGE, "-X", "TRACE"),
        (*PAGE, "-H", "Bad Name: 1"),
        ("--origin", "null"),
        ("--origin", "null", "--path", "/api/x/y", "--env", "development"),
        ("--origin", "https://evil.example", "--path", "/public/x", "--credentials"),
        ("--origin", "https://evil.example", "--path", "/public/\x1b[2J"),
        ("--origin", "capacitor://localhost"),
        (*PAGE, "--env", "nonsense"),
    ],
)
def test_explain(run: Run, arguments: tuple[str, ...]) -> None:
    document = fitting(run, "policy explain", "-", *arguments, input=FULL)
    assert ("problems" in document) == ("nonsense" in arguments)


def test_explain_where_no_policy_holds(run: Run) -> None:
    document = fitting(run, "policy explain", "-", *PAGE, input=ONLY_PATHS)
    assert not document["has_policy"]
    assert document["exchanges"][0]["reason"] is None


# show, diff


@pytest.mark.parametrize("text", [FULL, ONLY_PATHS, "[cors]", '[cors]\n[cors.paths."/x"]'])
@pytest.mark.parametrize("options", [(), ("--env", "production"), ("--env", "development")])
def test_show(run: Run, text: str, options: tuple[str, ...]) -> None:
    document = fitting(run, "policy show", "-", *options, input=text)
    if "cors" in document:  # what is shown is a file again, and the same
        assert document == fitting(run, "policy show", "-", input=json.dumps(document))
    else:
        assert document["problems"][0]["code"] == "CORS107"


@pytest.mark.parametrize("sides", [("development", "production"), ("production", "development")])
def test_diff_of_environments(run: Run, tmp_path: Path, sides: tuple[str, str]) -> None:
    path = tmp_path / "cors.toml"
    path.write_text(FULL, encoding="utf-8")
    document = fitting(run, "policy diff", str(path), *sides)
    assert {change["effect"] for change in document["changes"]} == set(Effect)
    assert document["old"]["name"] == sides[0]
    assert fitting(run, "policy diff", str(path), "production", "production")["changes"] == []


def test_diff_of_files(run: Run, tmp_path: Path) -> None:
    for name, text in (("full", FULL), ("paths", ONLY_PATHS), ("bad", BAD)):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    full, paths, bad = (str(tmp_path / f"{name}.toml") for name in ("full", "paths", "bad"))
    fields = {change["field"] for change in fitting(run, "policy diff", paths, full)["changes"]}
    assert "policy" in fields
    assert fitting(run, "policy diff", full, paths, "--env", "production")["changes"]
    assert fitting(run, "policy diff", full, bad, "--env", "production")["exit_code"] == 1


@pytest.mark.parametrize("command", ["policy explain", "policy show"])
@pytest.mark.parametrize("text", [BAD, "[cors", "\x00"])
def test_a_file_with_errors_is_a_refusal(run: Run, command: str, text: str) -> None:
    page = PAGE if command == "policy explain" else ()
    document = fitting(run, command, "-", *page, input=text)
    assert document["problems"][0]["severity"] == "error"


# import


@pytest.mark.parametrize("peer", PEERS)
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"allow_origins": ["*"], "allow_credentials": True, "allow_origin_regex": "https://.*x.example"},
        {"CORS_ALLOW_ALL_ORIGINS": True, "CORS_ALLOW_CREDENTIALS": True, "CORS_URLS_REGEX": "^/api/.*$"},
        {"resources": {"/api/*": {"origins": "*", "max_age": 5}}, "supports_credentials": True},
        {"defaults": {"https://a.example/": {"allow_credentials": True, "expose_headers": "*"}}},
        {"origin": {"regex": "example\\.com$"}, "credentials": True, "optionsSuccessStatus": 200},
        {"allow_origins": ["https://a.example\u001b"], "nonsense": {"a": [1, None]}},
    ],
)
def test_import(run: Run, peer: str, options: dict[str, Any]) -> None:
    document = fitting(run, "policy import", peer, "-", input=json.dumps(options))
    assert (document["policy"] is None) == bool(document["exit_code"])


def test_import_of_all_peers(run: Run) -> None:
    assert [each["name"] for each in fitting(run, "policy import", "--list")["peers"]] == list(PEERS)


# render


@pytest.mark.parametrize("stack", [stack.name for stack in all_stacks()])
def test_render(run: Run, stack: str) -> None:
    text = '[cors]\norigins = ["https://app.example.com"]\n[cors.paths."/api/*"]\norigins = "*"\n'
    document = fitting(run, "policy render", "-", "--for", stack, input=text)
    assert document["stack"] == stack
    assert bool(document["files"]) == (document["exit_code"] == 0)
    assert document["files"] or document["limits"]
    assert "/api/*" in document["note"]


def test_render_of_all_stacks(run: Run) -> None:
    found = fitting(run, "policy render", "--list")["stacks"]
    assert [each["name"] for each in found] == [stack.name for stack in all_stacks()]
    assert set(SCHEMAS["policy render"]["$defs"]["stack"]["properties"]["kind"]["enum"]) == set(StackKind)


def test_render_of_a_policy_with_errors(run: Run) -> None:
    document = fitting(run, "policy render", "-", "--for", "nginx", input=BAD)
    assert document["problems"]


# explain


def test_explain_of_all_rules(run: Run) -> None:
    assert len(fitting(run, "explain")["rules"]) == len(all_rules())


# the schemas themselves


def test_the_validator_sees_what_does_not_fit(run: Run) -> None:
    schema = SCHEMAS["policy check"]
    document = fitting(run, "policy check", "-", input=BAD)
    document["problems"][0]["severity"] = "perhaps"
    document["problems"][0]["more"] = 1
    del document["problems"][1]["environments"]
    document["schema"] = 2
    assert len(problems(document, schema, schema)) == 4
    shown = fitting(run, "policy show", "-", input=FULL)
    shown["cors"]["paths"]["/api/*"]["max_age"] = "600"
    assert problems(shown, SCHEMAS["policy show"], SCHEMAS["policy show"])


@EACH
def test_every_field_has_a_description(command: str) -> None:
    def undescribed(schema: dict[str, Any], where: str) -> list[str]:
        found = []
        for name, value in schema.get("properties", {}).items():
            if "description" not in value and "$ref" not in value:
                found.append(f"{where}.{name}")
            found += undescribed(value, f"{where}.{name}")
        return found

    schema = SCHEMAS[command]
    everywhere = [("$", schema), *schema["$defs"].items()]
    assert [name for where, each in everywhere for name in undescribed(each, where)] == []
    assert schema["title"] == f"corsage {command} --json"


@EACH
def test_what_several_schemas_define_is_the_same(command: str) -> None:
    for name, definition in SCHEMAS[command]["$defs"].items():
        others = [schema["$defs"].get(name, definition) for schema in SCHEMAS.values()]
        assert all(other == definition for other in others), name


@EACH
def test_every_definition_is_used_and_defined(command: str) -> None:
    text = json.dumps(SCHEMAS[command])
    assert set(re.findall(r'"#/\$defs/(\w+)"', text)) == set(SCHEMAS[command]["$defs"])


def test_the_words_are_those_of_the_code() -> None:
    explain, show = SCHEMAS["policy explain"]["$defs"], SCHEMAS["policy show"]["$defs"]
    exchange, view = explain["exchange"]["properties"], explain["view"]["properties"]
    assert set(exchange["reason"]["enum"]) == {None, *Reason}
    assert set(view["verdict"]["enum"]) == set(Kind)
    assert set(explain["problem"]["properties"]["severity"]["enum"]) == set(Severity)
    assert set(explain["finding"]["properties"]) == set(Finding.__slots__)
    assert set(show["policy"]["properties"]) == set(FIELDS) - {"origin_lookup"}
    change = SCHEMAS["policy diff"]["$defs"]["change"]["properties"]
    assert set(change["effect"]["enum"]) == set(Effect)
    imported = SCHEMAS["policy import"]["$defs"]
    for definition, name in (("imported", "peer"), ("peer", "name")):
        assert imported[definition]["properties"][name]["enum"] == list(PEERS)
    assert set(imported["remark"]["properties"]["kind"]["enum"]) == set(RemarkKind)


# the page


def test_the_page_has_a_section_and_a_schema_for_each() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for command, (room, name) in PLACES.items():
        assert f"## `corsage {command}" in text
        assert f"src/corsage/apps/cli/{room}/{name}.schema.json" in text


@EACH
def test_the_page_names_only_fields_that_exist(command: str) -> None:
    text = DOCS.read_text(encoding="utf-8")
    section = text.partition(f"## `corsage {command}")[2].partition("\n## ")[0]
    known = set(re.findall(r'"(\w+)"', json.dumps(SCHEMAS[command])))
    rows = re.findall(r"^\| [^|]* \| (`.*) \|$", section, re.MULTILINE)
    named = {part for row in rows for field in re.findall(r"`([a-z_.]+)`", row) for part in field.split(".")}
    assert named
    assert named <= known


@pytest.mark.parametrize(
    ("name", "title"), [("diagnosis", "explain WHAT"), ("recording", "explain FILE.har")]
)
def test_the_page_tells_of_diagnoses(name: str, title: str) -> None:
    schema = load("diagnosing", name)
    assert schema["title"] == f"corsage {title} --json"
    section = DOCS.read_text(encoding="utf-8").partition(f"## `{schema['title']}`")[2].partition("\n## ")[0]
    assert f"src/corsage/apps/cli/diagnosing/{name}.schema.json" in section
    rows = re.findall(r"^\| [^|]* \| (`.*) \|$", section, re.MULTILINE)
    known = set(re.findall(r'"(\w+)"', json.dumps(schema)))
    named = {part for row in rows for field in re.findall(r"`([a-z_.]+)`", row) for part in field.split(".")}
    assert named
    assert named <= known


def test_lines_of_evidence_hold_what_the_page_says(run: Run) -> None:
    section = DOCS.read_text(encoding="utf-8").partition("## `corsage explain --evidence FILE`")[2]
    fields = set(re.findall(r"^\| `([a-z_]+)[.`]", section, re.MULTILINE))
    assert fields == {"console_message", "request", "server_response_facts", "stack", "reporter_notes"}
    answer = json.loads(
        run("explain", "--evidence", "-", input='{"reporter_notes": "works in Postman"}').stdout
    )
    assert all(f"`{name}`" in section for name in answer)


def test_the_page_shows_what_is_printed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = DOCS.read_text(encoding="utf-8")
    blocks = {
        word: re.findall(rf"^```{word}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
        for word in ("toml", "json")
    }
    (tmp_path / "cors.toml").write_text(blocks["toml"][0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    shown = json.loads(blocks["json"][0])
    assert fitting(run, "policy check", "cors.toml") == shown | {"version": __version__}
