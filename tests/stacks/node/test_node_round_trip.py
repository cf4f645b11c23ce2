"""What is rendered for Express, read back by the importer: the same policy."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any, Final

import pytest
from tests.stacks.policies import ORIGINS, POLICIES
from tests.stacks.serving import program

from corsage.server import Policy, compile_policy
from corsage.server.importers import Kind, from_express
from corsage.stacks.node.express import Express

if TYPE_CHECKING:
    from pathlib import Path

EXPRESS: Final = "module.exports = () => ({ use() {}, listen() {} });\n"
CORS: Final = """
const plain = (_, value) => (value instanceof RegExp ? { regex: value.source } : value);
module.exports = (options) => console.log(JSON.stringify(options, plain));
"""
FREE: Final = {"GET", "HEAD", "POST"}
MORE: Final = {
    "one origin": Policy(origins=["https://app.example"]),
    "never kept": Policy(origins=["https://app.example"], max_age=-1, preflight_status=200),
    "handed on": Policy(origins=["https://app.example"], preflight_continue=True),
    "wide": Policy(origins="*", methods="*", request_headers="*", exposed_headers="*", public=True),
}


def options_of(policy: Policy, folder: Path) -> dict[str, Any]:
    """Run the rendered program with packages that tell what they are given."""
    node = program("node", "nodejs")
    for name, text in (("express", EXPRESS), ("cors", CORS)):
        (folder / "node_modules" / name).mkdir(parents=True)
        (folder / "node_modules" / name / "index.js").write_text(text, encoding="utf-8")
    (folder / "app.js").write_text(Express().render(policy).files[0].text, encoding="utf-8")
    done = subprocess.run(
        [node, "app.js"], cwd=folder, capture_output=True, text=True, timeout=60, check=True
    )
    options: dict[str, Any] = json.loads(done.stdout)
    return options


@pytest.mark.parametrize("name", [*POLICIES, *MORE])
def test_the_importer_reads_what_the_renderer_wrote(name: str, tmp_path: Path) -> None:
    policy = {**POLICIES, **MORE}[name]
    read = from_express(options_of(policy, tmp_path))
    assert read.dangers == ()
    assert [each for each in read.report if each.kind is Kind.LOST] == []
    assert read.policy is not None
    known, again = compile_policy(policy), compile_policy(read.policy)
    assert [known.allows_listed(each) for each in ORIGINS] == [again.allows_listed(each) for each in ORIGINS]
    assert set(read.policy.methods) - FREE == set(policy.methods)
    for field in (
        "request_headers",
        "exposed_headers",
        "credentials",
        "preflight_status",
        "preflight_continue",
    ):
        assert getattr(read.policy, field) == getattr(policy, field), field
    assert read.policy.max_age == (0 if policy.max_age == -1 else policy.max_age)
