"""A policy file that is watched: a good new version is taken, a broken one is told of and changes nothing."""

import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeAlias

from corsage.middleware.files import (
    LARGEST_FILE,
    chosen_environment,
    document_of_bytes,
    form_of,
    open_regular,
)
from corsage.server.formats import policy_set
from corsage.server.policy import PolicyError
from corsage.server.policy_set import PolicySet

LOGGER: Final = logging.getLogger("corsage.policy")

Problem: TypeAlias = ValueError | OSError
# When written, how large, which file: what differs when somebody has saved it.
_Signature: TypeAlias = tuple[int, int, int]

# File systems tell times as coarsely as two seconds; whoever saves twice in that time leaves one signature.
_COARSEST_NANOSECONDS: Final = 2 * 10**9


class WatchedPolicy:
    """The policies of a file, as the file is now, or as it was when it was last good.

    A new version is taken as a whole. One that is broken, or a file that has vanished, leaves the policies as they
    are, is logged once as an error to ``corsage.policy``, and stands in `problem` until it is mended. Save under
    another name and rename, as editors do, so that no half-written version is ever seen. Only regular files are read.

    A subscriber refuses a version by a `ValueError`, as ``CORS.replace`` does. Then it is not taken: those who had it
    already are told the old one again. Whatever else a subscriber raises is its own affair, and logged.

    Args:
        path: as for `load_policy`.
        environment: likewise; ``CORSAGE_ENV`` is read once.
        interval: seconds between two looks at the file, once started.
        on_error: called with the `PolicyError` or `OSError` of a version that is not taken, or with a subscriber's
            `ValueError`; once for each.
        on_change: called with each `PolicySet` that is taken, the first not included.

    Attributes:
        current: the policies.
        problem: why the file as it is now was not taken; ``None`` where it was.

    Raises:
        PolicyError: the first version is broken.
        OSError: the file cannot be read.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        environment: str | None = None,
        interval: float = 1.0,
        on_error: Callable[[Problem], object] | None = None,
        on_change: Callable[[PolicySet], object] | None = None,
    ) -> None:
        self.path = Path(path)
        self.environment = chosen_environment(environment)
        self.interval = interval
        self.problem: Problem | None = None
        self._on_error = on_error
        self._subscribers: list[Callable[[PolicySet], object]] = [] if on_change is None else [on_change]
        self._lock = threading.RLock()  # a subscriber may look, too
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None
        self._form = form_of(path)
        self._signature: _Signature | None = None
        self._content = self._read()
        self.current: PolicySet = self._parse(self._content)

    def check(self) -> bool:
        """Look at the file; tell whether other policies hold now. Never raises."""
        with self._lock:
            return self._look()

    def subscribe(self, callback: Callable[[PolicySet], object]) -> Callable[[], None]:
        """Let *callback* be told of each new set, as ``CORS.replace`` wants to be; return what ends that.

        It is told before the set is `current`, and refuses it by a `ValueError`.
        """
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return unsubscribe

    def start(self) -> Self:
        """Watch in a thread that does not outlive the program. A forked process starts its own."""
        if self._thread is None or not self._thread.is_alive():
            self._ending.clear()
            self._thread = threading.Thread(target=self._watch, name="corsage-policy", daemon=True)
            self._thread.start()
        return self

    def stop(self) -> None:
        """Stop watching; the policies stay as they are."""
        self._ending.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
        self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _watch(self) -> None:
        while not self._ending.wait(self.interval):
            self.check()

    def _look(self) -> bool:
        """Take the file's new version if there is one and it is good."""
        try:
            if self._signature is not None and self._signature == _signature(self.path.stat()):
                return False
            content = self._read()
        except OSError as error:
            self._signature = None
            if str(error) != str(self.problem):
                self._refuse(error)
            return False
        if content == self._content and not isinstance(self.problem, OSError):
            return False
        self._content = content
        try:
            found = self._parse(content)
        except PolicyError as error:
            self._refuse(error)
            return False
        changed = found != self.current
        if changed and not self._accepted(found):
            return False
        if self.problem is not None:
            LOGGER.info("%s: the file can be used again", self.path)
        self.problem = None
        self.current = found
        if changed:
            LOGGER.info("%s: the new policy holds", self.path)
        return changed

    def _accepted(self, found: PolicySet) -> bool:
        """Tell the subscribers of *found*; where one refuses it, tell those before it what holds instead."""
        told: list[Callable[[PolicySet], object]] = []
        for subscriber in tuple(self._subscribers):
            refusal = _ask(subscriber, found)
            if refusal is not None:
                for each in told:
                    _tell(each, self.current)
                self._refuse(refusal)
                return False
            told.append(subscriber)
        return True

    def _read(self) -> bytes:
        """Read the file, and remember its signature if it can be trusted to change with the content."""
        with open_regular(self.path) as file:
            before = os.fstat(file.fileno())
            content = file.read(LARGEST_FILE + 1)
            after = os.fstat(file.fileno())
        old_enough = time.time_ns() - after.st_mtime_ns > _COARSEST_NANOSECONDS
        same = _signature(before) == _signature(after)
        self._signature = _signature(after) if same and old_enough else None
        return content

    def _parse(self, content: bytes) -> PolicySet:
        return policy_set(document_of_bytes(content, self._form), self.environment)

    def _refuse(self, problem: Problem) -> None:
        self.problem = problem
        lines = (
            [shown.says for shown in problem.problems] if isinstance(problem, PolicyError) else [str(problem)]
        )
        reasons = "\n".join(f"  {_printable(line)}" for line in lines)
        LOGGER.error(
            "%s: the policy stays as it was, because the new one cannot be used:\n%s", self.path, reasons
        )
        if self._on_error is not None:
            _tell(self._on_error, problem)


def _signature(found: os.stat_result) -> _Signature:
    return found.st_mtime_ns, found.st_size, found.st_ino


def _ask(callback: Callable[[Any], object], argument: object) -> ValueError | None:
    """Call what a stranger wrote; return the `ValueError` by which it refuses. Whatever else it raises is logged."""
    try:
        callback(argument)
    except ValueError as error:
        return error
    except Exception:
        LOGGER.exception("a callback of the watched policy raised")
    return None


def _tell(callback: Callable[[Any], object], argument: object) -> None:
    """Call what a stranger wrote: if it raises, that is logged and nobody else suffers."""
    try:
        callback(argument)
    except Exception:
        LOGGER.exception("a callback of the watched policy raised")


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
