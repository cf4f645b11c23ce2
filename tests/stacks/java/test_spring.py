"""Spring's renderings, word for word; a compiler reads them, and they say what they leave out."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Final

import pytest
import yaml
from tests.stacks.golden_files import check_golden
from tests.stacks.java.spring_stubs import STUBS
from tests.stacks.policies import POLICIES
from tests.stacks.serving import program

from corsage.server import Policy
from corsage.stacks import Rendered, find_stack

if TYPE_CHECKING:
    from pathlib import Path

STACKS: Final = ("spring-boot", "spring-webflux", "spring-gateway")
MORE: Final = {
    **POLICIES,
    "subdomains": Policy(
        origins=["https://*.deep.example", "http://localhost:*", "https://a.example"], max_age=0
    ),
    "hostile": Policy(
        origin_regexes=['https://"[a-z]\\\\"\\.example', "https://x'\\.example"],
        methods=["X'Y"],
        request_headers=["x-`'$|"],
    ),
}
KEYS: Final = {
    "allowedOrigins",
    "allowedOriginPatterns",
    "allowedMethods",
    "allowedHeaders",
    "exposedHeaders",
    "allowCredentials",
    "maxAge",
}


def rendered(stack: str, policy: Policy) -> Rendered:
    found = find_stack(stack)
    assert found is not None
    return found.render(policy)


@pytest.mark.parametrize("policy", MORE)
@pytest.mark.parametrize("stack", STACKS)
def test_it_is_written_as_it_was(stack: str, policy: str) -> None:
    check_golden(policy, rendered(stack, MORE[policy]))


def test_a_compiler_reads_it(tmp_path: Path) -> None:
    javac = program("javac", "default-jdk-headless")
    for name, text in STUBS.items():
        path = tmp_path / "stubs" / name.partition("/")[0] / f"{name.rpartition('/')[2]}.java"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for stack in ("spring-boot", "spring-webflux"):
        for number, policy in enumerate(MORE.values()):
            package = f"{stack.replace('-', '')}{number}"
            path = tmp_path / package / "CorsConfig.java"
            path.parent.mkdir()
            path.write_text(f"package {package};\n{rendered(stack, policy).files[0].text}")
    sources = [str(path) for path in tmp_path.rglob("*.java")]
    done = subprocess.run(
        [javac, "-d", str(tmp_path / "out"), "-implicit:none", *sources],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("policy", MORE)
def test_the_gateways_file_has_documented_keys(policy: str) -> None:
    read = yaml.safe_load(rendered("spring-gateway", MORE[policy]).files[0].text)
    cors = read["spring"]["cloud"]["gateway"]["globalcors"]
    assert cors["add-to-simple-url-handler-mapping"] is True
    (configuration,) = cors["cors-configurations"].values()
    assert configuration.keys() <= KEYS
    assert configuration["allowedMethods"][:3] == ["GET", "HEAD", "POST"]


def test_what_is_left_out_is_said() -> None:
    limits = " ".join(rendered("spring-gateway", POLICIES["patterns"]).limits)
    assert "https://+.one.example is left out" in limits
    limits = " ".join(rendered("spring-gateway", POLICIES["regex"]).limits)
    assert "(?:red|blue)" in limits
    everything = Policy(
        origins=["https://a.example"],
        origin_regexes=["https://(?P<x>a)\\.example"],
        origin_lookup=lambda _: True,
        timing=True,
    )
    limits = " ".join(rendered("spring-boot", everything).limits)
    assert all(word in limits for word in ("(?P<x>a)", "origin_lookup", "timing", "403"))


def test_any_header_is_not_authorization() -> None:
    public = Policy(origins="*", public=True, request_headers="*", methods="*")
    text = rendered("spring-boot", public).files[0].text
    assert 'setAllowedHeaders(List.of("accept", "content-type", "x-requested-with"))' in text
    assert 'setAllowedMethods(List.of("*"))' in text
    both = Policy(origins="*", public=True, request_headers=["*", "Authorization"])
    assert 'setAllowedHeaders(List.of("*"))' in rendered("spring-boot", both).files[0].text


def test_it_is_not_executed() -> None:
    for stack in STACKS:
        assert rendered(stack, POLICIES["exact"]).executed == ""
