"""How likely each cause is, by the features of a report alone: a multinomial logistic regression.

Source: the weights are learnt by ``make learn`` from the reports in ``tests/diagnosis``, and come with the package, as
the Public Suffix List does.
"""

import math
from functools import cache
from importlib.resources import files
from typing import Final

from corsage.diagnosis.wording.features import features
from corsage.model.root_cause import RootCause
from corsage.rules import Case

# The weights are kept as whole numbers of this part of one.
STEP: Final = 0.05
BIAS: Final = "bias"


def likelihood(case: Case) -> dict[RootCause, float]:
    """Return a probability for each cause; they add up to one."""
    causes, weights = _model()
    sums = [0] * len(causes)
    for feature in (BIAS, *features(case)):
        for index, weight in weights.get(feature, ()):
            sums[index] += weight
    highest = max(sums)
    powers = [math.exp((each - highest) * STEP) for each in sums]
    total = sum(powers)
    return {cause: power / total for cause, power in zip(causes, powers, strict=True)}


@cache
def _model() -> tuple[tuple[RootCause, ...], dict[str, tuple[tuple[int, int], ...]]]:
    """Read the weights: a line of causes, then one for each feature, with pairs of a cause's number and a weight."""
    causes, *lines = (
        files(__package__).joinpath("weights.tsv").read_text(encoding="utf-8").strip().split("\n")
    )
    table = {}
    for line in lines:
        feature, _, pairs = line.partition("\t")
        numbers = (pair.partition(":") for pair in pairs.split())
        table[feature] = tuple((int(index), int(weight)) for index, _, weight in numbers)
    return tuple(map(RootCause, causes.split())), table
