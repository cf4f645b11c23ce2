"""``corsage policy``: check, explain, show, diff; words, JSON, exit codes, hostile files."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import click
import pytest
from tests.apps.loopback import CORSAGE, Run, finished
from tests.apps.test_startup import TOOLS, imported, run_main

from corsage import load_policy
from corsage.apps.cli.policy import group
from corsage.server.formats import read_policies

GOOD = """
[cors]
origins = ["https://app.example.com"]

[cors.env.development]
origins = ["http://localhost:*", "https://app.example.com"]

[cors.env.production]
max_age = 600

[cors.paths."/api/*"]
inherit = true
methods = ["PUT"]
request_headers = ["X-Token", "Content-Type"]
credentials = true

[cors.paths."/public/*"]
origins = "*"
public = true
"""
BAD = """
[cors]
origins = ["https://app.example.com/"]
[cors.env.production]
methods = ["\\u001b[2J"]
[cors.env.staging]
extends = "productoin"
[cors.env.development]
origins = ["https://dev.example.com"]
max_age = 3600
"""
PAGE = ("--origin", "https://app.example.com")


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CORSAGE_ENV", raising=False)


@pytest.fixture
def good(tmp_path: Path) -> str:
    path = tmp_path / "cors.toml"
    path.write_text(GOOD, encoding="utf-8")
    return str(path)


@pytest.fixture
def bad(tmp_path: Path) -> str:
    path = tmp_path / "bad.toml"
    path.write_text(BAD, encoding="utf-8")
    return str(path)


def test_every_command_is_where_the_group_says(run: Run) -> None:
    output = " ".join(run("policy", "--help").output.split())
    for name, (module, summary) in group.COMMANDS.items():
        found = import_module(module)
        command = getattr(found, name, None) or getattr(found, f"{name}_")
        assert isinstance(command, click.Command)
        assert command.name == name
        assert summary in output


@pytest.mark.parametrize("arguments", [("policy",), *(("policy", name) for name in group.COMMANDS)])
def test_help_imports_no_tool(arguments: tuple[str, ...]) -> None:
    assert not imported(run_main(*arguments, "--help")) & (TOOLS | {"corsage.server", "tomllib"})


# check


def test_a_good_file(run: Run, good: str) -> None:
    result = run("policy", "check", good)
    assert result.exit_code == 0
    assert result.stdout == f"{good}: ✔ no problems in 2 environments (development and production)\n"


def test_every_problem_of_every_environment(run: Run, bad: str) -> None:
    result = run("policy", "check", bad)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].startswith(f"{bad}: 3 errors")
    assert "in 3 environments (production, staging and development)" in result.stdout
    assert "  ✘ CORS114 origins[0]: https://app.example.com/" in lines
    assert "    Write: https://app.example.com" in lines
    assert "  ✘ CORS107 env.staging.extends: productoin" in lines
    assert "    Write: production" in lines
    assert "  ✘ CORS150 env.production.methods[0]: \\x1b[2J" in lines
    assert "    In production." in lines
    assert "\x1b" not in result.output
    assert lines[-2:] == ["", "corsage explain CORS107 says more about a rule."]


def test_the_hint_names_the_worst_problem(run: Run) -> None:
    text = (
        '[cors]\norigins = ["https://a.example", "http://b.example/"]\nmethods = ["GET"]\nmax_age = 86400\n'
    )
    for found, code in ((text, "CORS114"), (text.replace("b.example/", "b.example"), "CORS153")):
        result = run("policy", "check", "-", input=found)
        assert result.stdout.endswith(f"\n\ncorsage explain {code} says more about a rule.\n")
    assert "says more" not in run("policy", "check", "-", "--json", input=text).stdout


def test_one_environment_alone(run: Run, bad: str) -> None:
    result = run("policy", "check", bad, "--env", "development", "--json")
    document = json.loads(result.stdout)
    assert document["environments"] == ["development"]
    assert {problem["field"] for problem in document["problems"]} == {"env.staging.extends"}
    assert run("policy", "check", bad, "--env", "nonsense").exit_code == 1


def test_check_as_json(run: Run, bad: str) -> None:
    result = run("policy", "check", bad, "--json")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert list(document) == ["schema", "version", "exit_code", "file", "environments", "problems"]
    assert document["exit_code"] == 1
    assert document["environments"] == [None, "production", "staging", "development"]
    by_field = {problem["field"]: problem for problem in document["problems"]}
    assert by_field["origins[0]"]["environments"] == [None, "production", "staging"]
    assert by_field["origins[0]"]["suggestion"] == "https://app.example.com"
    assert by_field["origins[0]"]["severity"] == "error"


def test_warnings_are_shown_and_no_failure(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "cors.toml"
    path.write_text('[cors]\norigins = ["https://a.example"]\nmax_age = 86400\n', encoding="utf-8")
    result = run("policy", "check", str(path))
    assert result.exit_code == 0
    assert "CORS181 max_age: 86400" in result.stdout


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[cors", "CORS105 line 1, column 6"),
        ("\x1b[2J", "CORS105"),
        ('{"cors": {"origins": ["https://a.example/"]}}', "CORS114"),
        ("[other]", "CORS106"),
    ],
)
def test_standard_input(run: Run, text: str, words: str) -> None:
    result = run("policy", "check", "-", input=text)
    assert result.exit_code == 1
    assert words in result.stdout
    assert "\x1b" not in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "/no/such.toml"),
        ("explain", "/no/such.toml", *PAGE),
        ("show", "/no/such.toml"),
        ("check", "/"),
    ],
)
def test_a_file_that_cannot_be_read(run: Run, arguments: tuple[str, ...]) -> None:
    result = run("policy", *arguments)
    assert result.exit_code == 2
    words = {"/": "Is a directory"}.get(arguments[1], "No such file or directory")
    assert result.stderr == f"corsage policy: {arguments[1]}: {words}\n"


def test_an_unknown_kind_of_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "cors.yaml"
    path.write_text("cors: {}", encoding="utf-8")
    result = run("policy", "check", str(path))
    assert result.exit_code == 1
    assert "neither .toml nor .json" in result.stdout


# explain


def test_what_is_allowed_is_explained(run: Run, good: str) -> None:
    result = run(
        "policy", "explain", good, *PAGE, "-X", "PUT", "-H", "X-Token: 1", "-H", "Content-Type", "-H", "Accept: */*",
        "-H", "Cookie: a=b", "--path", "/api/items", "--credentials",
    )  # fmt: skip
    assert result.exit_code == 0
    lines = [line.strip() for line in result.stdout.splitlines()]
    for expected in (
        "✔ Readable: the page at https://app.example.com can read the response (status",
        "· /api/* is the most specific pattern that matches /api/items.",
        "✔ https://app.example.com is allowed by origins[0] https://app.example.com.",
        "✔ PUT is allowed by methods[0] PUT.",
        "✔ content-type is allowed by request_headers[1] content-type.",
        "· Accept needs no leave.",
        "· Cookie cannot be set by pages; browsers leave it out.",
        "preflight OPTIONS: 204",
        "Access-Control-Allow-Credentials: true",
        "✔ safari: readable",
    ):
        assert expected in lines


def test_what_is_denied_is_explained_in_the_browsers_words(run: Run, good: str) -> None:
    result = run("policy", "explain", good, *PAGE, "--method", "PUT", "--header", "X-\x1b[2J")
    assert result.exit_code == 1
    assert "\x1b" not in result.output
    result = run("policy", "explain", good, *PAGE, "--method", "PUT")
    assert result.exit_code == 1
    assert "✘ PUT is not allowed: it is not in methods." in result.stdout
    assert "✘ chrome: blocked (MethodDisallowedByPreflightResponse)" in result.stdout
    assert "Method PUT is not allowed by Access-Control-Allow-Methods in preflight response." in result.stdout
    assert "✘ firefox: blocked (CORSMethodNotFound)" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "environment", "code"),
    [
        (("--origin", "http://localhost:3000"), None, 1),
        (("--origin", "http://localhost:3000"), "production", 1),
        (("--origin", "http://localhost:3000"), "development", 0),
        (("--origin", "https://other.example"), None, 1),
        (("--origin", "https://other.example", "--path", "/public/x"), None, 0),
        (("--origin", "https://other.example", "--path", "/public/x", "--credentials"), None, 1),
        (("--origin", "null", "--path", "/public/x"), None, 0),
        (("--origin", "null"), None, 1),
        (("--origin", "https://other.example", "--path", "/Public/x"), None, 1),
    ],
)
def test_exit_codes(
    run: Run, good: str, arguments: tuple[str, ...], environment: str | None, code: int
) -> None:
    option = () if environment is None else ("--env", environment)
    assert run("policy", "explain", good, *arguments, *option).exit_code == code


def test_the_environment_may_come_from_the_variable(
    run: Run, good: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORSAGE_ENV", "development")
    assert run("policy", "explain", good, "--origin", "http://localhost:1").exit_code == 0
    monkeypatch.setenv("CORSAGE_ENV", "developmen")
    result = run("policy", "explain", good, "--origin", "http://localhost:1")
    assert result.exit_code == 1
    assert "CORS107 environment: developmen" in result.stdout


@pytest.mark.parametrize(
    ("variable", "environment"), [("", None), (" ", None), (" production ", "production")]
)
def test_the_variable_is_read_as_the_middleware_reads_it(
    run: Run, good: str, monkeypatch: pytest.MonkeyPatch, variable: str, environment: str | None
) -> None:
    monkeypatch.setenv("CORSAGE_ENV", variable)
    assert load_policy(good) == read_policies(GOOD, environment)
    assert read_policies(run("policy", "show", good).stdout) == read_policies(GOOD, environment)


def test_an_empty_name_is_none(run: Run, good: str) -> None:
    assert "in 2 environments" in run("policy", "check", good, "--env", "").stdout
    assert "environment" not in run("policy", "show", good, "--env", "").stdout


def test_explain_as_json(run: Run, good: str) -> None:
    result = run("policy", "explain", good, *PAGE, "-X", "PUT", "--path", "/api/x", "--json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert document["pattern"] == "/api/*"
    assert document["allowed"] is document["readable"] is True
    assert [finding["entry"] for finding in document["findings"]] == [
        "origins[0] https://app.example.com",
        "methods[0] PUT",
    ]
    assert [exchange["kind"] for exchange in document["exchanges"]] == ["preflight", "actual"]
    assert list(document["browsers"]) == ["standard", "chrome", "firefox", "safari"]
    denied = json.loads(run("policy", "explain", good, "--origin", "https://x.example", "--json").stdout)
    assert denied["exit_code"] == 1
    assert denied["exchanges"][0]["reason"] == "origin-not-allowed"
    assert denied["browsers"]["chrome"]["code"] == "MissingAllowOriginHeader"


@pytest.mark.parametrize("path", ["/x//api", "/x\\api", "//api/x"])
def test_a_path_that_two_policies_claim(run: Run, path: str) -> None:
    text = '[cors]\norigins = ["https://app.example.com"]\n[cors.paths."/x/api"]\norigins = ["https://b.example"]\n'
    text += '[cors.paths."/api/*"]\norigins = ["https://b.example"]'
    result = run("policy", "explain", "-", *PAGE, "--path", path, input=text)
    assert result.exit_code == 1
    words = " ".join(result.stdout.split())
    assert f"{path} can be read in more than one way" in words
    assert "no path pattern matches it" in words
    document = json.loads(run("policy", "explain", "-", *PAGE, "--path", path, "--json", input=text).stdout)
    assert document["pattern"] is None
    assert document["has_policy"] is True
    assert document["contested"][0] == {"path": path, "pattern": None}
    assert len(document["contested"]) > 1


def test_a_path_without_policy(run: Run) -> None:
    text = '[cors.paths."/api/*"]\norigins = ["https://app.example.com"]'
    result = run("policy", "explain", "-", *PAGE, "--path", "/other", input=text)
    assert result.exit_code == 1
    assert "No policy holds here" in result.stdout
    assert "no CORS headers" in result.stdout


def test_paths_that_browsers_tidy_are_noted(run: Run, good: str) -> None:
    result = run("policy", "explain", good, *PAGE, "--path", "/api/../public/é?")
    assert result.stderr == "note: --path /api/../public/é?: browsers ask for /public/é?\n"
    assert "/public/* is the most specific pattern that matches /public/é?." in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("explain", "FILE"),
        ("explain", "FILE", "--origin", "nonsense"),
        ("explain", "FILE", *PAGE, "--path", "x"),
        ("explain", "FILE", *PAGE, "--path", "\x1b[2J"),
        ("check",),
        ("diff",),
        ("diff", "one"),
        ("diff", "FILE", "production"),
        ("diff", "a", "b", "c", "d"),
        ("nonsense",),
    ],
)
def test_usage_errors(good: str, arguments: tuple[str, ...]) -> None:
    given = [good if argument == "FILE" else argument for argument in arguments]
    found = finished(*CORSAGE, "policy", *given, text=True)
    assert found.returncode == 2
    assert "Traceback" not in str(found.stderr)
    assert "\x1b" not in str(found.stderr)


def test_a_file_with_errors_explains_nothing(run: Run, bad: str) -> None:
    for arguments in (("explain", bad, *PAGE), ("show", bad), ("diff", bad, "production", "development")):
        result = run("policy", *arguments)
        assert result.exit_code == 1
        assert "CORS107" in result.stdout
        document = json.loads(run("policy", *arguments, "--json").stdout)
        assert document["problems"][0]["code"] == "CORS107"


# show and diff


def test_show_prints_a_file_again(run: Run, good: str) -> None:
    result = run("policy", "show", good, "--env", "production")
    assert result.exit_code == 0
    assert read_policies(result.stdout) == read_policies(GOOD, "production")
    result = run("policy", "show", good, "--json")
    assert read_policies(result.stdout, format="json") == read_policies(GOOD)


def test_diff_of_environments(run: Run, good: str) -> None:
    result = run("policy", "diff", good, "development", "production")
    assert result.exit_code == 0
    lines = [line.strip() for line in result.stdout.splitlines()]
    assert lines[0] == "From development to production:"
    assert "- Pages of http://localhost:* may no longer read the answers." in lines
    assert "Danger in development: it lets in every program on the users' own machines." in lines
    assert not any("environment is" in line for line in lines)
    other = run("policy", "diff", good, "production", "development").stdout
    assert "+ Pages of http://localhost:* may read the answers." in other
    assert "Danger in development" in other
    assert (
        run("policy", "diff", good, "production", "production").stdout
        == "production and production do the same.\n"
    )


def test_diff_of_files_and_of_the_usual_file(
    run: Run, good: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"cors": {"origins": []}}', encoding="utf-8")
    assert "may no longer read" in run("policy", "diff", good, str(other)).stdout
    monkeypatch.chdir(tmp_path)
    assert "From development to production:" in run("policy", "diff", "development", "production").stdout
    Path(good).unlink()
    result = run("policy", "diff", "development", "production")
    assert result.exit_code == 2
    assert "none of cors.toml, cors.json, pyproject.toml is here" in result.stderr


def test_diff_as_json(run: Run, good: str) -> None:
    document = json.loads(run("policy", "diff", good, "development", "production", "--json").stdout)
    assert document["old"]["environment"] == "development"
    change = document["changes"][0]
    assert change["effect"] == "forbids"
    assert change["danger"] == "every program on the users' own machines"
