"""One call of ``corsage policy learn``."""

import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click

from corsage.apps.cli.diagnosing.sources import Source, read_stream
from corsage.apps.cli.document import Section, bullet, line, write
from corsage.apps.cli.policy.options import FINE_EXIT, PROBLEM_EXIT
from corsage.apps.cli.policy.problems import print_json
from corsage.apps.cli.policy.reading import UnusableError
from corsage.apps.cli.policy.vouching import Seen, Vouched, left_out, of_these, question, unvouched
from corsage.apps.cli.terminal import Color, Glyphs, Terminal
from corsage.apps.cli.text import counted, escaped, listed, shown
from corsage.clients.access_logs import read_access_log
from corsage.clients.har import diagnosable
from corsage.model import parse_url
from corsage.pair.observed import Observed, by_server
from corsage.pair.synthesise import Synthesis, synthesise
from corsage.server import Policy, PolicySet
from corsage.server.formats import document_of, write_policies

_MOST_SERVERS = 10


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was observed of one server, and what is to be said about the observing."""

    observed: Sequence[Observed]
    notes: tuple[str, ...]
    # Those that anybody may have written; none of one's own browser's recording.
    origins: Seen = ()


def run_learn(name: str, server: str | None, vouched: Vouched, *, as_json: bool, color: Color) -> int:
    """Print the policy, and what the observations leave open; return the exit code.

    Raises:
        UnusableError: the file cannot be read, the server is not told, or an origin is none.
    """
    source = read_stream(name)
    seen = _of_recording(source, server) if source.is_har else _of_log(source, server)
    if not seen.observed:
        raise UnusableError(f"{name}: no page of another origin asked anything; there is nothing to allow")
    doubtful = unvouched(seen.origins, vouched)
    if doubtful and not vouched.said:
        return _asked(name, server or "", doubtful, as_json=as_json, color=color)
    synthesis = synthesise(of_these(seen.observed, vouched))
    policies = synthesis.policy
    as_set = policies if isinstance(policies, PolicySet) else PolicySet(policies)
    notes = (*seen.notes, *synthesis.notes)
    code = FINE_EXIT if synthesis.proven else PROBLEM_EXIT
    if as_json:
        print_json(
            code,
            file=name,
            policy=document_of(as_set),
            proven=synthesis.proven,
            notes=list(notes),
            unvouched=_origins_json(doubtful),
        )
        return code
    click.echo(write_policies(as_set), nl=False)
    terminal = Terminal(color, sys.stderr)
    write(terminal, [*_report(synthesis, notes, terminal.glyphs), left_out(doubtful, terminal.glyphs)])
    return code


def _asked(name: str, server: str, doubtful: Seen, *, as_json: bool, color: Color) -> int:
    """Ask whose the origins are, instead of allowing them."""
    if as_json:
        notes = ["Anybody can write the origins that a log names: --origin says which are yours."]
        print_json(
            PROBLEM_EXIT,
            file=name,
            policy=None,
            proven=None,
            notes=notes,
            unvouched=_origins_json(doubtful),
        )
        return PROBLEM_EXIT
    terminal = Terminal(color, sys.stderr)
    write(terminal, question(name, server, doubtful, terminal.glyphs))
    return PROBLEM_EXIT


def _origins_json(seen: Seen) -> list[dict[str, str | int]]:
    return [{"origin": origin, "requests": times} for origin, times in seen]


def _of_recording(source: Source, server: str | None) -> _Seen:
    assert source.stream is not None  # noqa: S101 - recordings are streams
    with source.stream:
        reading = diagnosable(source.stream)
    for problem in reading.problems:
        click.echo(f"{shown(source.name)}: {shown(str(problem), 1000)}", err=True)
    servers = by_server(reading.observed)
    if server is not None:
        url = parse_url(server)
        return _Seen(servers.get(url.origin.serialized if url is not None else "", ()), ())
    if len(servers) > 1:
        names = [shown(each) for each in list(servers)[:_MOST_SERVERS]]
        raise UnusableError(
            f"{source.name}: pages asked {len(servers)} servers, and each has a policy of its own; choose with "
            f"--server {listed(names, 'or')}"
        )
    return _Seen(next(iter(servers.values()), ()), ())


def _of_log(source: Source, server: str | None) -> _Seen:
    if server is None:
        raise UnusableError(
            f"{source.name}: this is no HAR recording. Of an access log, name the server: --server URL"
        )
    assert source.stream is not None  # noqa: S101 - whatever is learnt from is a stream
    with source.stream:
        lines = io.TextIOWrapper(source.stream, encoding="utf-8", errors="replace")
        try:
            reading = read_access_log(lines, server=server)
        except ValueError as error:
            raise UnusableError(f"--server {server}: it must be a URL, as https://api.example.com") from error
    if reading.lines == reading.unread:
        raise UnusableError(
            f"{source.name}: none of its {counted(reading.lines, 'line')} is one of an access log"
        )
    return _Seen(reading.observed, reading.notes, reading.origins)


def _report(synthesis: Synthesis, notes: tuple[str, ...], glyphs: Glyphs) -> Iterator[Section]:
    policy = synthesis.policy
    whole = "for the whole server" if isinstance(policy, Policy) else "by path"
    kinds = counted(synthesis.passed, "kind")
    proof = (
        f"{kinds} of requests pass it in every browser."
        if synthesis.proven
        else "Not every request passes it."
    )
    yield Section("", (line(f"A policy {whole}. {proof}", indent=0),))
    yield Section("To know", tuple(bullet(glyphs.dot, escaped(note)) for note in notes))
