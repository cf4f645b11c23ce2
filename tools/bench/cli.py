"""The command line: which sections, and in which form."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Final

from bench import check_cost, corpus, engine, har, peers_section, startup
from bench.cors import hostile, middleware, origins, served
from bench.machine import headline, machine
from bench.rows import NotMeasured, Section
from bench.table import table

SECTIONS: Final[dict[str, Callable[[], Section]]] = {
    "engine": engine.measure,
    "peers": peers_section.measure,
    "corpus": corpus.measure,
    "startup": startup.measure,
    "check": check_cost.measure,
    "har": har.measure,
    "middleware": middleware.measure,
    "origins": origins.measure,
    "hostile": hostile.measure,
    "served": served.measure,
}


def main(arguments: list[str]) -> int:
    """Measure and print. The exit status tells whether it could be measured, not whether goals were met."""
    options = _parser().parse_args(arguments)
    facts = machine()
    if not options.json:
        print(headline(facts), end="\n\n", flush=True)
    start = time.perf_counter()
    try:
        sections = list(_measured(options.only))
    except RuntimeError as error:
        _tell(f"bench: {error}")
        return 1
    except KeyboardInterrupt:
        _tell("bench: stopped")
        return 130
    seconds = time.perf_counter() - start
    if options.json:
        document = {"machine": facts, "seconds": seconds, "sections": [asdict(each) for each in sections]}
        print(json.dumps(document, indent=2))
    else:
        print(table(sections), f"\nMeasured in {seconds:.0f} s.", sep="\n")
    return 0


def _measured(names: list[str]) -> Iterator[Section]:
    for name in names:
        if sys.stderr.isatty():
            _tell(f"measuring: {name} ...")
        try:
            yield SECTIONS[name]()
        except NotMeasured as reason:
            yield Section(name, name.capitalize(), (), remarks=(f"skipped: {reason}",))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description="Measure Corsage beside others, in one run.")
    parser.add_argument(
        "--only",
        type=_names,
        default=list(SECTIONS),
        metavar="NAMES",
        help=f"some of: {','.join(SECTIONS)}",
    )
    parser.add_argument("--json", action="store_true", help="print JSON, for programs")
    return parser


def _names(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in SECTIONS]
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"{text!r}: choose from {','.join(SECTIONS)}")
    return names


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
