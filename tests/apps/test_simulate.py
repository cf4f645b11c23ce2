"""``corsage simulate``: results as the recordings have them, figures, deviations, bad input."""

import json
import lzma
from pathlib import Path
from typing import Any

import pytest
from tests.apps.loopback import Run

from corsage.clients.recordings.compare import FACETS

CORPUS = Path(__file__).parents[1] / "corpus"
ACAC = CORPUS / "acac.jsonl.xz"
KEYS = ["id", "outcome", "cors_error", "failed_parameter", "console", "requests_seen"]


def rows(path: Path = ACAC, count: int = 5) -> list[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line, _ in zip(lines, range(count), strict=False)]


def write(path: Path, *lines: object) -> str:
    text = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "profile", ["chromium", "chrome", "firefox", "webkit", "safari", "webkitgtk", "standard"]
)
def test_one_line_of_json_for_each_scenario(run: Run, profile: str) -> None:
    result = run("simulate", str(ACAC), "--profile", profile)
    assert result.exit_code == 0
    results = [json.loads(line) for line in result.stdout.splitlines()]
    assert [found["id"] for found in results] == [row["scenario"]["id"] for row in rows(count=10_000)]
    assert all(list(found) == KEYS for found in results)
    assert result.stderr == ""


def test_bare_scenarios_and_standard_input(run: Run, tmp_path: Path) -> None:
    scenarios = [row["scenario"] for row in rows()]
    path = write(tmp_path / "bare.jsonl", *scenarios)
    from_file = run("simulate", path, "--profile", "firefox")
    from_stdin = run("simulate", "-", "--profile", "firefox", input=Path(path).read_bytes())
    assert from_file.stdout == from_stdin.stdout
    assert len(from_file.stdout.splitlines()) == len(scenarios)


def spoiled(row: dict[str, Any], *facets: str) -> dict[str, Any]:
    """Return *row* with a recording that no engine can meet in *facets*."""
    other = {
        "outcome": {"outcome": row["chromium"]["outcome"] | {"kind": "nothing"}},
        "code": {"cors_error": "Nonsense"},
        "requests": {"requests_seen": [{"kind": "actual", "hop": 9, "method": "GET", "headers": []}]},
    }
    changes = {name: value for facet in facets for name, value in other[facet].items()}
    return row | {"chromium": row["chromium"] | changes}


def test_agreement_is_a_table_and_exit_code_0(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "r.jsonl", *rows(), *rows(CORPUS / "xhr.jsonl.xz"))
    result = run("simulate", path, "--profile", "chromium", "--compare")
    assert result.exit_code == 0, result.output
    head, *body = [line.split() for line in result.stdout.splitlines()]
    assert head == ["chromium", "n", *FACETS, "all", "registered"]
    assert [row[0] for row in body] == ["acac", "xhr", "TOTAL"]
    assert body[-1] == ["TOTAL", "10", *["10/10"] * 6, "0"]


def test_a_mismatch_is_listed_and_exit_code_1(run: Run, tmp_path: Path) -> None:
    first, second, *rest = rows()
    path = write(tmp_path / "r.jsonl", spoiled(first, "code", "requests"), second, *rest)
    result = run("simulate", path, "--profile", "chromium", "--compare")
    assert result.exit_code == 1
    identifier = first["scenario"]["id"]
    assert f"acac code: 1 missed: {identifier}" in result.stdout
    assert f"acac requests: 1 missed: {identifier}" in result.stdout
    assert result.stdout.splitlines()[1].split() == [
        "acac",
        "5",
        "5/5",
        "5/5",
        "4/5",
        "4/5",
        "5/5",
        "4/5",
        "0",
    ]


def register(path: Path, ids: list[str], facets: list[str], browser: str = "chromium") -> None:
    path.write_text(
        f'[[deviation]]\nbrowser = "{browser}"\nids = {ids}\nfacets = {facets}\n'
        'reason = "the browser is wrong"\nsince = "2026-01-01"\n',
        encoding="utf-8",
    )


@pytest.mark.parametrize("name", ["deviations.toml", "elsewhere.toml"])
def test_a_registered_deviation_is_no_failure(run: Run, tmp_path: Path, name: str) -> None:
    first, *rest = rows()
    path = write(tmp_path / "r.jsonl", spoiled(first, "code"), *rest)
    register(tmp_path / name, [first["scenario"]["id"]], ["code"])
    options = () if name == "deviations.toml" else ("--deviations", str(tmp_path / name))
    result = run("simulate", path, "--profile", "chromium", "--compare", *options)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[1].split()[-1] == "1"
    assert "the browser is wrong (code; since 2026-01-01)" in result.stdout
    assert "Not registered" not in result.stdout


def test_a_deviation_that_is_none_any_more_is_an_orphan(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "r.jsonl", *rows())
    identifier = rows()[0]["scenario"]["id"]
    register(tmp_path / "deviations.toml", [identifier], ["code"])
    result = run("simulate", path, "--profile", "chromium", "--compare")
    assert result.exit_code == 1
    assert f"{identifier}:code" in result.stdout


def test_deviations_of_others_and_of_what_was_not_played_are_no_orphans(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "r.jsonl", *rows())
    register(tmp_path / "deviations.toml", [rows()[0]["scenario"]["id"]], ["code"], "firefox")
    assert run("simulate", path, "--profile", "chromium", "--compare").exit_code == 0
    of_chrome = '"\nprofile = "chrome'
    register(tmp_path / "deviations.toml", [rows()[0]["scenario"]["id"]], ["code"], f"chromium{of_chrome}")
    assert run("simulate", path, "--profile", "chromium", "--compare").exit_code == 0
    assert run("simulate", path, "--profile", "chrome", "--compare").exit_code == 1
    register(tmp_path / "deviations.toml", ["not-played"], ["code"])
    assert run("simulate", path, "--profile", "chromium", "--compare").exit_code == 0


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[deviation]", "deviations.toml: "),
        ("deviation = 1", "rows begin with [[deviation]]"),
        ("[[deviation]]\nids = []", "row 1: browser is missing"),
        ("[[deviation]]\nids = []", "row 1: ids must be a list of strings, and not empty"),
        ('[[deviation]]\nfacets = ["colour"]', "'colour' is not a facet: there are outcome"),
    ],
)
def test_a_bad_register(run: Run, tmp_path: Path, text: str, complaint: str) -> None:
    path = write(tmp_path / "r.jsonl", *rows())
    (tmp_path / "deviations.toml").write_text(text, encoding="utf-8")
    result = run("simulate", path, "--profile", "chromium", "--compare")
    assert result.exit_code == 2
    assert complaint in result.stderr


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("nonsense", "not JSON"),
        ("[]", "a scenario is a JSON object, this is a list"),
        ('{"id": "x"}', "the scenario lacks client, server, request"),
        ('{"scenario": {"id": "x", "client": 1, "server": 2, "request": 3}}', "malformed scenario"),
        ('{"\x1b[2J": 1', "not JSON"),
    ],
)
def test_a_bad_line_is_named_and_exit_code_2(run: Run, tmp_path: Path, line: str, complaint: str) -> None:
    good = write(tmp_path / "good.jsonl", *rows(count=1))
    bad = write(tmp_path / "bad.jsonl", *rows(count=1), line)
    result = run("simulate", bad, good, "--profile", "chromium")
    assert result.exit_code == 2
    assert f"{bad}, line 2: " in result.stderr
    assert complaint in result.stderr
    assert "\x1b" not in result.stderr
    assert len(result.stdout.splitlines()) == 2


def test_malformed_scenarios_are_all_reported(run: Run, tmp_path: Path) -> None:
    malformed = {
        "id": "x",
        "client": {"page": "nonsense"},
        "server": {"hops": []},
        "request": {"api": "fetch"},
    }
    path = write(tmp_path / "bad.jsonl", malformed, "{no JSON", *rows(count=1), malformed)
    result = run("simulate", path, "--profile", "chromium")
    assert result.exit_code == 2
    assert [f"line {number}:" in result.stderr for number in (1, 2, 3, 4)] == [True, True, False, True]
    assert len(result.stdout.splitlines()) == 1


def test_a_missing_file(run: Run) -> None:
    result = run("simulate", "/no/such/file", "--profile", "chromium")
    assert result.exit_code == 2
    assert "/no/such/file: No such file" in result.stderr


def test_comparing_needs_recordings(run: Run, tmp_path: Path) -> None:
    bare = write(tmp_path / "bare.jsonl", *(row["scenario"] for row in rows()))
    result = run("simulate", bare, "--profile", "chromium", "--compare")
    assert result.exit_code == 2
    assert "these files hold no recordings of chromium" in result.stderr
    assert run("simulate", str(ACAC), "--profile", "standard", "--compare").exit_code == 2
    mixed = write(tmp_path / "mixed.jsonl", rows()[0]["scenario"], *rows())
    result = run("simulate", mixed, "--profile", "chromium", "--compare")
    assert result.exit_code == 2
    assert "1 scenario without a recording of chromium" in result.stderr


def test_deviations_are_for_comparing(run: Run, tmp_path: Path) -> None:
    register(tmp_path / "d.toml", ["x"], ["code"])
    result = run("simulate", str(ACAC), "--profile", "chromium", "--deviations", str(tmp_path / "d.toml"))
    assert result.exit_code == 2
    assert "add it, or leave --deviations out" in result.output
