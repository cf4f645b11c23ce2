"""Grades the diagnosis of one report against the answer that its thread established."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corsage.clients.structured import read_structured
from corsage.diagnosis import diagnose

_MOST_RANKS = 3


@dataclass(frozen=True)
class Grade:
    """What came of one report.

    Attributes:
        group: of its true cause.
        cause: whether the first finding is the true cause.
        among: whether one of the first three is.
        layer: whether the first finding names a layer that has to change.
        cors: whether it is known whether it is CORS.
        wanted: true cause and layer.
        found: the findings, as cause, layer and confidence.
        source: the thread.
    """

    group: str
    cause: bool
    among: bool
    layer: bool
    cors: bool
    wanted: str
    found: tuple[str, ...]
    source: str

    @property
    def right(self) -> bool:
        """Whether cause and layer are."""
        return self.cause and self.layer


def read_cases(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the reports of a file, one JSON object a line."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def grade(case: dict[str, Any]) -> Grade:
    """Diagnose the ``input`` of *case* and hold it against its ``answer``."""
    answer = case["answer"]
    diagnosis = diagnose(read_structured(case["input"]))
    causes = [finding.root_cause.value for finding in diagnosis.findings]
    layer = diagnosis.findings[0].layer if diagnosis.findings else ""
    return Grade(
        group=answer["category_group"],
        cause=causes[:1] == [answer["category"]],
        among=answer["category"] in causes[:_MOST_RANKS],
        layer=bool(_layers(layer) & _layers(answer["layer_to_change"])),
        cors=diagnosis.is_cors_problem == answer["is_cors_problem"],
        wanted=f"{answer['category']} in {answer['layer_to_change']}",
        found=tuple(
            f"{each.root_cause} in {each.layer} {each.confidence:.2f}" for each in diagnosis.findings
        ),
        source=case["source"],
    )


def grade_all(cases: Iterable[dict[str, Any]]) -> list[Grade]:
    """Grade *cases*."""
    return [grade(case) for case in cases]


def _layers(text: str) -> set[str]:
    """Return the layers of ``app/proxy``: either of them will do."""
    return {part for part in text.split("/") if part}
