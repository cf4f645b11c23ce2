"""One call of ``corsage policy check``."""

from corsage.apps.cli.document import Section, line, write
from corsage.apps.cli.policy.problems import (
    exit_code,
    gathered,
    hint_section,
    print_json,
    problem_json,
    problem_sections,
    tally,
)
from corsage.apps.cli.policy.reading import read_document
from corsage.apps.cli.terminal import Color, Terminal
from corsage.apps.cli.text import counted, escaped, listed
from corsage.model.rule import Problem
from corsage.server.formats import check_environments, resolve
from corsage.server.policy import PolicyError

Found = dict[str | None, tuple[Problem, ...]]


def run_check(name: str, environment: str | None, *, as_json: bool, color: Color) -> int:
    """Check a file and print what was found; return the exit code."""
    found = _check(name, environment)
    problems = gathered(found)
    code = exit_code(problems)
    if as_json:
        listing = [problem_json(each) | {"environments": where} for each, where in problems.items()]
        print_json(code, file=name, environments=list(found), problems=listing)
        return code
    terminal = Terminal(color)
    words = tally(problems) or f"{terminal.glyphs.yes} no problems"
    heading = Section("", (line(f"{escaped(name)}: {words}{_where(found)}", indent=0, copied=True),))
    sections = problem_sections(problems, terminal.glyphs, len(found))
    write(terminal, [heading, *sections, hint_section(problems)])
    return code


def _check(name: str, environment: str | None) -> Found:
    try:
        document = read_document(name)
    except PolicyError as error:
        return {None: error.problems}
    if environment is not None:
        return {environment: (*document.problems, *resolve(document, environment).all_problems())}
    return check_environments(document)


def _where(found: Found) -> str:
    names = [escaped(name) for name in found if name is not None]
    if not names:
        return ""
    if len(found) == 1:
        return f" in {names[0]}"
    return f" in {counted(len(names), 'environment')} ({listed(names)})"
