"""What importing the library costs: no tool, no network, no event loop."""

from __future__ import annotations

import subprocess
import sys

import pytest

TOOLS = {"click", "rich", "pycurl", "asyncio", "hypothesis", "pytest", "yaml", "requests", "httpx"}
NETWORK = {"socket", "ssl", "http.client", "urllib.request", "logging", "multiprocessing"}
PROGRAM = """
import sys
before = set(sys.modules)
import {module}
print("\\n".join(sorted(set(sys.modules) - before)))
"""


def imported_by(module: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-I", "-c", PROGRAM.format(module=module)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module", ["corsage", "corsage.grammar", "corsage.model", "corsage.browser", "corsage.pair"]
)
def test_the_library_imports_no_tool(module: str) -> None:
    found = imported_by(module)
    assert module in found
    assert not found & (TOOLS | NETWORK)


def test_the_package_itself_imports_next_to_nothing() -> None:
    found = {name for name in imported_by("corsage") if name.startswith("corsage")}
    assert found == {"corsage", "corsage._version"}


def test_the_public_suffix_list_is_loaded_by_who_asks() -> None:
    assert "publicsuffixlist" not in imported_by("corsage.browser")


def test_the_recordings_need_no_terminal() -> None:
    assert not imported_by("corsage.clients.recordings") & {"click", "rich", "pycurl"}
