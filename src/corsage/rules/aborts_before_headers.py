"""CORS414: The application's process ends, or prints, before its middleware adds the headers."""

from collections.abc import Iterator
from typing import Final

from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_SAID: Final = (
    "var_dump",
    "fatal error",
    "out of memory",
    "memory limit",
    "memory exhaust",
    "memory_limit",
    "max_execution_time",
    "maximum execution",
    "segfault",
    "worker killed",
    "oom",
    "process exit",
    "process ends",
    "process dies",
    "headers already sent",
    "echo before",
    "output before",
    "heavy request",
    "aborts",
    "sys.exit",
)


class AbortsBeforeHeaders(DiagnosisRule):
    """Aborts before headers."""

    code = "CORS414"
    name = "aborts-before-headers"
    root_cause = RootCause.APP_ABORTS_BEFORE_HEADERS
    layer = "app"
    what = "The application's process ends, or prints, before its middleware adds the headers."
    why = (
        "A fatal error, a limit of memory or time, die(), dd() or output before the headers leave the "
        "framework without its turn: what goes out has no CORS headers."
    )
    fix = (
        "Find why the process ends (the server's error log: memory, time, a fatal error) and mend it; "
        "take debugging output out. Let the web server add the headers to such errors if they must be "
        "readable."
    )
    verify = "The request ends normally, and its response has the headers."
    question = (
        "What does the server's error log say at the moment of the request: a fatal error, memory, time?"
    )
    bad = report(
        method="POST",
        notes="normal answers are fine; heavy request runs out of memory and the process is killed",
        stack=["symfony", "php"],
    )
    good = report(method="POST", actual=(401, {}), stack=["symfony"])

    def is_cors_of(self, case: Case) -> bool:
        """Tell that it is not: what must be mended is why the process ends."""
        del case
        return False

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        if any(call in case.evidence.notes for call in ("die(", "dd(", "exit(", "die;", "exit;")):
            yield Weight(0.75, "the notes quote a call that ends the process")
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.75, f"the notes say: {said}")
            if case.said("php", "laravel", "symfony", "wordpress", "codeigniter", "lumen"):
                yield Weight(0.25, "in PHP what ends early sends what it has")
        if case.noted(("handled exceptions", "fine"), ("normal answers", "fine")):
            yield Weight(0.3, "errors that are handled have the headers")
