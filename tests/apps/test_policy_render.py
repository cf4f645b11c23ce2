"""``corsage policy render``: files to standard output, the rest to standard error, and which policy of several."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from corsage.server.formats import read_policies
from corsage.stacks import all_stacks, find_stack

if TYPE_CHECKING:
    from pathlib import Path

    from tests.apps.loopback import Run

TEXT = """\
[cors]
origins = ["https://app.example.com"]
[cors.env.development]
origins = ["http://localhost:3000"]
[cors.paths."/api/*"]
origins = ["https://b.example"]
methods = ["PUT"]
[cors.paths."/public/*"]
origins = "*"
"""
ONE = '[cors]\norigins = ["https://app.example.com"]\n'
WRITTEN = [stack.name for stack in all_stacks() if stack.render(read_policies(ONE).select("/")).files]  # type: ignore[arg-type]


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "cors.toml"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", WRITTEN)
def test_the_files_go_to_standard_output_and_nothing_else(run: Run, name: str) -> None:
    result = run("policy", "render", "-", "--for", name, input=ONE)
    assert result.exit_code == 0
    stack = find_stack(name)
    policy = read_policies(ONE).select("/")
    assert stack is not None
    assert policy is not None
    rendered = stack.render(policy)
    left = result.stdout
    for each in rendered.files:
        assert each.text in left
        left = left.replace(each.text, "", 1).replace(f"# ---- {each.name} ----", "", 1)
    assert not left.strip()
    told = flat(result.stderr)
    assert told.startswith(f"{stack.title}: ")
    assert (f"Our tests run it with {rendered.executed}" if rendered.executed else "not executed") in told
    for step in (*rendered.steps, *rendered.limits):
        assert "".join(step.split()) in "".join(told.split())


def test_where_nothing_can_be_written_it_says_what_to_do_and_no_more(run: Run) -> None:
    result = run("policy", "render", "-", "--for", "heroku", input=ONE)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert flat(result.stderr).startswith("It cannot be written for Heroku")
    assert "tests" not in result.stderr


def test_a_single_file_can_be_redirected_as_it_is(run: Run) -> None:
    text = run("policy", "render", "-", "--for", "s3", input=ONE).stdout
    assert json.loads(text)


@pytest.mark.parametrize(
    ("arguments", "origin"),
    [
        ((), "https://app.example.com"),
        (("--env", "development"), "http://localhost:3000"),
        (("--path", "/api/x"), "https://b.example"),
        (("--path", "/other"), "https://app.example.com"),
    ],
)
def test_which_policy(run: Run, file: str, arguments: tuple[str, ...], origin: str) -> None:
    result = run("policy", "render", file, "--for", "s3", *arguments)
    assert result.exit_code == 0
    assert origin in result.stdout
    noted = "--path writes those of 2 other paths: /api/* and /public/*." in flat(result.stderr)
    assert noted == ("--path" not in arguments)


def test_without_a_policy_for_all_paths_the_first_is_taken(run: Run) -> None:
    text = '[cors.paths."/api/*"]\norigins = ["https://b.example"]\n'
    result = run("policy", "render", "-", "--for", "s3", input=text)
    assert result.exit_code == 0
    assert "https://b.example" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--for", "ngnix"), "there is no such stack; did you mean nginx?"),
        (("--for", "qqqqqq"), "--list names them all"),
        (("--for", "\x1b[2J"), "--for \\x1b[2J"),
        ((), "--for STACK missing"),
        (("--for", "nginx", "--path", "x"), "a path begins with /"),
        (("--for", "nginx", "--env", "nonsense"), ""),
    ],
)
def test_usage(run: Run, file: str, arguments: tuple[str, ...], says: str) -> None:
    result = run("policy", "render", file, *arguments)
    assert result.exit_code in ((1,) if "--env" in arguments else (2,))
    assert says in flat(result.stderr)
    assert "\x1b" not in result.output
    assert "map " not in result.stdout


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("nope.toml", None, "No such file"),
        ("-", '[cors.paths."/api/*"]\norigins = "*"\n', "no policy holds for /zzz"),
    ],
)
def test_what_is_not_there(run: Run, name: str, text: str | None, says: str) -> None:
    result = run("policy", "render", name, "--for", "nginx", "--path", "/zzz", input=text)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stdout == ""
    assert run("policy", "render", "--for", "nginx").exit_code == 2


def test_a_policy_with_errors_is_not_written(run: Run) -> None:
    bad = '[cors]\norigins = ["https://app.example.com/"]\n'
    result = run("policy", "render", "-", "--for", "nginx", input=bad)
    assert result.exit_code == 1
    assert "CORS114" in result.stdout
    assert "add_header" not in result.stdout


@pytest.mark.parametrize("name", [stack.name for stack in all_stacks() if stack.name not in WRITTEN])
def test_what_cannot_be_written_says_why(run: Run, name: str) -> None:
    result = run("policy", "render", "-", "--for", name, input=ONE)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "It cannot be written for" in flat(result.stderr)
    assert "not executed" not in result.stderr


def test_the_list_says_what_was_run(run: Run) -> None:
    result = run("policy", "render", "--list")
    assert result.exit_code == 0
    text = flat(result.stdout)
    for stack in all_stacks():
        executed = f"run with {stack.executed}"
        told = executed if stack.executed else "not executed" if stack.name in WRITTEN else "recognised only"
        assert f"{stack.name} {stack.kind.value} {told}" in text
