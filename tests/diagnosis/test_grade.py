"""Real reports: how often the true cause comes first, the layer is right, and it is known whether it is CORS.

The rules were written with both files in view. The wording was learnt from the reports, and not from the sample: the
reports show that nothing known is lost, not how well others are judged (`make learn` prints that). Often more than one
layer could change, and who read the threads did not always choose the same.
"""

from pathlib import Path

import pytest

from grade.__main__ import main, table
from grade.grading import Grade, grade_all, read_cases

HERE = Path(__file__).parent


@pytest.fixture(scope="module", params=["sample", "reports"])
def grades(request: pytest.FixtureRequest) -> list[Grade]:
    return grade_all(read_cases(HERE / f"{request.param}.jsonl"))


def share(grades: list[Grade], field: str) -> float:
    return sum(bool(getattr(each, field)) for each in grades) / len(grades)


def test_the_true_cause_comes_first(grades: list[Grade]) -> None:
    assert share(grades, "cause") >= 0.85


def test_it_is_among_the_first_three(grades: list[Grade]) -> None:
    assert share(grades, "among") >= 0.9


def test_the_layer_is_one_that_has_to_change(grades: list[Grade]) -> None:
    assert share(grades, "layer") >= 0.7


def test_whether_it_is_cors_at_all(grades: list[Grade]) -> None:
    assert share(grades, "cors") >= 0.9


def test_of_the_sample_cause_and_layer_are_right_in_nine_of_ten() -> None:
    grades = grade_all(read_cases(HERE / "sample.jsonl"))
    assert share(grades, "right") >= 0.9


def test_the_table_has_a_row_for_each_group(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(HERE / "sample.jsonl"), "-v"]) == 0
    printed = capsys.readouterr().out
    assert "sample.jsonl" in printed
    assert printed.count("PREFLIGHT") >= 1
    assert table(grade_all(read_cases(HERE / "sample.jsonl")))[-1].startswith("all")
