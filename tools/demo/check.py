"""``corsage check`` as a person runs it: a process of its own, its words and its exit code."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, Final

from demo.scene import Verdict

_COMMAND: Final = (sys.executable, "-m", "corsage", "check")
_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Checked:
    """What the command printed, and what it found."""

    report: str
    verdict: Verdict


def check(url: str, origin: str, request: tuple[str, ...], *, color: bool) -> Checked:
    """Ask twice at once: in words for people, and in JSON to be judged.

    Raises:
        RuntimeError: the command gave no verdict; the message holds what it said instead.
    """
    arguments = [*_COMMAND, url, "--origin", origin, *request]
    spoken = _start([*arguments, "--color", "always" if color else "never"])
    judged = _start([*arguments, "--json"])
    report, complaint = spoken.communicate(timeout=_SECONDS)
    document, _ = judged.communicate(timeout=_SECONDS)
    if spoken.returncode != judged.returncode:
        raise RuntimeError(f"exit code {spoken.returncode}, and {judged.returncode} with --json: {complaint}")
    try:
        result = json.loads(document)["results"][0]
    except (ValueError, LookupError):
        raise RuntimeError(f"no verdict, exit code {spoken.returncode}: {complaint or report}") from None
    return Checked(report, _verdict(spoken.returncode, result))


def run_once(url: str, origin: str) -> int:
    """Run the command on anyone's endpoint, in place; return its exit code."""
    return subprocess.run([*_COMMAND, "--origin", origin, "--", url], check=False).returncode  # noqa: S603 - ours


def _start(command: list[str]) -> subprocess.Popen[str]:
    encoding = sys.stdout.encoding or "utf-8"
    columns = str(min(shutil.get_terminal_size().columns, 100))
    return subprocess.Popen(  # noqa: S603 - ours
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"COLUMNS": columns, "PYTHONIOENCODING": encoding},
        text=True,
        encoding=encoding,
        errors="replace",
    )


def _verdict(exit_code: int, result: dict[str, Any]) -> Verdict:
    hidden = (result["response"] or {}).get("hidden_headers", ())
    return Verdict(
        exit_code,
        result["verdict"],
        result["code"],
        len(result["exchanges"]),
        # Of what every server sends along, Date and the like, the scenes do not speak.
        tuple(name for name in hidden if name.startswith("x-")),
    )
