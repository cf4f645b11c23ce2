"""One call of ``corsage check``, from arguments to exit code."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from corsage.apps.cli.checking.arguments import Arguments
from corsage.apps.cli.checking.json_report import json_document
from corsage.apps.cli.checking.matrix import write_matrix
from corsage.apps.cli.checking.questions import Plan, plan
from corsage.apps.cli.checking.report import write_report
from corsage.apps.cli.checking.run import Checked, check_question
from corsage.apps.cli.checking.verdict import USAGE_EXIT, exit_code, judge
from corsage.apps.cli.checking.why import diagnosed, has_answered, has_failed
from corsage.apps.cli.stacks import misspelt_stacks, unknown_stacks
from corsage.apps.cli.terminal import Color, Terminal
from corsage.apps.cli.text import counted, escaped
from corsage.browser import PROFILES, Profile
from corsage.clients.live import LiveOptions, LiveTransport
from corsage.model.evidence import Probe


@dataclass(frozen=True, slots=True)
class Output:
    """How to print."""

    as_json: bool
    verbose: bool
    color: Color
    diagnose: bool = False
    stacks: tuple[str, ...] = ()


def run_check(arguments: Arguments, profile: str, network: Mapping[str, Any], output: Output) -> int:
    """Ask everything that *arguments* describe, print it, and return the exit code."""
    found = plan(arguments)
    problems = list(found.problems)
    if not arguments.urls:
        problems.insert(0, "URL is missing: what to ask, as in http://localhost:8080/ping")
    options = _live_options(network, problems)
    problems += _misfits(found, output)
    if problems or options is None:
        _complain(problems)
        return USAGE_EXIT
    for note in (*found.notes, *([warning] if (warning := unknown_stacks(output.stacks)) else [])):
        click.echo(f"note: {note}", err=True)
    results = _ask(found, PROFILES[profile], options, probing=output.diagnose)
    return _print(results, found.notes, options, output)


def _misfits(found: Plan, output: Output) -> list[str]:
    """Say what of ``--diagnose`` and ``--stack`` does not fit the rest."""
    problems = [problem] if (problem := misspelt_stacks(output.stacks)) is not None else []
    if output.diagnose and len(found.questions) > 1:
        problems.append("--diagnose looks at one request: give one URL, one method and one origin")
    if output.stacks and not output.diagnose:
        problems.append("--stack is for --diagnose, which writes the fix for it")
    return problems


def _live_options(network: Mapping[str, Any], problems: list[str]) -> LiveOptions | None:
    ca_file = network["cacert"]
    if ca_file is not None and not Path(ca_file).is_file():
        problems.append(f"--cacert {escaped(ca_file)}: there is no such file; give a PEM file")
    try:
        return LiveOptions(
            connect_timeout=network["connect_timeout"],
            timeout=network["timeout"],
            insecure=network["insecure"],
            resolve=network["resolve"],
            proxy=network["proxy"],
            ca_file=ca_file,
        )
    except ValueError as error:
        problems += [f"--{problem.replace('_', '-', 1)}" for problem in escaped(str(error)).split("; ")]
        return None


def _complain(problems: Sequence[str]) -> None:
    click.echo("Usage: corsage check URL... --origin ORIGIN [OPTIONS]\n", err=True)
    for problem in problems:
        click.echo(f"  {problem}", err=True)
    click.echo("\nNothing was sent. corsage check --help lists every option.", err=True)


def _ask(found: Plan, profile: Profile, options: LiveOptions, *, probing: bool) -> list[Checked]:
    alone = len(found.questions) == 1
    results = []
    with LiveTransport(options) as transport, _progress() as say:
        for number, question in enumerate(found.questions, 1):
            say(f"{number} of {counted(len(found.questions), 'request')}: {escaped(question.url.host)}")
            checked = check_question(question, profile, transport, compare=alone)
            if probing and has_failed(checked):
                say("what decides between causes")
                checked = replace(checked, probes=_probed(checked, transport, options))
            results.append(checked)
    return results


def _probed(checked: Checked, transport: LiveTransport, options: LiveOptions) -> tuple[Probe, ...]:
    from corsage.apps.cli.checking.peers import peer_probes

    peer = tuple(peer_probes(checked, options))
    if not has_answered(checked):
        return peer
    from corsage.apps.cli.checking.probing import probe

    return (*peer, *probe(checked, transport))


@contextmanager
def _progress() -> Iterator[Any]:
    """Show what is being asked, on a terminal alone, and leave nothing behind."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with Console(stderr=True, markup=False, highlight=False).status("asking") as status:
        yield status.update


def _print(results: Sequence[Checked], notes: Sequence[str], options: LiveOptions, output: Output) -> int:
    code = exit_code(judge(checked.question, checked.outcome).kind for checked in results)
    if output.as_json:
        document = json_document(results, notes, options, code, verbose=output.verbose)
        if output.diagnose:
            from corsage.apps.cli.diagnosing.json_report import diagnosis_json

            document["diagnosis"] = diagnosis_json(diagnosed(results[0], output.stacks))
        click.echo(json.dumps(document, indent=2))
        return code
    terminal = Terminal(output.color)
    if len(results) == 1:
        diagnosis = diagnosed(results[0], output.stacks) if output.diagnose else None
        write_report(terminal, results[0], options, verbose=output.verbose, diagnosis=diagnosis)
    else:
        write_matrix(terminal, results)
        if output.verbose:
            for checked in results:
                terminal.print()
                write_report(terminal, checked, options, verbose=True)
    return code
