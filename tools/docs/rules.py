"""``docs/rules/``: a page for each rule and their list, from the classes and from what they really say."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby

from corsage.apps.cli.explaining.examples import Example, example_of, problems_of_example
from corsage.apps.cli.explaining.rules import all_rules
from corsage.model.rule import Rule

_GROUPS = {
    "10": "The policy as a whole, and its file",
    "11": "How an origin is spelt",
    "12": "How an origin is spelt, continued",
    "13": "Who is let in",
    "14": "Regular expressions",
    "15": "Methods",
    "16": "Request headers",
    "17": "Exposed headers",
    "18": "Numbers, words and paths",
    "19": "Contradictions",
}


def rule_pages() -> dict[str, Callable[[], str]]:
    """Return the pages by their names below ``docs/``."""
    pages: dict[str, Callable[[], str]] = {"rules/README.md": rules_page}
    return pages | {f"rules/{file_name(rule)}": partial(rule_page, rule) for rule in all_rules()}


def file_name(rule: Rule) -> str:
    """Return the name of a rule's page."""
    return f"{rule.code}-{rule.name}.md"


def rules_page() -> str:
    """Return the list of all rules as Markdown."""
    lines = [
        "# Rules",
        "",
        "Made from the rules themselves by `make docs`. `corsage explain CODE` prints a page in the terminal;",
        "`corsage policy check FILE` holds a policy against all of them.",
        "",
        "An error is refused: there is no policy with one. A warning works, but not as its writer thinks. A note is",
        "needless, or worth knowing.",
    ]
    for group, rules in groupby(all_rules(), lambda rule: rule.code[4:6]):
        lines += ["", f"## CORS{group}x: {_GROUPS[group]}", "", "| code | | finds |", "|---|---|---|"]
        lines += [
            f"| [{rule.code}]({file_name(rule)})<br>{rule.name} | {rule.severity} | {_cell(rule.what)} |"
            for rule in rules
        ]
    return "\n".join(lines) + "\n"


def rule_page(rule: Rule) -> str:
    """Return the page of a rule as Markdown."""
    return "\n".join(_page(rule)) + "\n"


def _page(rule: Rule) -> Iterator[str]:
    yield f"# {rule.code}: {rule.name}"
    yield from ("", f"{rule.what} Severity: {rule.severity}.")
    yield from ("", "## Why it matters", "", rule.why)
    yield from ("", "## What to do", "", rule.fix)
    yield from ("", "## Example", "", *_block(example_of(rule.bad)))
    said = "".join(f"{problem.severity}: {problem.says}\n" for problem in problems_of_example(rule))
    yield from ("", "Corsage says:", "", *_block(Example("text", said)))
    yield from ("", "Mended:", "", *_block(example_of(rule.good)))
    if rule.sources:
        yield from ("", "## Sources", "", *(f"- <{address}>" for address in rule.sources))


def _block(example: Example) -> Iterator[str]:
    yield f"```{example.language}"
    yield example.text.rstrip("\n")
    yield "```"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
