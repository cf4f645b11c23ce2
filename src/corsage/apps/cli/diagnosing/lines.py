"""``corsage explain --evidence``: reports as JSON, one a line, answered one a line."""

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

import click

from corsage.apps.cli.text import shown
from corsage.clients.structured import Unread, read_evidence_lines
from corsage.diagnosis import Diagnosis, diagnose


def run_evidence(name: str) -> int:
    """Answer every line of the file *name* (``-`` is standard input); return 1 where one could not be read.

    Raises:
        click.UsageError: the file cannot be read.
    """
    bad = 0
    with ExitStack() as stack:
        for evidence in read_evidence_lines(_open(name, stack)):
            if isinstance(evidence, Unread):
                bad += 1
                click.echo(json.dumps({"line": evidence.line, "problem": evidence.reason}))
            else:
                click.echo(json.dumps(brief_json(diagnose(evidence))))
    return 1 if bad else 0


def brief_json(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return what programs ask for first."""
    return {
        "is_cors_problem": diagnosis.is_cors_problem,
        "findings": [
            {
                "rule": finding.rule.code,
                "root_cause": finding.root_cause.value,
                "layer": finding.layer,
                "confidence": finding.confidence,
                "why": "; ".join(finding.reasons),
            }
            for finding in diagnosis.findings
        ],
        "fix": diagnosis.fix,
        "verify": diagnosis.verify,
        "ask": diagnosis.ask,
    }


def _open(name: str, stack: ExitStack) -> IO[str]:
    if name == "-":
        return sys.stdin
    try:
        return stack.enter_context(Path(name).open(encoding="utf-8", errors="replace"))
    except OSError as error:
        raise click.UsageError(f"{shown(name)} cannot be read: {error.strerror}.") from error
