"""One call of ``corsage policy import``."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Final

import click

from corsage.apps.cli.document import Line, Section, bullet, line, write
from corsage.apps.cli.policy.options import FINE_EXIT, PROBLEM_EXIT
from corsage.apps.cli.policy.problems import print_json
from corsage.apps.cli.policy.reading import UnusableError, read_bytes
from corsage.apps.cli.terminal import Color, Glyphs, Terminal
from corsage.apps.cli.text import escaped, shown
from corsage.server.formats import document_of, read_json, read_toml, write_policies
from corsage.server.importers import IMPORTERS, Imported, Kind, Remark
from corsage.server.policy import PolicyError

_HEADINGS: Final = {
    Kind.DANGER: "It let in more than was meant",
    Kind.LOST: "Not carried over: please decide",
    Kind.DIFFERENT: "Different from now on",
}
_STYLES: Final = {Kind.DANGER: "red", Kind.LOST: "yellow", Kind.DIFFERENT: ""}


def run_import(peer: str, name: str, *, as_json: bool, color: Color) -> int:
    """Translate options and print the policy and the report; return the exit code."""
    found = IMPORTERS[peer](_options(name))
    code = FINE_EXIT if found.policies is not None else PROBLEM_EXIT
    if as_json:
        policy = None if found.policies is None else document_of(found.policies)
        print_json(
            code, file=name, peer=peer, policy=policy, report=[asdict(remark) for remark in found.report]
        )
        return code
    if found.policies is not None:
        click.echo(write_policies(found.policies), nl=False)
    terminal = Terminal(color, sys.stderr)
    write(terminal, _report(found, terminal.glyphs))
    return code


def _options(name: str) -> Mapping[str, object]:
    data = read_bytes(name)
    try:
        text = data.decode("utf-8-sig")
        is_json = name.lower().endswith(".json") or text.lstrip()[:1] == "{"
        return read_json(text) if is_json else read_toml(text)
    except UnicodeDecodeError as error:
        raise UnusableError(f"{name}: it is not UTF-8") from error
    except PolicyError as error:
        raise UnusableError("; ".join(f"{name}: {each.says}" for each in error.problems)) from error


def _report(found: Imported, glyphs: Glyphs) -> Iterator[Section]:
    for kind, heading in _HEADINGS.items():
        rows = [row for remark in found.report if remark.kind is kind for row in _rows(remark, glyphs)]
        yield Section(heading, tuple(rows))
    if found.policies is None:
        yield Section("", (line((f"{glyphs.no} No policy can be made of these options.", "red"), indent=0),))


def _rows(remark: Remark, glyphs: Glyphs) -> Iterator[Line]:
    sign = {Kind.DANGER: glyphs.no, Kind.LOST: "!", Kind.DIFFERENT: glyphs.dot}[remark.kind]
    value = f": {shown(remark.value)}" if remark.value else ""
    yield bullet(sign, (escaped(remark.option), f"bold {_STYLES[remark.kind]}".strip()), value)
    yield line(shown(remark.says, 1000), indent=4)
    if remark.witness:
        yield line("For example: ", shown(remark.witness), indent=4)
    yield line("Now: ", shown(remark.instead, 1000), indent=4)
