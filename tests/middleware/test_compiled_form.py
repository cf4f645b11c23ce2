"""The compiled form of the hot path passes the tests of the plain one."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOT = ROOT / "src/corsage/middleware/hot.py"


def build() -> Path:
    """Compile into build/, once for each state of the source."""
    mark = hashlib.sha256(HOT.read_bytes() + sys.version.encode()).hexdigest()[:12]
    room = ROOT / "build" / f"compiled-{mark}"
    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    hook = module_from_spec(spec)
    spec.loader.exec_module(hook)
    if room.exists():
        # What is compiled is up to date; the rest of the package is copied anew.
        fresh = shutil.ignore_patterns("__pycache__", "*.so")
        shutil.copytree(ROOT / "src/corsage", room / "corsage", ignore=fresh, dirs_exist_ok=True)
    else:
        unfinished = room.with_suffix(f".{os.getpid()}")
        hook.compiled(ROOT / "src", unfinished)
        unfinished.rename(room)
    return room


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler: install gcc (make system)")
@pytest.mark.skipif(
    find_spec("setuptools") is None, reason="mypyc builds with setuptools: pip install -e '.[dev]'"
)
def test_what_holds_for_the_source_holds_for_what_is_compiled() -> None:
    room = build()
    assert list(room.rglob("hot.*.so")), "nothing was compiled"
    environment = os.environ | {"PYTHONPATH": f"{room}:{ROOT}", "CORSAGE_EXPECT_COMPILED": "1"}
    tests = [
        "tests/middleware/test_hot.py",
        "tests/middleware/test_conformance.py",
        "-k",
        "hot or asgi or starlette",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:xdist", *tests],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
