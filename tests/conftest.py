"""Hypothesis: the same examples in every run; `HYPOTHESIS_PROFILE=deep` searches at random and longer."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("deep", settings.get_profile("ci"), derandomize=False, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name sets alike in every process: the workers of xdist compare what they collect."""
    return "+".join(sorted(map(str, val))) if isinstance(val, set | frozenset) else None
