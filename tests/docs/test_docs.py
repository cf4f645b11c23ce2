"""The documents tell the truth about the tree."""

import re
from pathlib import Path

import pytest

import corsage
from docs.__main__ import FOLDER, PAGES

ROOT = FOLDER.parent
DOCUMENTS = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
PLACE = re.compile(r"`((?:src|tests|tools|docs|browser|model|clients|apps|pair|grammar)/[\w./-]+)`")


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_pages_made_from_the_code_are_fresh(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), "stale: run 'make docs'"


@pytest.mark.parametrize("document", [*DOCUMENTS, *sorted(FOLDER.glob("*.md"))], ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    targets = LINK.findall(document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_places_that_are_named_exist(document: Path) -> None:
    named = PLACE.findall(document.read_text(encoding="utf-8"))
    homes = (ROOT, ROOT / "src" / "corsage")
    assert [place for place in named if not any((home / place).exists() for home in homes)] == []


def test_the_architecture_fits_a_page() -> None:
    assert len((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()) < 80


def test_the_changelog_begins_with_this_version() -> None:
    first = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert first is not None
    assert first[1] == corsage.__version__


def test_the_readme_example_says_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert example is not None
    exec(compile(example[1], "README.md", "exec"), {})  # noqa: S102 - our own README
    promised = [
        line.partition("#")[2].strip() for line in example[1].splitlines() if line.startswith("print(")
    ]
    assert capsys.readouterr().out.splitlines()[-len(promised) :] == promised


def test_every_verb_of_the_documents_is_one_of_the_makefile() -> None:
    verbs = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        verb
        for path in DOCUMENTS
        for verb in re.findall(r"[`\n]make ([a-z]+)", path.read_text(encoding="utf-8"))
    }
    assert named <= verbs
