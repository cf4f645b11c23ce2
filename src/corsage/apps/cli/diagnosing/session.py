"""One call of ``corsage explain``, from arguments to exit code."""

import sys
from dataclasses import dataclass, replace
from typing import Final

import click

from corsage.apps.cli.diagnosing.forms import write_diagnosis
from corsage.apps.cli.diagnosing.lines import run_evidence
from corsage.apps.cli.diagnosing.recordings import run_har
from corsage.apps.cli.diagnosing.sources import Source, read_source
from corsage.apps.cli.explaining.rules import find_rule
from corsage.apps.cli.explaining.session import run_explain as run_page
from corsage.apps.cli.terminal import Color
from corsage.apps.cli.text import listed, shown
from corsage.clients.pasted import read_pasted
from corsage.diagnosis import Diagnosis, diagnose
from corsage.model.evidence import Evidence, Place
from corsage.stacks import all_stacks, find_stack

FINE_EXIT: Final = 0
FOUND_EXIT: Final = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """The command line's arguments."""

    what: tuple[str, ...]
    stacks: tuple[str, ...]
    origin: str | None
    url: str | None
    notes: tuple[str, ...]
    clipboard: bool
    evidence: str | None
    listing: bool
    as_json: bool
    markdown: bool
    html: str | None
    verbose: bool
    color: Color


def run_explain(asked: Asked) -> int:
    """Find out what was given, and explain it.

    Raises:
        click.UsageError: nothing was given, a stack is unknown, or a file cannot be read.
    """
    if asked.listing or _is_rule(asked):
        code = None if asked.listing else asked.what[0]
        return run_page(code, as_json=asked.as_json, color=asked.color)
    places = _places(asked.stacks)
    if asked.evidence is not None:
        return run_evidence(asked.evidence)
    if not asked.what and not asked.clipboard and sys.stdin.isatty():
        return run_page(None, as_json=asked.as_json, color=asked.color)
    source = read_source(asked.what, clipboard=asked.clipboard)
    if source.is_har:
        return run_har(source, asked, places)
    diagnosis = diagnose(_evidence(source, asked, places))
    write_diagnosis(diagnosis, asked)
    return exit_code(diagnosis)


def exit_code(diagnosis: Diagnosis) -> int:
    """Return 0 where the evidence shows that nothing is wrong."""
    return FINE_EXIT if not diagnosis.findings and diagnosis.is_cors_problem is False else FOUND_EXIT


def _is_rule(asked: Asked) -> bool:
    return len(asked.what) == 1 and find_rule(asked.what[0]) is not None


def _places(names: tuple[str, ...]) -> tuple[Place, ...]:
    """Return the stacks that the user names; complain of all that are unknown at once."""
    unknown = [name for name in names if find_stack(name) is None]
    if unknown:
        from difflib import get_close_matches

        known = [stack.name for stack in all_stacks()]
        near = [match for name in unknown for match in get_close_matches(name.lower()[:64], known, n=3)]
        advice = (
            f" Did you mean {listed(near, 'or')}?"
            if near
            else " 'corsage policy render --list' names them all."
        )
        raise click.UsageError(
            f"There is no stack {listed([shown(name, 64) for name in unknown], 'or')}.{advice}"
        )
    found = [stack for name in names if (stack := find_stack(name)) is not None]
    return tuple(
        Place(each.name, each.kind.value, frozenset(trait.value for trait in each.traits), "you name it")
        for each in found
    )


def _evidence(source: Source, asked: Asked, places: tuple[Place, ...]) -> Evidence:
    evidence = read_pasted(source.text).evidence
    return replace(
        evidence,
        places=(*evidence.places, *places),
        origin=asked.origin or evidence.origin,
        url=asked.url or evidence.url,
        notes="\n".join(part for part in (evidence.notes, *asked.notes) if part),
    )
