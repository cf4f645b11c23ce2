"""The entry point: commands, exit codes, and the ways in which a run can be cut short."""

import os
import signal
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from tests.apps.loopback import CORSAGE, Api, Run, finished

from corsage import __version__
from corsage.apps.cli import group
from corsage.apps.cli.main import cli

CORPUS = Path(__file__).parents[1] / "corpus"


def test_every_command_is_where_the_group_says() -> None:
    for name, (module, summary) in group.COMMANDS.items():
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        assert command.name == name
        assert summary.endswith(".")


def test_help_lists_the_commands(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert all(name in result.output and line in result.output for name, (_, line) in group.COMMANDS.items())


def test_version(run: Run) -> None:
    assert run("--version").output == f"corsage {__version__}\n"


@pytest.mark.parametrize("arguments", [("nonsense",), ("check", "--nonsense"), ("simulate",), ()])
def test_usage_errors_exit_with_2(arguments: tuple[str, ...]) -> None:
    found = finished(*CORSAGE, *arguments, text=True)
    assert found.returncode == 2
    assert "Usage: corsage" in str(found.stderr)
    assert "Traceback" not in str(found.stderr)


def test_a_fault_of_ours_is_one_line_and_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    @click.command
    def broken() -> None:
        raise RuntimeError("some invariant")

    monkeypatch.delenv("CORSAGE_TRACEBACK", raising=False)
    monkeypatch.setattr(group.LazyGroup, "get_command", lambda *_: broken)
    monkeypatch.setattr(sys, "argv", ["corsage", "broken"])
    main = import_module("corsage.apps.cli.main")
    with pytest.raises(SystemExit) as end:
        main.main()
    assert end.value.code == main.INTERNAL_ERROR


def test_an_interrupt_is_quiet_and_exits_with_130(api: Api) -> None:
    url = api.on(
        "/slow", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n"
    )  # half a head: the client waits for more
    api.held.add("/slow")
    command = [*CORSAGE, "check", url, "--origin", "http://localhost:3000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert api.arrived.wait(60)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert err.strip() == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("simulate", str(CORPUS / "acac.jsonl.xz"), "--profile", "chromium"),
        ("check", "http://localhost:1/", "--origin", "http://localhost:3000"),
        ("--help",),
    ],
)
def test_a_broken_pipe_is_quiet(arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [*CORSAGE, *arguments]
    with subprocess.Popen(command, stdout=writing, stderr=subprocess.PIPE, text=True) as process:
        os.close(writing)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 141
    assert err == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_no_fault_of_ours_and_no_verdict() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*CORSAGE, "explain", "CORS204"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 74
    assert b"could not be written" in done.stderr
    assert b"fault" not in done.stderr


def test_a_closed_output_is_quiet() -> None:
    command = ["sh", "-c", '"$@" >&-', "sh", *CORSAGE, "--version"]
    done = subprocess.run(command, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_group_is_what_main_runs() -> None:
    assert isinstance(cli, group.LazyGroup)
