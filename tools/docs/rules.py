"""``docs/rules/``: a page for each rule and their list, from the classes and from what they really say."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby

from corsage.apps.cli.explaining.examples import Example, example_of, problems_of_example
from corsage.apps.cli.explaining.rules import all_rules
from corsage.model.rule import Rule
from corsage.rules import DiagnosisRule

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
    "20": "Why the browser refused: the allowed origin",
    "21": "Why the browser refused: who is asked for leave",
    "22": "Why the browser refused: headers and methods",
    "23": "Why the browser refused: credentials",
    "24": "The browser's other policies",
    "25": "The browser's other policies, continued",
    "26": "What stands around the page",
    "27": "What people expect of CORS",
    "40": "Delivery: preflights",
    "41": "Delivery: preflights and errors without headers",
    "42": "Delivery: redirects",
    "43": "Delivery: caches",
    "44": "Delivery: order and configuration",
    "45": "Delivery: buckets",
    "46": "Delivery: the network",
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
        "`corsage policy check FILE` holds a policy against those of the CORS1xx family, `corsage explain` holds",
        "evidence against the others.",
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
    if isinstance(rule, DiagnosisRule):
        yield from _diagnosed(rule)
    yield from ("", "## Example", "", *_block(example_of(rule.bad)))
    said = "".join(f"{problem.severity}: {problem.says}\n" for problem in problems_of_example(rule))
    yield from ("", "Corsage says:", "", *_block(Example("text", said)))
    other = "Of another cause, or none:" if isinstance(rule, DiagnosisRule) else "Mended:"
    yield from ("", other, "", *_block(example_of(rule.good)))
    if rule.sources:
        yield from ("", "## Sources", "", *(f"- <{address}>" for address in rule.sources))


def _diagnosed(rule: DiagnosisRule) -> Iterator[str]:
    """Say what rules of the diagnosis have beyond those of policies."""
    yield from ("", "## How to verify", "", rule.verify)
    mends = "can mend it" if rule.root_cause.is_cors else "cannot mend it: it is not CORS"
    yield from ("", f"Root cause `{rule.root_cause}`; usual layer: {rule.layer}. CORS headers {mends}.")
    if rule.question:
        yield from ("", f"Where evidence is short, Corsage asks: {rule.question}")


def _block(example: Example) -> Iterator[str]:
    yield f"```{example.language}"
    yield example.text.rstrip("\n")
    yield "```"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
