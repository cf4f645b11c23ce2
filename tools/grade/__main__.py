"""``make grade``: print how often the diagnosis of real reports is right.

Files are arguments; ``-v`` adds what is wrong.
"""

import sys
from pathlib import Path

from grade.grading import Grade, grade_all, read_cases

CASES = Path(__file__).resolve().parents[2] / "tests" / "diagnosis"
# The rules were written with both in view; the wording was learnt from the reports, and not from the sample.
FILES = (CASES / "sample.jsonl", CASES / "reports.jsonl")
COLUMNS = ("cases", "cause", "layer", "both", "cause in 3", "is it CORS")


def main(arguments: list[str]) -> int:
    """Print a table for each file, and return the exit code."""
    files = [Path(each) for each in arguments if each != "-v"] or list(FILES)
    for path in files:
        grades = grade_all(read_cases(path))
        print(f"{path.name}\n")
        for row in table(grades):
            print(row)
        if "-v" in arguments:
            for each in grades:
                if not each.right:
                    print(f"\n{each.source}\n  is     {each.wanted}\n  found  {'; '.join(each.found[:3])}")
        print()
    print(
        "The rules were written with these in view, and the wording learnt from the reports, not from the sample."
    )
    print("How it does on reports that the wording did not learn from: make learn")
    return 0


def table(grades: list[Grade]) -> list[str]:
    """Return the rows of the table, a row for each group and one for all."""
    groups = sorted({each.group for each in grades})
    rows = ["".join([f"{'group':<18}", *(f"{name:>12}" for name in COLUMNS)])]
    named = [_row(group, [each for each in grades if group == each.group]) for group in groups]
    return [*rows, *named, _row("all", grades)]


def _row(name: str, grades: list[Grade]) -> str:
    counts = (
        sum(each.cause for each in grades),
        sum(each.layer for each in grades),
        sum(each.right for each in grades),
        sum(each.among for each in grades),
        sum(each.cors for each in grades),
    )
    cells = (f"{count} ({round(100 * count / len(grades))} %)" for count in counts)
    return "".join([f"{name:<18}", f"{len(grades):>12}", *(f"{cell:>12}" for cell in cells)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
