"""The command line: all scenes, one scene to look at, or the reader's own endpoint."""

import argparse
import os
import sys
from threading import Event
from typing import Final

from demo.check import run_once
from demo.scenes import SCENES
from demo.stage import stage
from demo.words import Voice

ORIGIN: Final = "http://localhost:3000"
INTERRUPTED: Final = 130
# Those whose page is on this machine: a browser can open it.
_SERVED: Final = [number for number, scene in enumerate(SCENES, 1) if scene.origin == "{page}"]


def main(arguments: list[str]) -> int:
    """Play; the exit status is 0 if every scene went as expected, or `corsage check`'s own for ``--url``."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.origin is not None and options.url is None:
        parser.error("--origin is the page's that asks for your endpoint: add --url")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        if options.url is not None:
            return run_once(options.url, options.origin or ORIGIN)
        if options.serve is not None:
            return _serve(options.serve)
        return _play(Voice(_wants_color(), options.all))
    except KeyboardInterrupt:
        return INTERRUPTED
    except (OSError, RuntimeError) as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1


def _play(voice: Voice) -> int:
    results = []
    with stage() as found:
        voice.opening(found.places)
        for number, scene in enumerate(SCENES, 1):
            voice.before(number, scene, found.places)
            checked = found.play(scene, color=voice.color)
            voice.after(scene, checked)
            results.append((scene, checked))
    voice.summary(results)
    return 0 if all(checked.verdict == scene.expected for scene, checked in results) else 1


def _serve(number: int) -> int:
    scene = SCENES[number - 1]
    with stage() as found:
        found.set(scene)
        print(f"{scene.title}: open {found.places.fill('{page}')}/ in your browser. Ctrl-C ends.", flush=True)
        Event().wait()
    return 0


def _wants_color() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="demo", description="The tutorials' CORS errors, real, on loopback."
    )
    parser.add_argument("--url", help="check this endpoint of yours instead")
    parser.add_argument("--origin", help=f"origin of the page that asks for it ({ORIGIN})")
    parser.add_argument("--all", action="store_true", help="show the whole report of every scene")
    parser.add_argument(
        "--serve",
        type=int,
        choices=_SERVED,
        metavar="N",
        help="set scene N and wait, to look at it in your own browser",
    )
    return parser
