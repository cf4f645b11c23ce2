"""What a recording came to, as a report and as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from corsage import __version__
from corsage.apps.cli.diagnosing.json_report import SCHEMA_VERSION
from corsage.apps.cli.diagnosing.lines import brief_json
from corsage.apps.cli.text import counted
from corsage.clients.har import HarGroup, HarReading
from corsage.diagnosis import Diagnosis
from corsage.diagnosis.report import Block, Chapter, Code, Items, Report, Text, layer_words
from corsage.diagnosis.secrets import hide_secrets, without_secrets
from corsage.model import parse_url
from corsage.model.evidence import Place
from corsage.pair.synthesise import Synthesis
from corsage.server import Policy, PolicySet
from corsage.server.formats import document_of, write_policies
from corsage.stacks import find_stack

_MOST_GROUPS = 20
_MOST_SERVERS = 5
_PERCENT = 100
_LONGEST_URL = 120


@dataclass(frozen=True, slots=True)
class Found:
    """A recording, judged.

    Attributes:
        reading: what was in it.
        diagnoses: of each kind of failing request.
        policies: the smallest policy for what pages asked of each server, by its origin.
        places: the stacks that the user names.
    """

    reading: HarReading
    diagnoses: tuple[tuple[HarGroup, Diagnosis], ...]
    policies: Mapping[str, Synthesis]
    places: tuple[Place, ...]

    @property
    def exit_code(self) -> int:
        """1 where something fails."""
        return 1 if self.reading.totals.failed else 0


def har_report(found: Found, name: str, *, verbose: bool) -> Report:
    """Lay *found* out; *verbose* leaves nothing out."""
    totals = found.reading.totals
    verdict = f"{counted(totals.failed, 'request')} of {totals.cross_origin:,} across origins failed."
    if not totals.failed:
        which = f"All {totals.cross_origin:,} requests" if totals.cross_origin > 1 else "The one request"
        verdict = f"{which} across origins passed."
    if not totals.cross_origin:
        verdict = "No page asked anything of another origin."
    chapters = (_counts(found, name), _failures(found, name, verbose=verbose), *_policies(found))
    report = Report(
        verdict, bool(totals.failed) or None, "", "", tuple(each for each in chapters if each.blocks)
    )
    urls = (group.evidence.url for group, _ in found.diagnoses)
    return hide_secrets(report, hidden_before=any(without_secrets(url) != url for url in urls))


def har_json(found: Found) -> dict[str, Any]:
    """Return all of *found* as JSON."""
    totals = found.reading.totals
    return {
        "schema": SCHEMA_VERSION,
        "version": __version__,
        "exit_code": found.exit_code,
        "recorder": found.reading.recorder.name,
        "totals": {name: getattr(totals, name) for name in totals.__dataclass_fields__},
        "failures": [
            {
                "count": group.count,
                "method": group.evidence.method,
                "origin": group.evidence.origin,
                "urls": list(group.urls),
                **brief_json(diagnosis),
            }
            for group, diagnosis in found.diagnoses
        ],
        "policies": [
            {
                "server": server,
                "policy": document_of(_as_set(synthesis.policy)),
                "proven": synthesis.proven,
                "notes": list(synthesis.notes),
            }
            for server, synthesis in found.policies.items()
        ],
        "problems": [str(problem) for problem in found.reading.problems],
    }


def _counts(found: Found, name: str) -> Chapter:
    totals = found.reading.totals
    parts = [counted(totals.requests, "request"), f"{totals.same_origin:,} of their page's own origin"]
    parts += [f"{totals.navigations:,} navigations"] if totals.navigations else []
    parts += [f"{totals.aborted:,} aborted"] if totals.aborted else []
    parts += [f"{totals.unclear:,} of which the page is unknown"] if totals.unclear else []
    return Chapter(f"In {name}", (Text(", ".join(parts) + "."),))


def _failures(found: Found, name: str, *, verbose: bool) -> Chapter:
    shown = found.diagnoses if verbose else found.diagnoses[:_MOST_GROUPS]
    items = [_failure(number, group, diagnosis) for number, (group, diagnosis) in enumerate(shown, 1)]
    groups, requests = found.reading.left_out_failing
    left_out = len(found.diagnoses) - len(shown) + groups
    if left_out:
        items.append(f"and {left_out:,} kinds more ({requests:,} requests beyond those that are kept)")
    blocks: list[Block] = [Items(tuple(items))] if items else []
    if len(found.diagnoses) > 1:
        blocks.append(Text(f"One of them whole: corsage explain {name} --group 1"))
    return Chapter("What fails", tuple(blocks))


def _failure(number: int, group: HarGroup, diagnosis: Diagnosis) -> str:
    # Before it is cut: half a token has no mark by which to know it.
    url = without_secrets(group.evidence.url)[:_LONGEST_URL]
    asked = f"{group.evidence.method} {url} from {group.evidence.origin}"
    times = f"{group.count:,} times " if group.count > 1 else ""
    if not diagnosis.findings:
        return f"{number}. {times}{asked}: {_without_cause(group)}"
    first = diagnosis.findings[0]
    sure = f"{round(first.confidence * _PERCENT)} %"
    cause = f"{first.rule.code} {first.rule.name}, {sure}"
    return f"{number}. {times}{asked}: {cause}; to change: {layer_words(first.layer)}"


def _without_cause(group: HarGroup) -> str:
    answer = group.evidence.actual or group.evidence.preflight
    if answer is None or answer.status in (None, 0):
        return "no answer was recorded, nor why: look what the console prints for it"
    return f"answered {answer.status}, and no cause was found: look what the console prints for it"


def _policies(found: Found) -> Iterator[Chapter]:
    failing = {_server(group) for group, _ in found.diagnoses}
    wanted = [(server, each) for server, each in found.policies.items() if server in failing]
    for server, synthesis in wanted[:_MOST_SERVERS]:
        proof = (
            "every request of the recording passes it, in every browser"
            if synthesis.proven
            else "not all pass it"
        )
        blocks: list[Block] = [Text(f"Nothing is allowed that was not asked; {proof}.")]
        blocks.append(Code(write_policies(_as_set(synthesis.policy)).rstrip("\n"), "toml", "cors.toml"))
        blocks += [Items(synthesis.notes)] if synthesis.notes else []
        blocks += _rendered(synthesis, found.places)
        yield Chapter(f"The smallest policy for {server}", tuple(blocks))


def _rendered(synthesis: Synthesis, places: tuple[Place, ...]) -> Iterator[Block]:
    if not isinstance(synthesis.policy, Policy):
        return
    for place in places:
        stack = find_stack(place.stack)
        rendered = stack.render(synthesis.policy) if stack is not None else None
        for file in rendered.files if rendered is not None else ():
            yield Code(file.text.rstrip("\n"), file.language, file.name)


def _server(group: HarGroup) -> str:
    url = parse_url(group.evidence.url)
    return url.origin.serialized if url is not None else ""


def _as_set(policy: Policy | PolicySet) -> PolicySet:
    return policy if isinstance(policy, PolicySet) else PolicySet(policy)
