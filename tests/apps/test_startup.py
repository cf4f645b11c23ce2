"""What starts fast imports little."""

import sys

import pytest
from tests.apps.loopback import finished

TOOLS = {"rich", "pycurl", "ada_url", "publicsuffixlist", "corsage.browser", "corsage.clients"}


def imported(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint('modules:', *sorted(sys.modules))"
    found = finished(sys.executable, "-c", script)
    assert found.returncode == 0, found.stderr
    return set(found.stdout.decode().rpartition("modules:")[2].split())


def run_main(*arguments: str) -> str:
    return (
        f"import sys\nsys.argv = ['corsage', *{arguments!r}]\n"
        "from corsage.apps.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code"
    )


def test_the_library_imports_no_tool() -> None:
    assert not imported("import corsage") & (TOOLS | {"click"})


@pytest.mark.parametrize("argument", ["--help", "--version", "-h"])
def test_help_and_version_import_no_tool(argument: str) -> None:
    assert not imported(run_main(argument)) & TOOLS


@pytest.mark.parametrize("command", ["check", "simulate"])
def test_a_commands_help_imports_no_engine(command: str) -> None:
    assert not imported(run_main(command, "--help")) & TOOLS


def test_a_pasted_message_waits_for_nothing_that_it_does_not_need() -> None:
    message = (
        "Access to fetch at 'https://api.example.com/v1' from origin 'https://app.example.com' has been blocked by "
        "CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource."
    )
    script = run_main("explain", message).replace(
        "assert not end.code, end.code", "assert end.code == 1, end.code"
    )
    loaded = imported(script)
    assert "corsage.diagnosis" in loaded
    assert not loaded & {
        "corsage.clients.exchanges",
        "corsage.clients.har",
        "corsage.clients.live",
        "corsage.clients.snippets",
        "corsage.pair.repair",
        "corsage.server.rules",
        "corsage.stacks.clouds",
        "corsage.stacks.proxies",
        "jinja2",
        "pycurl",
        "pyperclip",
        "yaml",
    }
