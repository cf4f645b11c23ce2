"""``make learn``: learn the weights of ``corsage.diagnosis.wording`` from labelled reports; ``--cv`` only judges them.

Needs scikit-learn: ``pip install 'corsage[learn]'``.
"""

import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from corsage.clients.structured import read_structured
from corsage.diagnosis.diagnose import complete
from corsage.diagnosis.wording.features import features
from corsage.diagnosis.wording.likelihood import BIAS, STEP

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "tests" / "diagnosis" / "reports.jsonl"
# Reports in the manner of real ones, written for the training: each cause has some of them.
VARIANTS = ROOT / "tests" / "diagnosis" / "variants.jsonl"
TARGET = ROOT / "src" / "corsage" / "diagnosis" / "wording" / "weights.tsv"
LEAST_SEEN = 3
SOFTNESS = 4.0
VARIANTS_COUNT = 0.5
FOLDS = 6

Report = tuple[frozenset[str], str, float]


def read(path: Path, weight: float) -> list[Report]:
    """Return features, cause and weight of each report in *path*."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        known, _ = complete(read_structured(case["input"]))
        found.append((features(known), case["answer"]["category"], weight))
    return found


def fit(reports: list[Report]) -> tuple[Any, Any]:
    """Return the vectorizer and the model of *reports*."""
    seen = Counter(feature for words, _, _ in reports for feature in words)
    rows = [{word: 1 for word in words if seen[word] >= LEAST_SEEN} for words, _, _ in reports]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=SOFTNESS, max_iter=500)
    model.fit(
        vectorizer.fit_transform(rows),
        [cause for _, cause, _ in reports],
        sample_weight=[weight for _, _, weight in reports],
    )
    return vectorizer, model


def judge(real: list[Report], variants: list[Report]) -> float:
    """Return how often the words alone name the true cause of a report that was not learnt from."""
    shuffled = random.Random(1).sample(real, len(real))  # noqa: S311 - folds, not secrets
    right = 0
    for fold in range(FOLDS):
        held = shuffled[fold::FOLDS]
        rest = [report for number, report in enumerate(shuffled) if number % FOLDS != fold]
        vectorizer, model = fit(rest + variants)
        guesses = model.predict(vectorizer.transform([dict.fromkeys(words, 1) for words, _, _ in held]))
        right += sum(guess == cause for guess, (_, cause, _) in zip(guesses, held, strict=True))
    return right / len(real)


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
    real, variants = read(REPORTS, 1.0), read(VARIANTS, VARIANTS_COUNT)
    print(f"words alone, of reports not learnt from: {judge(real, variants):.0%} right")
    if "--cv" not in arguments:
        count = write(*fit(real + variants))
        print(
            f"{TARGET.relative_to(ROOT)} written: {count:,} weights from {len(real) + len(variants):,} reports"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
