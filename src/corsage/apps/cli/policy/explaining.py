"""One call of ``corsage policy explain``: the server's side explained, the browser's side run."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

import click

from corsage.apps.cli.checking.arguments import Arguments
from corsage.apps.cli.checking.questions import Question, plan
from corsage.apps.cli.checking.verdict import judge
from corsage.apps.cli.document import write
from corsage.apps.cli.policy.explain_json import explain_json
from corsage.apps.cli.policy.explain_report import explain_sections
from corsage.apps.cli.policy.explained import Explained, View
from corsage.apps.cli.policy.options import FINE_EXIT, PROBLEM_EXIT
from corsage.apps.cli.policy.problems import print_json, print_refusal
from corsage.apps.cli.policy.reading import UnusableError, read_document
from corsage.apps.cli.terminal import Color, Terminal
from corsage.apps.cli.text import shown
from corsage.browser import PROFILES
from corsage.browser.console import report
from corsage.model import Trace
from corsage.pair import Simulation, simulate
from corsage.server import CompiledPolicy, compile_policy
from corsage.server.formats import policy_set
from corsage.server.policy import PolicyError
from corsage.server.policy_set import PolicySet

# A name that no page has, so that every question crosses origins.
_SERVER: Final = "https://server.invalid"
_BROWSERS: Final = ("standard", "chrome", "firefox", "safari")
# What a header's value is when nobody says: of Content-Type one that needs leave.
_VALUES: Final = {"content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the request, as they were typed."""

    origin: str
    method: str
    headers: tuple[str, ...]
    path: str
    credentials: bool


def run_explain(name: str, environment: str | None, asked: Asked, *, as_json: bool, color: Color) -> int:
    """Explain one request; return the exit code."""
    question, notes = _question(asked)
    try:
        policies = policy_set(read_document(name), environment)
    except PolicyError as error:
        return print_refusal(name, error.problems, as_json=as_json, color=color)
    found = _explained(policies, question, asked)
    code = FINE_EXIT if found.readable else PROBLEM_EXIT
    if found.path != asked.path:
        notes = (*notes, f"--path {shown(asked.path)}: browsers ask for {shown(found.path)}")
    for note in notes:
        click.echo(f"note: {note}", err=True)
    if as_json:
        print_json(code, file=name, environment=environment, **explain_json(found))
    else:
        terminal = Terminal(color)
        write(terminal, explain_sections(found, terminal.glyphs))
    return code


def _question(asked: Asked) -> tuple[Question, tuple[str, ...]]:
    if not asked.path.startswith("/"):
        raise UnusableError(f"--path {asked.path}: a path begins with a slash")
    arguments = Arguments(
        urls=(_SERVER + quote(asked.path, safe="/:@!$&'()*+,;=~"),),
        origins=(asked.origin,),
        methods=(asked.method,),
        headers=tuple(map(_with_value, asked.headers)),
        credentials="include" if asked.credentials else None,
    )
    found = plan(arguments)
    if found.problems:
        raise UnusableError("; ".join(found.problems))
    (question,) = found.questions
    return question, found.notes


def _with_value(header: str) -> str:
    return header if ":" in header else f"{header}: {_VALUES.get(header.strip().lower(), '1')}"


def _explained(policies: PolicySet, question: Question, asked: Asked) -> Explained:
    compiled: dict[int, CompiledPolicy] = {}

    def select(path: str) -> CompiledPolicy | None:
        policy = policies.select(unquote(path))
        return None if policy is None else compiled.setdefault(id(policy), compile_policy(policy))

    views = tuple(_view(question, select, name) for name in _BROWSERS)
    by_standard = views[0].simulation
    wanted = _wanted(by_standard)
    path = unquote(question.url.path)
    explanation = policies.explain(origin=question.origin, method=question.method, headers=wanted, path=path)
    request = by_standard.outcome.request
    set_by_page = [line.partition(":")[0].strip() for line in asked.headers]
    dropped = frozenset() if request is None else frozenset(name.lower() for name in request.dropped_headers)
    return Explained(
        question,
        path,
        explanation,
        views,
        unasked=tuple(each for each in set_by_page if each.lower() not in {*wanted, *dropped}),
        dropped=tuple(each for each in set_by_page if each.lower() in dropped),
    )


def _view(question: Question, select: Callable[[str], CompiledPolicy | None], name: str) -> View:
    profile = PROFILES[name]
    simulation = simulate(question.make(profile, Trace()), select, profile)
    verdict = judge(question, simulation.outcome)
    return View(name, simulation, verdict, report(simulation.outcome, profile))


def _wanted(simulation: Simulation) -> tuple[str, ...]:
    """Return the header names that the browser asks leave for."""
    for exchange in simulation.exchanges:
        names = exchange.request.headers.extract("access-control-request-headers")
        if isinstance(names, tuple):
            return names
    return ()
