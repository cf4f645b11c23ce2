"""The contracts of the floors bite: a forbidden import, added to a copy of the tree, is found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"

# file, the import that is added to it, what the broken contract is called
FORBIDDEN = {
    "the grammar looks up": ("grammar/tokens.py", "from corsage.model import Origin", "floor by floor"),
    "the model looks up": ("model/sites.py", "import corsage.browser.safelist", "floor by floor"),
    "the browser looks up": ("browser/referrer.py", "from corsage.pair import repair", "floor by floor"),
    "a pair looks up": ("pair/advice.py", "import corsage.clients.recordings", "floor by floor"),
    "a client looks up": ("clients/recordings/compare.py", "import corsage.apps.cli", "floor by floor"),
    "a package without a floor": ("cellar/__init__.py", "", "floor by floor"),
    "the browser reads the clock": ("browser/preflight_cache.py", "import time", "no sockets, clocks"),
    "the browser opens sockets": ("browser/drive.py", "import socket", "no sockets, clocks"),
    "the model reads files": ("model/url.py", "from pathlib import Path", "no sockets, clocks"),
    "the grammar logs": ("grammar/mime.py", "import logging", "no sockets, clocks"),
    "a client knows the terminal": ("clients/recordings/reading.py", "import rich", "knows the terminal"),
}


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LINT_IMPORTS), "--no-cache"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Copy the package and its contracts to where they can be broken."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.lint
@pytest.mark.parametrize(("file", "line", "contract"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_a_forbidden_import_is_found(copy: Path, file: str, line: str, contract: str) -> None:
    path = copy / "src" / "corsage" / file
    path.parent.mkdir(exist_ok=True)
    before = path.read_text() if path.exists() else '"""New."""\n'
    path.write_text(f"{before}\n{line}\n")
    done = lint_imports(copy)
    assert done.returncode != 0, done.stdout
    broken = [text for text in done.stdout.splitlines() if text.endswith("BROKEN")]
    assert any(contract in text for text in broken), done.stdout + done.stderr


@pytest.mark.lint
def test_an_allowed_import_is_not(copy: Path) -> None:
    path = copy / "src" / "corsage" / "browser" / "referrer.py"
    path.write_text(f"{path.read_text()}\nimport corsage.grammar.tokens\n")
    done = lint_imports(copy)
    assert done.returncode == 0, done.stdout
