"""The rendered bean in Spring's own CorsFilter: of Spring Framework 4.3, which Debian has. Newer ones are not run."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from tests.stacks.matrix import POLICIES, complaints
from tests.stacks.more_policies import MORE_POLICIES
from tests.stacks.serving import program

from corsage.stacks import find_stack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER: Final = Path("/usr/share/java")
JARS: Final = (
    "spring3-web",
    "spring3-context",
    "spring3-core",
    "spring3-beans",
    "commons-logging",
    "tomcat9-catalina",
    "tomcat9-coyote",
    "tomcat9-servlet-api",
    "tomcat9-api",
    "tomcat9-util",
    "tomcat9-util-scan",
    "tomcat9-juli",
    "tomcat9-annotations-api",
    "tomcat9-jni",
    "tomcat9-jaspic-api",
)
# The patterns that "mixed" has came with 5.3.
RUN: Final = {**POLICIES, "null": MORE_POLICIES["null"], "single": MORE_POLICIES["single"]}
# Spring sends Vary on every answer since 5.2.
QUIRKS: Final = frozenset({"preflight-status", "no-vary-for-strangers", "no-vary-on-preflight"})


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    javac, java = program("javac", "default-jdk-headless"), program("java", "default-jre-headless")
    for jar in ("spring3-web", "spring3-context", "tomcat9-catalina"):
        if not (FOLDER / f"{jar}.jar").exists():
            pytest.skip(f"{jar} is not installed (Debian: libspring-web-java, libtomcat9-java)")
    folder = tmp_path_factory.mktemp("spring")
    spring = find_stack("spring-boot")
    assert spring is not None
    for name, policy in RUN.items():
        path = folder / f"of{name}" / "CorsConfig.java"
        path.parent.mkdir()
        path.write_text(f"package of{name};\n{spring.render(policy).files[0].text}")
    classes = ":".join(["out", *(str(FOLDER / f"{jar}.jar") for jar in JARS)])
    sources = [str(Path(__file__).with_name("SpringSample.java")), *map(str, folder.rglob("*.java"))]
    done = subprocess.run(
        [javac, "-nowarn", "-cp", classes, "-d", "out", *sources],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    command = [java, "-cp", classes, "SpringSample", *(f"of{name}" for name in RUN)]
    with subprocess.Popen(
        command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield {name: f"http://127.0.0.1:{int(process.stdout.readline())}" for name in RUN}
        finally:
            process.stdin.close()
            process.wait(60)


@pytest.mark.parametrize("name", RUN)
def test_it_does_what_the_policy_says(name: str, urls: Mapping[str, str]) -> None:
    found = complaints(urls[name], RUN[name], quirks=QUIRKS)
    # Compared without regard to case. No browser sends an origin in upper case.
    assert [each for each in found if "HTTPS://APP.EXAMPLE" not in each] == []
