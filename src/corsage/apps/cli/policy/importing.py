"""One call of ``corsage policy import``."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Final

import click

from corsage.apps.cli.document import Line, Section, bullet, line, write
from corsage.apps.cli.policy.options import FINE_EXIT, PROBLEM_EXIT
from corsage.apps.cli.policy.peer_files import Document, read_peer_file
from corsage.apps.cli.policy.peers import PEERS
from corsage.apps.cli.policy.problems import print_json
from corsage.apps.cli.terminal import Color, Glyphs, Terminal
from corsage.apps.cli.text import escaped, shown
from corsage.server.formats import document_of, write_policies
from corsage.server.importers import (
    IMPORTERS,
    LIST_IMPORTERS,
    TEXT_IMPORTERS,
    Imported,
    Kind,
    Remark,
)

_HEADINGS: Final = {
    Kind.DANGER: "It let in more than was meant",
    Kind.LOST: "Not carried over: please decide",
    Kind.DIFFERENT: "Different from now on",
}
_STYLES: Final = {Kind.DANGER: "red", Kind.LOST: "yellow", Kind.DIFFERENT: ""}


def run_import(peer: str, name: str, *, as_json: bool, color: Color) -> int:
    """Translate options and print the policy and the report; return the exit code."""
    found = _imported(peer, read_peer_file(name, peer))
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


def run_peers(*, as_json: bool, color: Color) -> int:
    """Print whose configurations are read, and of what; return the exit code."""
    if as_json:
        print_json(FINE_EXIT, peers=[{"name": name, "reads": reads} for name, reads in PEERS.items()])
        return FINE_EXIT
    widest = max(map(len, PEERS))
    rows = (line((f"{name:<{widest}}", "bold"), f"  {reads}", indent=0) for name, reads in PEERS.items())
    write(Terminal(color), [Section("", tuple(replace(row, hang=widest + 2) for row in rows))])
    return FINE_EXIT


def _imported(peer: str, documents: Sequence[Document]) -> Imported:
    """Return what the right one of *documents* comes to: the first that has a policy, or else says most."""
    made = [(each.number, _translated(peer, each.value)) for each in documents]
    useful = [(number, found) for number, found in made if found.policies is not None]
    if not useful:
        return max((found for _, found in made), key=lambda found: len(found.report))
    number, first = useful[0]
    others = [
        Remark(
            Kind.LOST,
            f"document {other}",
            "",
            "It has a policy of its own, and another one.",
            f"The policy is that of document {number}. Import the others by themselves.",
        )
        for other, found in useful[1:]
        if found.policies != first.policies
    ]
    return replace(first, report=(*first.report, *others))


def _translated(peer: str, value: object) -> Imported:
    if isinstance(value, str):
        return TEXT_IMPORTERS[peer](value)
    if isinstance(value, list):
        return LIST_IMPORTERS[peer](value)
    assert isinstance(value, Mapping)  # noqa: S101 - there is no third kind of document
    return IMPORTERS[peer](value)


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
