"""Rendered programs, started with Node.js beside the installed packages."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from tests.stacks.serving import program, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corsage.stacks import Rendered

HERE: Final = Path(__file__).parent
# Where the renderers leave room for what the user has already.
PLACES: Final = (
    "// Sessions, login, body parsers and routes follow here.",
    "// Login, other plugins and routes follow here.",
    "// Login, body parsers and routes follow here.",
    "// Routes follow here.",
)


def installed(package: str) -> str:
    """Return where Node.js is; skip the test where it or *package* is not installed."""
    node = program("node", "nodejs")
    if not (HERE / "node_modules" / package).is_dir():
        pytest.skip(f"{package} is not installed (npm install --prefix {HERE.name})")
    return node


def completed(rendered: Rendered, routes: str) -> str:
    """Return the rendered program with *routes* where they belong, if there are any."""
    text = rendered.files[0].text
    if not routes:
        return text
    places = [place for place in PLACES if place in text]
    assert len(places) == 1, text
    return text.replace(places[0], routes)


@contextlib.contextmanager
def folder(files: dict[str, str]) -> Iterator[Path]:
    """Write *files* where the installed packages are found from."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "node_modules").symlink_to(HERE / "node_modules", target_is_directory=True)
        for file, text in files.items():
            (place / file).parent.mkdir(parents=True, exist_ok=True)
            (place / file).write_text(text, encoding="utf-8")
        yield place


@contextlib.contextmanager
def started(package: str, files: dict[str, str]) -> Iterator[str]:
    """Start the first of *files*, and yield its address."""
    node = installed(package)
    main = next(iter(files))

    def command(port: int) -> list[str]:
        return ["env", f"PORT={port}", node, "--require", str(HERE / "loopback.cjs"), main]

    with folder(files) as place, running(command, cwd=place, env={"NODE_ENV": "test"}) as url:
        yield url


def printed(script: str, *arguments: str) -> str:
    """Return what a module prints."""
    node = program("node", "nodejs")
    command = [node, "--input-type=module", "-", *arguments]
    done = subprocess.run(
        command, input=script, capture_output=True, text=True, timeout=60, check=False, cwd=HERE
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
