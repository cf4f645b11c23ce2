"""One call of ``corsage explain``."""

import click

from corsage.apps.cli.document import write
from corsage.apps.cli.explaining.page import list_section, page_sections, rule_json
from corsage.apps.cli.explaining.rules import all_rules, find_rule, nearest_rules
from corsage.apps.cli.policy.problems import print_json
from corsage.apps.cli.terminal import Color, Terminal
from corsage.apps.cli.text import listed, shown
from corsage.model.rule import Rule


def run_explain(text: str | None, *, as_json: bool, color: Color) -> int:
    """Print the page of the rule *text*, or the list of all; return the exit code.

    Raises:
        click.UsageError: there is no such rule.
    """
    rules = all_rules() if text is None else (_rule(text),)
    if as_json:
        print_json(0, rules=[rule_json(rule, whole=text is not None) for rule in rules])
        return 0
    terminal = Terminal(color)
    write(terminal, [list_section(rules)] if text is None else page_sections(rules[0], terminal.glyphs))
    return 0


def _rule(text: str) -> Rule:
    found = find_rule(text)
    if found is None:
        near = [f"{rule.code} ({rule.name})" for rule in nearest_rules(text)]
        advice = f"Did you mean {listed(near, 'or')}? " if near else ""
        every = "'corsage explain --list' names all of them."
        raise click.UsageError(f"There is no rule {shown(text, 64)}. {advice}{every}")
    return found
