"""The guide to diagnosis: every command in it is run, and prints what stands there.

A ``text`` or ``json`` block becomes the file that is named before it. Lines of ``console`` that begin with ``$`` are
run, and the others are what is printed; ``[...]`` stands for any lines. ``CORSAGE_UPDATE_GOLDEN=1`` writes what is
printed now, but for blocks with such gaps.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.apps.conftest import serving
from tests.apps.loopback import PAGE, Api, Seen, http

from corsage.clients.pasted import read_pasted
from corsage.diagnosis import diagnose
from corsage.diagnosis.cautions import CAUTIONS

GUIDE: Final = Path(__file__).parents[2] / "docs" / "explain.md"
BLOCK: Final = re.compile(r"(?:`([\w.]+)`:\n\n)?^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
GAP: Final = "[...]\n"
CACHED: Final = http(
    "200 OK", "Access-Control-Allow-Origin: https://other.example", "Age: 30", "X-Cache: HIT"
)
FRESH: Final = http("200 OK", f"Access-Control-Allow-Origin: {PAGE}", "Vary: Origin")


class Cache(Api):
    """A cache that knows one answer to each URL."""

    def answer(self, request: Seen) -> bytes:
        return FRESH if "?" in request.path else CACHED


def printed(command: str, room: Path, port: str) -> str:
    """Run *command*; return what it prints, standard error last, with the port that the guide has."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CORSAGE_")}
    environment |= {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    words = shlex.split(command.replace("localhost:8080", f"localhost:{port}"))
    assert words.pop(0) == "corsage"
    done = subprocess.run(
        [sys.executable, "-m", "corsage", *words],
        cwd=room,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode in (0, 1, 2)
    assert "Traceback" not in done.stderr
    return (done.stdout + done.stderr).replace(f"localhost:{port}", "localhost:8080")


def fits(expected: str, found: str) -> bool:
    """Tell whether *found* has all of *expected*, in order, with anything at its gaps."""
    pieces = [re.escape(piece) for piece in expected.split(GAP)]
    return re.fullmatch(r"(?:.*\n)*?".join(pieces), found) is not None


def test_every_command_prints_what_stands_there(tmp_path: Path) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    updated = text
    languages = []
    with serving("http") as api:
        api.__class__ = Cache
        port = api.url.rpartition(":")[2]
        for name, language, block in BLOCK.findall(text):
            languages.append(language)
            if language in ("text", "json"):
                assert name, f"a block without a file: {block}"
                (tmp_path / name).write_text(block, encoding="utf-8")
                continue
            assert language == "console"
            command, _, expected = block.removeprefix("$ ").partition("\n")
            found = printed(command, tmp_path, port)
            if os.environ.get("CORSAGE_UPDATE_GOLDEN") and GAP not in expected:
                updated = updated.replace(f"$ {command}\n{expected}```", f"$ {command}\n{found}```")
                continue
            assert fits(expected, found), f"{command} prints\n{found}"
    assert set(languages) == {"text", "json", "console"}
    if updated != text:
        GUIDE.write_text(updated, encoding="utf-8")


def test_whatever_is_warned_of_stands_in_the_table() -> None:
    table = GUIDE.read_text(encoding="utf-8").partition("## What is never advised")[2]
    rows = re.findall(r"^\| (?!Tried|---)", table, re.MULTILINE)
    assert len(rows) == len(CAUTIONS)


def test_what_can_be_pasted_is_read() -> None:
    table = GUIDE.read_text(encoding="utf-8").partition("| What | Where it is |")[2].partition("\n\n")[0]
    for words in re.findall(r'"([a-z][^"]+)"', table):
        assert diagnose(read_pasted(words).evidence).findings, words
