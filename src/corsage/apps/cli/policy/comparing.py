"""One call of ``corsage policy diff``."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from corsage.apps.cli.document import Line, Section, bullet, line, write
from corsage.apps.cli.policy.options import FINE_EXIT
from corsage.apps.cli.policy.problems import print_json, print_refusal
from corsage.apps.cli.policy.reading import UnusableError, read_document, usual_file
from corsage.apps.cli.terminal import Color, Glyphs, Terminal
from corsage.apps.cli.text import escaped, shown
from corsage.server.difference import Change, Difference, Effect, difference
from corsage.server.formats import policy_set
from corsage.server.policy import PolicyError

if TYPE_CHECKING:
    from corsage.server.policy_set import PolicySet

_SUFFIXES: Final = (".toml", ".json")
_TWO: Final = 2
_THREE: Final = 3
_HEADINGS: Final = {
    Effect.ALLOWS: "Becomes allowed",
    Effect.FORBIDS: "Becomes forbidden",
    Effect.ALTERS: "Changes otherwise",
}


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two: a file, in an environment."""

    file: str
    environment: str | None
    name: str


def run_diff(names: Sequence[str], environment: str | None, *, as_json: bool, color: Color) -> int:
    """Compare and print; return the exit code."""
    sides = _sides(names, environment)
    policies: list[PolicySet] = []
    for side in sides:
        try:
            policies.append(policy_set(read_document(side.file), side.environment))
        except PolicyError as error:
            place = side.file if side.environment is None else f"{side.file} ({side.environment})"
            return print_refusal(place, error.problems, as_json=as_json, color=color)
    found = difference(*policies)
    if sides[0].file == sides[1].file:  # that the environments' names differ is why they are compared
        found = Difference(tuple(change for change in found.changes if change.field != "environment"))
    if as_json:
        old, new = (asdict(side) for side in sides)
        print_json(FINE_EXIT, old=old, new=new, changes=[asdict(change) for change in found.changes])
    else:
        terminal = Terminal(color)
        write(terminal, _report(found, sides, terminal.glyphs))
    return FINE_EXIT


def _sides(names: Sequence[str], environment: str | None) -> tuple[_Side, _Side]:
    files = [name for name in names if name.lower().endswith(_SUFFIXES)]
    if len(names) == _TWO and len(files) == _TWO:
        old, new = files
        return _Side(old, environment, old), _Side(new, environment, new)
    if len(names) not in (_TWO, _THREE) or (len(names) == _TWO and files):
        raise UnusableError("diff wants two environments, after their file or without, or two files")
    *file, old, new = names
    name = file[0] if file else usual_file()
    return _Side(name, old, old), _Side(name, new, new)


def _report(found: Difference, sides: tuple[_Side, _Side], glyphs: Glyphs) -> Iterator[Section]:
    old, new = (escaped(side.name) for side in sides)
    if not found:
        yield Section("", (line(f"{old} and {new} do the same.", indent=0),))
        return
    yield Section("", (line(f"From {old} to {new}:", indent=0),))
    for effect, heading in _HEADINGS.items():
        rows = [row for change in found.having(effect) for row in _rows(change, sides, glyphs)]
        yield Section(heading, tuple(rows))


def _rows(change: Change, sides: tuple[_Side, _Side], glyphs: Glyphs) -> Iterator[Line]:
    sign = {Effect.ALLOWS: "+", Effect.FORBIDS: "-", Effect.ALTERS: glyphs.dot}[change.effect]
    where = "" if change.path is None else f"{escaped(change.path)}: "
    yield bullet(sign, (where, "bold"), shown(change.says))
    if change.danger is not None:
        side = sides[0] if change.new is None or change.effect is Effect.FORBIDS else sides[1]
        words = f"Danger in {escaped(side.name)}: it lets in {change.danger}."
        yield line((words, "yellow"), indent=4)
