"""Reads policy files for the commands; what cannot be read ends with exit code 2."""

import sys
from pathlib import Path
from typing import IO, Any

import click

from corsage.apps.cli.policy.options import USAGE_EXIT
from corsage.apps.cli.text import LONGEST_MESSAGE, shown
from corsage.middleware.files import LARGEST_FILE, Form, document_of_bytes, form_of
from corsage.server.formats import Document

STANDARD_INPUT = "-"
# Where a policy is when nobody says where.
USUAL_FILES = ("cors.toml", "cors.json", "pyproject.toml")


class UnusableError(click.ClickException):
    """There is nothing to work on: a missing file, arguments that do not fit together."""

    exit_code = USAGE_EXIT

    def show(self, file: IO[Any] | None = None) -> None:
        """Print it in one line, with everything escaped that files and arguments may hold."""
        click.echo(f"corsage policy: {shown(self.message, LONGEST_MESSAGE)}", err=True, file=file)


def read_bytes(name: str) -> bytes:
    """Read a file, or standard input.

    Raises:
        UnusableError: it cannot be read.
    """
    try:
        if name == STANDARD_INPUT:
            return sys.stdin.buffer.read(LARGEST_FILE + 1)
        with Path(name).open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UnusableError(f"{name}: {error.strerror or error}") from error


def read_document(name: str) -> Document:
    """Read a policy file.

    Raises:
        UnusableError: it cannot be read.
        PolicyError: it does not parse.
    """
    data = read_bytes(name)
    return document_of_bytes(data, _form(name, data))


def _form(name: str, data: bytes) -> Form:
    if name != STANDARD_INPUT:
        return form_of(name)
    return Form("json" if data.lstrip()[:1] == b"{" else "toml")


def usual_file() -> str:
    """Return the policy file of the working directory.

    Raises:
        UnusableError: there is none.
    """
    for name in USUAL_FILES:
        path = Path(name)
        if path.is_file() and (path.suffix == ".json" or b"cors" in path.read_bytes()):
            return name
    raise UnusableError(f"no FILE given, and none of {', '.join(USUAL_FILES)} is here")
