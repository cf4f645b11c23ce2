"""The guide to `Policy`: everything in it is run, read or compared.

A block of TOML or JSON becomes the file that is named before it. Python blocks share their names; a ``text`` block is
what was printed since the last one, a ``log`` block what was logged. Lines of ``console`` that begin with ``$`` are
run, and the others are what is printed.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final
from wsgiref.util import setup_testing_defaults

import pytest
from tests.docs.policy_guide import GUIDE, PAGE, TEXT

from corsage import CORS, PolicyError, WatchedPolicy, load_policy
from corsage.apps.cli.explaining.rules import find_rule
from corsage.middleware.files import load_document
from corsage.server.formats import check_environments, read_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BLOCK: Final = re.compile(r"(?:`([\w.]+)`:\n\n)?^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PROGRAMS: Final = {"corsage": (sys.executable, "-m", "corsage"), "python": (sys.executable,)}
STRANGER: Final = "https://evil.example"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of one's own, and an environment that says nothing."""
    for name in [name for name in os.environ if name.startswith("CORSAGE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_block_is_what_it_says(room: Path, caplog: pytest.LogCaptureFixture) -> None:
    languages = []
    for language, expected, found in played(room, caplog):
        assert found == expected
        languages.append(language)
    assert set(languages) == {"toml", "json", "python", "text", "log", "console"}


def played(room: Path, caplog: pytest.LogCaptureFixture) -> Iterator[tuple[str, str, str]]:
    """Go through the guide; yield each block's language, what it says, and what is the case."""
    names: dict[str, Any] = {}
    printed = io.StringIO()
    for name, language, block in BLOCK.findall(TEXT):
        found = block
        if language in ("toml", "json"):
            assert name, f"a block without a file: {block}"
            (room / name).write_text(block, encoding="utf-8")
        elif language == "python":
            with contextlib.redirect_stdout(printed):
                exec(compile(block, GUIDE.name, "exec"), names)  # noqa: S102 - our own guide
                if "on_denied=" in block:
                    ask_as_strangers(names["cors"])
        elif language == "text":
            found = printed.getvalue()
            printed = io.StringIO()
        elif language == "log":
            found = "".join(f"{each.levelname} {each.name}: {each.message}\n" for each in caplog.records)
            caplog.clear()
        else:
            assert language == "console", language
            found = "".join(f"$ {command}\n{output_of(command, room)}" for command in commands(block))
        yield language, block, found
    assert printed.getvalue() == ""
    for each in names.values():
        if isinstance(each, WatchedPolicy):
            each.stop()


def commands(block: str) -> list[str]:
    return [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]


def output_of(command: str, room: Path) -> str:
    program, *arguments = shlex.split(command)
    done = subprocess.run(
        [*PROGRAMS[program], *arguments],
        cwd=room,
        env={**os.environ, "COLUMNS": "120", "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


def ask_as_strangers(cors: CORS) -> None:
    """Make the three requests that the guide names."""

    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:  # noqa: ARG001 - WSGI's signature
        start_response("200 OK", [])
        return [b""]

    preflight = {"REQUEST_METHOD": "OPTIONS", "HTTP_ACCESS_CONTROL_REQUEST_METHOD": "PUT"}
    for asked in (
        {"HTTP_ORIGIN": STRANGER},
        {"HTTP_ORIGIN": STRANGER, **preflight},
        {"HTTP_ORIGIN": PAGE, **preflight, "HTTP_ACCESS_CONTROL_REQUEST_METHOD": "PATCH"},
    ):
        environ: dict[str, Any] = {"PATH_INFO": "/rate", **asked}
        setup_testing_defaults(environ)
        list(cors.wsgi(app)(environ, lambda *_: None))  # type: ignore[arg-type]


# files


@pytest.mark.parametrize(
    ("name", "text"),
    [(name, text) for name, _, text in BLOCK.findall(TEXT) if name],
    ids=lambda each: each[:12],
)
def test_every_file_is_read_as_applications_read_it(room: Path, name: str, text: str) -> None:
    path = room / name
    path.write_text(text, encoding="utf-8")
    if name == "options.json":
        assert read_json(text)
    elif name == "broken.toml":
        with pytest.raises(PolicyError):
            load_policy(path, "production")
    else:
        assert load_policy(path, "production").policies
        found = check_environments(load_document(path))
        assert [problem.says for problems in found.values() for problem in problems] == []


def test_links_to_rules_and_headings() -> None:
    for code, name in re.findall(r"rules/(CORS\d+)-([\w-]+)\.md", TEXT):
        rule = find_rule(code)
        assert rule is not None
        assert rule.name == name
    headings = {each.lower().replace(" ", "-") for each in re.findall(r"^#+ (.*)$", TEXT, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([\w-]+)\)", TEXT)) <= headings


def test_nothing_in_it_is_of_one_machine() -> None:
    assert not re.search(r"/(?:work|tmp|home|root|Users)/|site-packages|\.venv", TEXT)
