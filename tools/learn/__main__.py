"""``make learn``: learn the weights of ``corsage.diagnosis.wording`` from labelled reports; ``--cv`` only judges them.

Needs scikit-learn: ``pip install 'corsage[learn]'``.
"""

import json
import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from corsage.clients.structured import read_structured
from corsage.diagnosis.diagnose import complete
from corsage.diagnosis.ranking import together
from corsage.diagnosis.wording.features import features
from corsage.diagnosis.wording.likelihood import BIAS, STEP
from corsage.rules import DIAGNOSIS_RULES, Case, confidence

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "diagnosis"
# The sample, by which the diagnosis is graded, is not among them.
REPORTS = CASES / "reports.jsonl"
# Reports in the manner of real ones, written for the training: each cause has some of them.
VARIANTS = CASES / "variants.jsonl"
TARGET = ROOT / "src" / "corsage" / "diagnosis" / "wording" / "weights.tsv"
LEAST_SEEN = 3
SOFTNESS = 4.0
VARIANTS_COUNT = 0.5
FOLDS = 6


@dataclass(frozen=True)
class Report:
    """What is learnt from: the features of a report, its cause, how much it counts, and how sure the rules are."""

    words: frozenset[str]
    cause: str
    weight: float
    rules: dict[str, float]


def report(known: Case, cause: str, weight: float) -> Report:
    """Make a report of what is known."""
    rules = {rule.root_cause.value: confidence(rule.weigh(known)) for rule in DIAGNOSIS_RULES}
    return Report(features(known), cause, weight, rules)


def read(path: Path, weight: float) -> list[Report]:
    """Return the reports in *path*."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        known, _ = complete(read_structured(case["input"]))
        found.append(report(known, case["answer"]["category"], weight))
    return found


def examples_of_rules(weight: float) -> list[Report]:
    """Return the examples that rules give of themselves."""
    found = []
    for rule in DIAGNOSIS_RULES:
        known, _ = complete(read_structured(rule.bad))
        found.append(report(known, rule.root_cause.value, weight))
    return found


def fit(reports: list[Report]) -> tuple[Any, Any]:
    """Return the vectorizer and the model of *reports*."""
    seen = Counter(word for each in reports for word in each.words)
    rows = [{word: 1 for word in each.words if seen[word] >= LEAST_SEEN} for each in reports]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=SOFTNESS, max_iter=500)
    model.fit(
        vectorizer.fit_transform(rows),
        [each.cause for each in reports],
        sample_weight=[each.weight for each in reports],
    )
    return vectorizer, model


def judge(real: list[Report], variants: list[Report]) -> tuple[float, float]:
    """Return how often words alone, and words beside rules, name the true cause of a report not learnt from."""
    shuffled = random.Random(1).sample(real, len(real))  # noqa: S311 - folds, not secrets
    alone = both = 0
    for fold in range(FOLDS):
        held = shuffled[fold::FOLDS]
        rest = [each for number, each in enumerate(shuffled) if number % FOLDS != fold]
        vectorizer, model = fit(rest + variants)
        rows = model.predict_proba(vectorizer.transform([dict.fromkeys(each.words, 1) for each in held]))
        for each, row in zip(held, rows, strict=True):
            likely = dict(zip(model.classes_, row, strict=True))
            alone += max(likely, key=likely.__getitem__) == each.cause
            sums = {cause: together(sure, likely.get(cause, 0)) for cause, sure in each.rules.items()}
            both += max(sums, key=sums.__getitem__) == each.cause
    return alone / len(real), both / len(real)


def write(vectorizer: Any, model: Any) -> int:  # noqa: ANN401 - scikit-learn has no types
    """Write the weights, and return how many there are."""
    rows = [(BIAS, model.intercept_), *zip(vectorizer.feature_names_, model.coef_.T, strict=True)]
    lines, count = [], 0
    for name, weights in rows:
        steps = [(index, round(weight / STEP)) for index, weight in enumerate(weights)]
        kept = [(index, step) for index, step in steps if step]
        count += len(kept)
        if kept:
            lines.append(f"{name}\t" + " ".join(f"{index}:{step}" for index, step in kept))
    text = "\n".join([" ".join(model.classes_), *lines])
    TARGET.write_text(f"{text}\n", encoding="utf-8")
    return count


def main(arguments: list[str]) -> int:
    """Learn, or judge, and say so."""
    real = read(REPORTS, 1.0)
    variants = read(VARIANTS, VARIANTS_COUNT) + examples_of_rules(VARIANTS_COUNT)
    alone, both = judge(real, variants)
    print(
        f"Of {len(real):,} reports, each judged by what was learnt from others: words alone {alone:.1%} right,"
    )
    print(f"rules and words {both:.1%} (the rules were written with some of these reports in view).")
    if "--cv" not in arguments:
        count = write(*fit(real + variants))
        print(
            f"{TARGET.relative_to(ROOT)} written: {count:,} weights from {len(real) + len(variants):,} reports"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
