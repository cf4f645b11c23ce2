"""The page of a rule as sections of a report, and as JSON."""

from collections.abc import Iterator
from typing import Any, Final

from corsage.apps.cli.document import Line, Section, bullet, line
from corsage.apps.cli.explaining.examples import example_of, problems_of_example
from corsage.apps.cli.policy.problems import problem_json
from corsage.apps.cli.terminal import Glyphs
from corsage.apps.cli.text import escaped
from corsage.diagnosis.report import layer_words
from corsage.model.rule import Rule, Severity
from corsage.rules import DiagnosisRule

_STYLES: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def page_sections(rule: Rule, glyphs: Glyphs) -> Iterator[Section]:
    """Lay the page of *rule* out."""
    style = _STYLES[rule.severity]
    yield Section("", (line((rule.code, f"bold {style}"), f" {rule.name}: {rule.severity}", indent=0),))
    yield Section("What it finds", (line(rule.what),))
    yield Section("Why it matters", (line(rule.why),))
    yield Section("What to do", (line(rule.fix),))
    if isinstance(rule, DiagnosisRule):
        verdict = "can mend it" if rule.root_cause.is_cors else "cannot mend it: it is not CORS"
        yield Section("How to verify", (line(rule.verify),))
        yield Section(
            "Root cause",
            (line(f"{rule.root_cause.value}; usual layer: {rule.layer}; CORS headers {verdict}."),),
        )
    yield Section("For example", _code(example_of(rule.bad).text))
    found = (
        bullet(glyphs.dot, escaped(f"{each.severity} {each.says}")) for each in problems_of_example(rule)
    )
    yield Section("What is said about it", tuple(found))
    other = "Of another cause, or none" if isinstance(rule, DiagnosisRule) else "Mended"
    yield Section(other, _code(example_of(rule.good).text))
    yield Section("Sources", tuple(line(address, copied=True) for address in rule.sources))


def list_section(rules: tuple[Rule, ...]) -> Section:
    """Lay the list of *rules* out: what each is called, what it finds, and what usually has to change."""
    widest = max(len(rule.name) for rule in rules)
    rows = (row for rule in rules for row in _listed(rule, widest))
    return Section("", tuple(rows))


def _listed(rule: Rule, widest: int) -> Iterator[Line]:
    layer = f"; {layer_words(rule.layer)}" if isinstance(rule, DiagnosisRule) else ""
    name = f"  {rule.name:<{widest}}  {rule.severity}{layer}"
    yield line((rule.code, _STYLES[rule.severity]), name, indent=0, copied=True)
    yield line((rule.what, "dim"), indent=9)


def rule_json(rule: Rule, *, whole: bool) -> dict[str, Any]:
    """Return *rule* as JSON; with its reasons and examples where the *whole* page is asked for."""
    brief = {"code": rule.code, "name": rule.name, "severity": rule.severity.value, "what": rule.what}
    if isinstance(rule, DiagnosisRule):
        brief["layer"] = rule.layer
    if not whole:
        return brief
    bad, good = example_of(rule.bad), example_of(rule.good)
    page = brief | {
        "why": rule.why,
        "fix": rule.fix,
        "sources": list(rule.sources),
        "bad": {"language": bad.language, "text": bad.text},
        "problems": [problem_json(problem) for problem in problems_of_example(rule)],
        "good": {"language": good.language, "text": good.text},
    }
    if isinstance(rule, DiagnosisRule):
        page |= {"verify": rule.verify, "root_cause": rule.root_cause.value}
    return page


def _code(text: str) -> tuple[Line, ...]:
    return tuple(line(row, copied=True) for row in text.rstrip("\n").split("\n"))
