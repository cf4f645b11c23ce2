"""Laravel's and Symfony's renderings, word for word; PHP and YAML read them."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml
from tests.stacks.golden_files import check_golden
from tests.stacks.policies import POLICIES
from tests.stacks.serving import program

from corsage.server import Policy
from corsage.stacks import Rendered, find_stack

if TYPE_CHECKING:
    from pathlib import Path

MORE: Final = {
    **POLICIES,
    "hostile": Policy(
        origins=["https://a.example"],
        origin_regexes=["https://'~[a-z]+\\.example", "https://%x%\\.example", "https://\\\\'x"],
        methods=["X'Y"],
        request_headers=["x-$'%"],
        max_age=0,
    ),
    "everything": Policy(origins="*", public=True, request_headers="*", methods="*", exposed_headers="*"),
}
LARAVEL: Final = [
    "paths",
    "allowed_methods",
    "allowed_origins",
    "allowed_origins_patterns",
    "allowed_headers",
    "exposed_headers",
    "max_age",
    "supports_credentials",
]
NELMIO: Final = {
    "allow_origin",
    "origin_regex",
    "forced_allow_origin_value",
    "allow_methods",
    "allow_headers",
    "expose_headers",
    "allow_credentials",
    "allow_private_network",
    "max_age",
}


def rendered(stack: str, policy: Policy) -> Rendered:
    found = find_stack(stack)
    assert found is not None
    return found.render(policy)


@pytest.mark.parametrize("policy", MORE)
@pytest.mark.parametrize("stack", ["laravel", "symfony"])
def test_it_is_written_as_it_was(stack: str, policy: str) -> None:
    result = rendered(stack, MORE[policy])
    check_golden(policy, result)
    assert result.executed == ""


def read_php(code: str, *arguments: str) -> Any:
    command = [program("php", "php-cli"), "-n", "-r", code, *arguments]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.parametrize("policy", MORE)
def test_php_reads_laravels_file(policy: str, tmp_path: Path) -> None:
    path = tmp_path / "cors.php"
    path.write_text(rendered("laravel", MORE[policy]).files[0].text)
    read = read_php("echo json_encode(require $argv[1]);", str(path))
    assert list(read) == LARAVEL
    assert read["supports_credentials"] is MORE[policy].credentials
    assert [each.lower() for each in read["exposed_headers"]] == list(MORE[policy].exposed_headers)


@pytest.mark.parametrize("origin", ["https://'~x.example", "https://%x%.example", "https://\\'x"])
def test_laravels_expressions_mean_whole_origins(origin: str, tmp_path: Path) -> None:
    path = tmp_path / "cors.php"
    path.write_text(rendered("laravel", MORE["hostile"]).files[0].text)
    code = (
        "echo json_encode(array_map(fn($each) => [preg_match($each, $argv[2]), preg_match($each, $argv[3])],"
        " (require $argv[1])['allowed_origins_patterns']));"
    )
    read = read_php(code, str(path), origin, f"{origin}.evil.com")
    assert sorted(read) == [[0, 0], [0, 0], [1, 0]]


@pytest.mark.parametrize("policy", MORE)
def test_symfonys_file_has_documented_keys(policy: str) -> None:
    read = yaml.safe_load(rendered("symfony", MORE[policy]).files[0].text)["nelmio_cors"]
    assert read["paths"] == {"^/": None}
    assert read["defaults"].keys() <= NELMIO
    if policy == "hostile":
        (expression,) = read["defaults"]["allow_origin"]
        assert expression.startswith("^(?:https://a\\.example|")
        assert expression.endswith(")$")
        assert "%%x%%" in expression


def test_what_is_left_out_is_said() -> None:
    limits = " ".join(rendered("symfony", MORE["hostile"]).limits)
    assert "max_age: 0" in limits
    limits = " ".join(rendered("laravel", MORE["everything"]).limits)
    assert "but Authorization" in limits
    odd = Policy(origins=["https://a.example"], origin_regexes=["https://a\\Z"], timing=True, methods=["Odd"])
    for stack in ("laravel", "symfony"):
        limits = " ".join(rendered(stack, odd).limits)
        assert all(word in limits for word in ("https://a\\Z", "timing", "Odd"))
