"""The documents tell the truth about the tree."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import corsage
from corsage.apps.cli.main import cli
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


README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_the_engine_in_the_readme_says_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    example = EXAMPLES[1]
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - our own README
    promised = [line.partition("#")[2].strip() for line in example.splitlines() if line.startswith("print(")]
    assert promised
    assert capsys.readouterr().out.splitlines()[-len(promised) :] == promised


def test_the_policy_in_the_readme_answers() -> None:
    async def app(_scope: object, _receive: object, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    names: dict[str, Any] = {"app": app}
    exec(compile(EXAMPLES[0], "README.md", "exec"), names)  # noqa: S102 - our own README
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    origin = b"https://a.preview.example.com"
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"origin", origin)]}
    asyncio.run(names["app"](scope, None, send))
    assert (b"access-control-allow-origin", origin) in sent[0]["headers"]


def test_the_mistakes_in_the_readme_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = "corsage policy check cors.toml"
    monkeypatch.chdir(tmp_path)
    Path("cors.toml").write_text(
        "[cors]\norigins = ['*.example.com', 'https://*.github.io']\n"
        "origin_regexes = ['https://.*example\\.com']\ncredentials = true\n",
        encoding="utf-8",
    )
    shown = README.partition(f"{command}\n")[2].partition("```")[0]
    assert CliRunner().invoke(cli, command.split()[1:]).output.split() == shown.split()


def test_every_verb_of_the_documents_is_one_of_the_makefile() -> None:
    verbs = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        verb
        for path in DOCUMENTS
        for verb in re.findall(r"[`\n]make ([a-z]+)", path.read_text(encoding="utf-8"))
    }
    assert named <= verbs
