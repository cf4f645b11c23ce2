"""YAML of other programs: bounded before anything is made of it, and nothing in it is executed."""

from collections.abc import Iterator
from typing import Final

from corsage.apps.cli.policy.reading import UnusableError

LONGEST: Final = 500_000
# Aliases and merges repeat what they name: this is how much there may be when all of it is written out.
_MOST: Final = 200_000
_MOST_DOCUMENTS: Final = 500

try:
    import yaml
except ImportError as error:  # pragma: no cover - the tests have it
    raise UnusableError("YAML files need PyYAML: pip install pyyaml. JSON does without.") from error


class _Loader(yaml.SafeLoader):
    """Knows plain values alone; what a tag asks for (``!Ref``, ``!GetAtt``) is left as it is written."""


def _written(_: _Loader, __: str, node: yaml.Node) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


_Loader.add_multi_constructor("!", _written)


def read_yaml(text: str) -> list[object]:
    """Return the documents of *text*: mappings with text for keys, lists and plain values; empty ones are left out.

    Raises:
        ValueError: it is not YAML, says something twice, or is too much; the message says what and where.
    """
    if len(text) > LONGEST:
        raise ValueError(f"it is longer than {LONGEST:,} characters; give the part about CORS")
    try:
        return [each for each in _documents(_Loader(text)) if each is not None]
    except yaml.MarkedYAMLError as error:
        raise ValueError(f"{_place(error.problem_mark)}it is not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise ValueError(f"it is not YAML: {str(error).splitlines()[0]}") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _documents(loader: _Loader) -> Iterator[object]:
    for _ in range(_MOST_DOCUMENTS):
        if not loader.check_node():
            return
        node = loader.get_node()
        if node is not None:
            _measured(node, {})
        yield _plain(loader.construct_document(node))
    raise ValueError(f"it holds more than {_MOST_DOCUMENTS} documents")


def _measured(node: yaml.Node, known: dict[int, int]) -> int:
    """Return how many values *node* has, written out.

    Raises:
        ValueError: too many, one within itself, or two for one key.
    """
    size = known.get(id(node))
    if size is None:
        known[id(node)] = _MOST  # a node within itself is measured while it is
        if isinstance(node, yaml.MappingNode):
            _refuse_twins(node)
        size = 1 + sum(_measured(each, known) for each in _children(node))
        known[id(node)] = size
    if size >= _MOST:
        raise ValueError(
            f"{_place(node.start_mark)}with its aliases written out it is too large, or has no end"
        )
    return size


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from (key, value)
    elif isinstance(node, yaml.SequenceNode):
        yield from node.value


def _refuse_twins(node: yaml.MappingNode) -> None:
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.tag == "tag:yaml.org,2002:merge":
            continue
        if key.value in seen:
            raise ValueError(f"{_place(key.start_mark)}{key.value} stands twice in one mapping")
        seen.add(key.value)


def _place(mark: yaml.Mark | None) -> str:
    return "" if mark is None else f"line {mark.line + 1}, column {mark.column + 1}: "


def _plain(value: object) -> object:
    """Return *value* with what JSON has alone."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
