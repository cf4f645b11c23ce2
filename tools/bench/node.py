"""The npm peers as commands: makes sure that they are installed, runs their scripts, reads their JSON lines."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

from bench.rows import NotMeasured

PEERS_FOLDER: Final = Path(__file__).resolve().parent / "peers"
_MODULES: Final = PEERS_FOLDER / "node_modules"
# The file each lookup writes would name a registry.
_INSTALL: Final = ("install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error")


def ensure_peers(names: tuple[str, ...]) -> dict[str, str]:
    """Install the peers where they are missing; return name and version of each.

    Raises:
        NotMeasured: Node.js or npm is not here, or npm cannot install them.
    """
    _program("node")
    if not all(_manifest(name).is_file() for name in names):
        run([_program("npm"), *_INSTALL], "npm install", seconds=120)
    return {name: json.loads(_manifest(name).read_text(encoding="utf-8"))["version"] for name in names}


def node_version() -> str:
    """Return the version of Node.js, as it says it."""
    return run([_program("node"), "--version"], "node --version", seconds=10).strip()


def script(name: str, *arguments: str, seconds: float) -> list[dict[str, Any]]:
    """Run one of the peers' scripts; return the JSON lines that it wrote.

    Raises:
        NotMeasured: it failed, or took longer than *seconds*.
    """
    text = run([_program("node"), str(PEERS_FOLDER / name), *arguments], name, seconds=seconds)
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def run(command: list[str], name: str, *, seconds: float) -> str:
    """Run *command* among the peers; return what it wrote.

    Raises:
        NotMeasured: *name* failed, or took longer than *seconds*.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own scripts
            command,
            cwd=PEERS_FOLDER,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotMeasured(f"{name} took longer than {seconds:.0f} s") from None
    if done.returncode:
        raise NotMeasured(f"{name} failed: {_reason(done.stderr)}")
    return done.stdout


def _manifest(name: str) -> Path:
    return _MODULES / name / "package.json"


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NotMeasured(f"{name} is not installed")
    return found


def _reason(text: str) -> str:
    """Return the first line that says what is wrong, without any folder of this machine."""
    lines = (
        [line.strip() for line in text.splitlines() if "rror" in line] or text.strip().splitlines() or [""]
    )
    return lines[0].replace(str(PEERS_FOLDER), ".").replace(str(Path.home()), "~")[:200]
