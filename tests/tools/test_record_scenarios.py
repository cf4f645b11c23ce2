"""Scenario files: what is read, and what is said about those that cannot be."""

import io
import json
import lzma
import sys
from pathlib import Path
from typing import Any

import pytest

from record import scenarios
from record.cli import main
from record.errors import RecordError

Json = dict[str, Any]


def scenario(**changes: object) -> Json:
    return {
        "id": "one",
        "family": "test",
        "client": {"page": "http://client.test:8000", "context": "top"},
        "request": {"api": "fetch", "url": "http://api.test:9000/s/one/0", "method": "GET"},
        "server": {"hops": [hop()]},
    } | changes


def hop(**changes: object) -> Json:
    answer = {"status": 200, "headers": [["Access-Control-Allow-Origin", "*"]], "body": "hello"}
    return {"origin": "http://api.test:9000", "path": "/s/one/0", "response": answer} | changes


def test_bare_scenarios_and_whole_recordings_are_read(tmp_path: Path) -> None:
    file = tmp_path / "file.jsonl"
    second = {"scenario": scenario(id="two"), "chromium": {}}
    file.write_text(f"{json.dumps(scenario())}\n\n{json.dumps(second)}\n")
    assert scenarios.read(str(file)) == [scenario(), scenario(id="two")]


def test_compressed_scenarios_are_read(tmp_path: Path) -> None:
    file = tmp_path / "file.jsonl.xz"
    file.write_bytes(lzma.compress(json.dumps(scenario()).encode()))
    assert scenarios.read(str(file)) == [scenario()]


def test_scenarios_are_read_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(scenario()).encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert scenarios.read("-") == [scenario()]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "file:1: not JSON: Expecting property name enclosed in double quotes (column 2)"),
        ("[]", "file:1: a scenario must be an object"),
        ("{}", 'file:1: "id" is missing or not a string'),
        (scenario(client={}), 'file:1: "page" of client is missing or not a string'),
        (
            scenario(client={"page": "http://client.test", "context": "worker"}),
            'file:1: unknown context "worker"; known: sandboxed, top',
        ),
        (
            scenario(client={"page": "https://example.org", "context": "top"}),
            'file:1: "https://example.org" is no origin the recorder can play'
            " (http(s)://*.test, localhost or 127.0.0.1)",
        ),
        (scenario(sequence=[]), 'file:1: exactly one of "request" and "sequence" is wanted'),
        (scenario(request={"api": "fetch"}), 'file:1: "url" of a request is missing or not a string'),
        (
            scenario(request={"api": "ping", "url": ""}),
            'file:1: unknown api "ping"; known: beacon, eventsource, fetch, img, module, script, stylesheet, xhr',
        ),
        (
            scenario(request={"api": "fetch", "url": "", "headers": {"A": "b"}}),
            'file:1: "headers" of a request is not a list of [name, value]',
        ),
        (
            scenario(request={"api": "fetch", "url": "", "body": {"type": "formdata", "value": "x"}}),
            'file:1: "fields" of a body is missing or not a list',
        ),
        (scenario(server={}), 'file:1: "hops" of server is missing or not a list'),
        (
            scenario(server={"hops": [hop(preflight=[{"status": "200"}])]}),
            'file:1: "status" of an answer is missing or not a number',
        ),
        (
            scenario(server={"hops": [hop(response={"status": 200, "headers": [["A", "€"]], "body": ""})]}),
            'file:1: "headers" of an answer is not a list of latin-1 [name, value]',
        ),
    ],
)
def test_a_faulty_line_is_named_with_its_fault(line: str | Json, fault: str) -> None:
    text = line if isinstance(line, str) else json.dumps(line)
    with pytest.raises(RecordError) as caught:
        list(scenarios.parse("file", [text]))
    assert str(caught.value) == fault


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\n", "no scenario in it"),
        (b"\xfd7zXZ\x00broken", "damaged .xz data"),
        (b"\xff", "not UTF-8 text"),
        (f"{json.dumps(scenario())}\n{json.dumps(scenario())}".encode(), 'the id "one" is there twice'),
    ],
)
def test_a_faulty_file_is_named_with_its_fault(tmp_path: Path, content: bytes, fault: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(RecordError) as caught:
        scenarios.read(str(file))
    assert str(caught.value) == f"{file}: {fault}"


def test_the_command_says_what_is_wrong_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["/nowhere/scenarios.jsonl"]) == 2
    assert capsys.readouterr().err == "record: /nowhere/scenarios.jsonl: No such file or directory\n"


def test_an_output_that_cannot_be_written_is_said_before_anything_is_recorded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file.jsonl"
    file.write_text(json.dumps(scenario()))
    assert main([str(file), "--output", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"record: {tmp_path}: Is a directory\n"


def test_missing_browsers_are_said_clearly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file.jsonl"
    file.write_text(json.dumps(scenario()))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main([str(file), "--browser", "firefox"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "record: firefox is not installed (Debian: firefox-esr); recording without it",
        "record: no browser to record in; `make system` installs them on Debian",
    ]
