"""One call of ``corsage explain``, from arguments to exit code."""

import re
import sys
from dataclasses import dataclass, replace
from typing import Final

import click

from corsage.apps.cli.diagnosing.forms import exit_code, write_diagnosis
from corsage.apps.cli.diagnosing.sources import Source, read_source
from corsage.apps.cli.stacks import misspelt_stacks, places_of, unknown_stacks
from corsage.apps.cli.terminal import Color
from corsage.apps.cli.text import LONGEST_MESSAGE, shown
from corsage.clients.pasted import PartKind, read_pasted
from corsage.diagnosis import diagnose
from corsage.diagnosis.curl import quoted
from corsage.model.evidence import Evidence, Place

_CODE: Final = re.compile(r"cors[0-9]{1,6}", re.IGNORECASE)
# Codes and names of rules look like this; addresses and files do not.
_NAME: Final = re.compile(r"[a-z0-9-]{1,64}", re.IGNORECASE)
# Nobody writes so but who means a rule.
_LIKENESS: Final = 0.75
_HYPHENATED: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


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
    group: int | None
    listing: bool
    as_json: bool
    markdown: bool
    html: str | None
    verbose: bool
    color: Color


def run_explain(asked: Asked) -> int:
    """Find out what was given, and explain it.

    Raises:
        click.UsageError: nothing was given, a stack is misspelt, or a file cannot be read.
    """
    if asked.listing or _is_rule(asked):
        return _page(None if asked.listing else asked.what[0], asked)
    problem = misspelt_stacks(asked.stacks)
    if problem is not None:
        raise click.UsageError(problem)
    warning = unknown_stacks(asked.stacks)
    if warning is not None:
        click.echo(warning, err=True)
    places = places_of(asked.stacks)
    if asked.evidence is not None:
        from corsage.apps.cli.diagnosing.lines import run_evidence

        return run_evidence(asked.evidence)
    if not asked.what and not asked.clipboard and sys.stdin.isatty():
        return _page(None, asked)
    source = read_source(asked.what, clipboard=asked.clipboard)
    if source.is_har:
        from corsage.apps.cli.diagnosing.recordings import (
            run_har,
        )  # the reader of recordings, and the policies

        return run_har(source, asked, places)
    if not source.text.strip():
        return _page(None, asked)
    diagnosis = diagnose(_evidence(source, asked, places))
    write_diagnosis(diagnosis, asked)
    return exit_code(diagnosis)


def _is_rule(asked: Asked) -> bool:
    """Tell whether a rule's page is asked for: by its code or name, or by what can only be meant for one."""
    word = asked.what[0].strip() if len(asked.what) == 1 else ""
    if _NAME.fullmatch(word) is None:
        return False
    # All rules of policies: only who asks waits for them.
    from corsage.apps.cli.explaining.rules import find_rule, nearest_rules

    if find_rule(word) is not None or _CODE.fullmatch(word) is not None:
        return True
    return _HYPHENATED.fullmatch(word) is not None and bool(nearest_rules(word, _LIKENESS))


def _page(rule: str | None, asked: Asked) -> int:
    from corsage.apps.cli.explaining.session import run_explain as run_page

    return run_page(rule, as_json=asked.as_json, color=asked.color)


def _evidence(source: Source, asked: Asked, places: tuple[Place, ...]) -> Evidence:
    pasted = read_pasted(source.text)
    evidence = pasted.evidence
    if pasted.kind is PartKind.URL and not evidence.notes and not asked.notes:
        raise click.UsageError(_url_alone(evidence.url, asked.origin))
    for problem in pasted.problems:
        click.echo(shown(problem, LONGEST_MESSAGE), err=True)
    return replace(
        evidence,
        places=(*evidence.places, *places),
        origin=asked.origin or evidence.origin,
        url=asked.url or evidence.url,
        notes="\n".join(part for part in (evidence.notes, *asked.notes) if part),
    )


def _url_alone(url: str, origin: str | None) -> str:
    says = "A URL alone is no evidence: nothing in it says what went wrong."
    if not url.lower().startswith(("http://", "https://")):
        return f"{says} Paste what the console prints."
    asks = f"To ask the server itself:\n\n  corsage check {quoted(url)} --origin "
    if origin is not None:
        return f"{says} {asks}{quoted(origin)}"
    return f"{says} {asks}ORIGIN\n\nORIGIN is the page's: its address up to the path."
