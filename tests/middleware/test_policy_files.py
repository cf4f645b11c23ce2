"""Policies from files and from the environment, and files that are watched."""

from __future__ import annotations

import json
import logging
import os
import threading
from typing import TYPE_CHECKING

import pytest

from corsage.middleware import CORS, files
from corsage.middleware.files import load_policy, policy_from_environment
from corsage.middleware.watching import WatchedPolicy
from corsage.server import Policy, PolicyError
from corsage.server.policy_set import PolicySet

if TYPE_CHECKING:
    from pathlib import Path

GOOD = '[cors]\norigins = ["https://a.example"]\n[cors.env.production]\nmax_age = 600\n'
OTHER = '[cors]\norigins = ["https://b.example"]\n[cors.env.production]\nmax_age = 600\n'
LIVE = '[cors]\norigins = ["https://b.example"]\nenvironment = "production"\n'
BROKEN = '[cors]\norigins = ["https://a.example/", "https://b.example/\\n"]\n'
A = PolicySet(Policy(origins=["https://a.example"]))
B = PolicySet(Policy(origins=["https://b.example"]))


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CORSAGE_")]:
        monkeypatch.delenv(name)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_toml_json_and_pyproject(tmp_path: Path) -> None:
    table = {"cors": {"origins": ["https://a.example"]}}
    assert load_policy(write(tmp_path / "cors.toml", GOOD)) == A
    assert load_policy(str(write(tmp_path / "cors.TOML", "\ufeff" + GOOD))) == A
    assert load_policy(write(tmp_path / "cors.json", json.dumps(table))) == A
    assert load_policy(write(tmp_path / "pyproject.toml", GOOD.replace("[cors", "[tool.corsage.cors"))) == A


def test_the_environment_is_the_argument_or_the_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "cors.toml", GOOD)

    def environment(argument: str | None = None) -> str | None:
        policy = load_policy(path, argument).default
        assert policy is not None
        return policy.environment

    assert environment("production") == "production"
    monkeypatch.setenv("CORSAGE_ENV", "production")
    assert environment() == "production"
    monkeypatch.setenv("CORSAGE_ENV", "")
    assert environment() is None
    monkeypatch.setenv("CORSAGE_ENV", "producton")
    with pytest.raises(PolicyError, match="CORS107"):
        environment()


def test_what_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileNotFoundError):
        load_policy(tmp_path / "none.toml")
    with pytest.raises(PolicyError, match=r"neither \.toml nor \.json"):
        load_policy(write(tmp_path / "cors.yaml", ""))
    (tmp_path / "latin.toml").write_bytes(b"[cors]\n# \xe9\n")
    with pytest.raises(PolicyError, match="line 2: it is not UTF-8: there is a byte 0xe9"):
        load_policy(tmp_path / "latin.toml")
    monkeypatch.setattr(files, "LARGEST_FILE", 10)
    with pytest.raises(PolicyError, match="larger than 10 bytes"):
        load_policy(write(tmp_path / "cors.toml", GOOD))


def test_the_variables_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORSAGE_ORIGINS", "https://a.example")
    assert policy_from_environment() == A.default
    assert policy_from_environment({"CORSAGE_ORIGINS": "https://b.example"}) == B.default


class Watch:
    """A watched file, and what was told of it."""

    def __init__(self, path: Path) -> None:
        self.errors: list[Exception] = []
        self.changes: list[PolicySet] = []
        self.path = write(path / "cors.toml", GOOD)
        self.policy = WatchedPolicy(self.path, on_error=self.errors.append, on_change=self.changes.append)

    def save(self, text: str) -> bool:
        write(self.path, text)
        return self.policy.check()


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    return Watch(tmp_path)


def test_it_is_loaded_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        WatchedPolicy(tmp_path / "cors.toml")
    with pytest.raises(PolicyError):
        WatchedPolicy(write(tmp_path / "cors.toml", BROKEN))


def test_a_good_version_is_taken(watch: Watch) -> None:
    assert watch.policy.current == A
    assert not watch.policy.check()
    assert watch.save(OTHER)
    assert watch.policy.current == B
    assert watch.changes == [B]
    assert not watch.save(OTHER + "# a comment\n")
    assert watch.changes == [B]


def test_the_same_size_at_the_same_time_is_seen(watch: Watch) -> None:
    found = watch.path.stat()
    write(watch.path, OTHER)
    os.utime(watch.path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert watch.policy.check()
    assert watch.policy.current == B


def test_an_old_file_is_not_read_again(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    os.utime(watch.path, (1_000_000, 1_000_000))
    assert not watch.policy.check()
    monkeypatch.setattr(watch.policy, "_read", lambda: pytest.fail("it was read"))
    assert not watch.policy.check()


def test_another_file_under_the_name_is_seen(watch: Watch, tmp_path: Path) -> None:
    os.utime(watch.path, (1_000_000, 1_000_000))
    watch.policy.check()
    other = write(tmp_path / "new.toml", OTHER)
    os.utime(other, (1_000_000, 1_000_000))
    other.replace(watch.path)
    assert watch.policy.check()


def test_a_broken_version_keeps_the_policy_and_says_so_once(
    watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    assert not watch.save(BROKEN)
    assert not watch.policy.check()
    assert watch.policy.current == A
    assert isinstance(watch.policy.problem, PolicyError)
    assert watch.errors == [watch.policy.problem]
    (record,) = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert record.name == "corsage.policy"
    assert "origins[0]" in record.message
    assert "origins[1]" in record.message
    assert "\\u000a" in record.message
    assert not watch.save("[cors")
    assert len(watch.errors) == 2


def test_a_mended_version_clears_the_problem(watch: Watch) -> None:
    watch.save(BROKEN)
    assert not watch.save(GOOD)
    assert watch.policy.problem is None
    assert watch.changes == []
    watch.save(BROKEN)
    assert watch.save(OTHER)
    assert watch.policy.problem is None


def test_a_file_that_vanishes_and_comes_back(watch: Watch, caplog: pytest.LogCaptureFixture) -> None:
    watch.path.unlink()
    assert not watch.policy.check()
    assert not watch.policy.check()
    assert "No such file" in str(watch.policy.problem)
    assert watch.policy.current == A
    assert len(watch.errors) == len([each for each in caplog.records if each.levelno == logging.ERROR]) == 1
    assert not watch.save(GOOD)
    assert watch.policy.problem is None
    watch.path.unlink()
    watch.policy.check()
    assert watch.save(OTHER)
    assert watch.policy.current == B


def test_subscribers_are_told_until_they_have_enough(watch: Watch, caplog: pytest.LogCaptureFixture) -> None:
    def broken(policies: PolicySet) -> None:
        raise RuntimeError(policies)

    heard: list[PolicySet] = []
    watch.policy.subscribe(broken)
    enough = watch.policy.subscribe(heard.append)
    assert watch.save(OTHER)
    enough()
    enough()
    assert watch.save(GOOD)
    assert heard == [B]
    assert watch.changes == [B, A]
    assert "a callback of the watched policy raised" in caplog.text


def test_a_running_middleware_is_told(watch: Watch) -> None:
    cors = CORS(watch.policy.current)
    watch.policy.subscribe(cors.replace)
    watch.save(OTHER)
    assert cors.policy == B


def test_a_subscriber_refuses_a_version(watch: Watch, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[PolicySet] = []
    watch.policy.subscribe(heard.append)
    cors = CORS(watch.policy.current, debug=True)
    watch.policy.subscribe(cors.replace)
    watch.policy.subscribe(lambda _: pytest.fail("it is refused before"))
    assert not watch.save(LIVE)
    assert watch.policy.current == A
    assert cors.policy == A
    assert str(watch.policy.problem) == "debug=True tells strangers why they are refused: not in production"
    assert watch.errors == [watch.policy.problem]
    assert len(heard) == 2
    assert heard[-1] == A
    assert "because the new one cannot be used" in caplog.text
    assert not watch.policy.check()
    assert len(watch.errors) == 1
    assert not watch.save(GOOD)
    assert watch.policy.problem is None


def test_a_refused_version_is_followed_by_a_good_one(watch: Watch) -> None:
    cors = CORS(watch.policy.current, debug=True)
    watch.policy.subscribe(cors.replace)
    watch.save(LIVE)
    assert watch.save(OTHER)
    assert watch.policy.problem is None
    assert watch.policy.current == cors.policy == B


def test_an_error_of_what_is_told_of_errors_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(error: Exception) -> None:
        raise ValueError(error)

    path = write(tmp_path / "cors.toml", GOOD)
    watched = WatchedPolicy(path, on_error=broken)
    write(path, BROKEN)
    assert not watched.check()
    assert "a callback of the watched policy raised" in caplog.text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_not_waited_for(watch: Watch, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="it is no regular file"):
        load_policy(pipe)
    with pytest.raises(OSError, match="it is no regular file"):
        WatchedPolicy(pipe)
    pipe.replace(watch.path)
    assert not watch.policy.check()
    assert not watch.policy.check()
    assert "it is no regular file" in str(watch.policy.problem)
    assert len(watch.errors) == 1
    assert watch.policy.current == A
    watch.path.unlink()
    assert watch.save(OTHER)
    assert watch.policy.problem is None


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "cors.toml").mkdir()
    with pytest.raises(OSError, match=r"it is no regular file|Permission denied"):
        load_policy(tmp_path / "cors.toml")


def test_the_environment_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "cors.toml", GOOD)
    monkeypatch.setenv("CORSAGE_ENV", "production")
    watched = WatchedPolicy(path)
    monkeypatch.delenv("CORSAGE_ENV")
    write(path, OTHER)
    assert watched.check()
    assert watched.current.default is not None
    assert watched.current.default.environment == "production"


def test_a_thread_watches_until_it_is_stopped(tmp_path: Path) -> None:
    taken = threading.Event()
    path = write(tmp_path / "cors.toml", GOOD)
    with WatchedPolicy(path, interval=0.001, on_change=lambda _: taken.set()) as watched:
        assert watched.start() is watched
        write(path, OTHER)
        assert taken.wait(60)
    assert watched.current == B
    assert all(thread.name != "corsage-policy" for thread in threading.enumerate())
    watched.stop()
