"""Policies from files and from the environment of the process."""

import errno
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from corsage.server.formats import Document, Format, parse_document, policy_from_variables, policy_set
from corsage.server.formats.document import CORS_TABLE
from corsage.server.formats.document_rules import DocumentSyntax
from corsage.server.formats.env import CHOICE
from corsage.server.policy import Policy, PolicyError
from corsage.server.policy_set import PolicySet

LARGEST_FILE: Final = 64 * 2**20
_PYPROJECT: Final = "pyproject.toml"
_PYPROJECT_TABLE: Final = ("tool", "corsage", "cors")
_FORMATS: Final[Mapping[str, Format]] = {".toml": "toml", ".json": "json"}


@dataclass(frozen=True, slots=True)
class Form:
    """How a policy file is written.

    Attributes:
        format: of the text.
        table: where the policy is in it.
    """

    format: Format
    table: Sequence[str] = CORS_TABLE


def load_policy(path: str | os.PathLike[str], environment: str | None = None) -> PolicySet:
    """Read the policies of a file.

    Args:
        path: a ``.toml`` or ``.json`` file; of ``pyproject.toml`` the table ``[tool.corsage.cors]``.
        environment: which of the file's; ``CORSAGE_ENV`` where ``None``, and none where that is not set either.

    Raises:
        PolicyError: with every problem there is.
        OSError: the file cannot be read.
    """
    return policy_set(load_document(path), chosen_environment(environment))


def load_document(path: str | os.PathLike[str]) -> Document:
    """Read a policy file without choosing an environment.

    Raises:
        PolicyError: the text does not parse.
        OSError: the file cannot be read.
    """
    form = form_of(path)
    with open_regular(path) as file:
        return document_of_bytes(file.read(LARGEST_FILE + 1), form)


def open_regular(path: str | os.PathLike[str]) -> BinaryIO:
    """Open a file to read. A pipe or a device could be waited for, or read from, for ever.

    Raises:
        OSError: the file cannot be read, or is no regular file.
    """
    # Without O_NONBLOCK (Windows has none) the opening of a pipe waits until somebody writes.
    file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise OSError(errno.EINVAL, "it is no regular file", os.fspath(path))
    return os.fdopen(file, "rb")


def policy_from_environment(environ: Mapping[str, str] | None = None) -> Policy:
    """Make a policy of the ``CORSAGE_`` variables.

    Args:
        environ: the variables; those of the process where ``None``.

    Raises:
        PolicyError: with every problem there is.
    """
    return policy_from_variables(os.environ if environ is None else environ)


def chosen_environment(environment: str | None) -> str | None:
    """Return *environment*, else what ``CORSAGE_ENV`` says, else ``None``."""
    return environment or os.environ.get(CHOICE, "").strip() or None


def form_of(path: str | os.PathLike[str]) -> Form:
    """Tell from its name how a policy file is written.

    Raises:
        PolicyError: it ends in neither ``.toml`` nor ``.json``.
    """
    name = Path(path).name
    if name == _PYPROJECT:
        return Form("toml", _PYPROJECT_TABLE)
    found = _FORMATS.get(Path(name).suffix.lower())
    if found is None:
        reason = "it ends in neither .toml nor .json, so nobody knows how to read it"
        raise PolicyError([DocumentSyntax.problem("the file", name, reason, "a name that ends in .toml")])
    return Form(found)


def document_of_bytes(data: bytes, form: Form) -> Document:
    """Parse the content of a policy file.

    Raises:
        PolicyError: it is too large, not UTF-8, or does not parse.
    """
    if len(data) > LARGEST_FILE:
        reason = f"it is larger than {LARGEST_FILE:,} bytes"
        raise PolicyError([DocumentSyntax.problem("the file", "", reason, "a lookup for that many origins")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"it is not UTF-8: there is a byte {data[error.start]:#04x}"
        line = data.count(b"\n", 0, error.start) + 1
        raise PolicyError([DocumentSyntax.problem(f"line {line}", "", reason)]) from None
    return parse_document(text, form.format, form.table)
