"""The entry point: finds the command, runs it, and turns what happens into an exit code."""

import errno
import gc
import os
import sys
from typing import Final

import click

from corsage.apps.cli.group import LazyGroup, ReaderGone

_OBJECTS_BEFORE_COLLECTION: Final = 100_000
INTERRUPTED: Final = 130
BROKEN_PIPE: Final = 141
# EX_SOFTWARE of sysexits.h: a fault of ours, which no verdict may be mistaken for.
INTERNAL_ERROR: Final = 70
# EX_IOERR: the answer could not be written.
UNWRITTEN: Final = 74

_EPILOGUE: Final = "Start with: corsage check URL --origin ORIGIN"


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's signature
    if wanted:
        from corsage import __version__

        click.echo(f"corsage {__version__}")
        context.exit()


@click.group(cls=LazyGroup, epilog=_EPILOGUE, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
def cli() -> None:
    """The CORS workbench: explains, reproduces and diagnoses cross-origin requests."""


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    # What modules are made of stays: looking for garbage among it took a tenth of the start.
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTION)
    if sys.stdout is None:  # closed by whoever started us: `>&-`
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - it lives as long as we do
    try:
        code = _run()
        sys.stdout.flush()
    except (BrokenPipeError, ReaderGone):
        # Who reads us has gone, as `head` does. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = BROKEN_PIPE
    except OSError as error:
        code = _unwritten(error)
    sys.exit(code)


def _run() -> int:
    try:
        code = cli.main(prog_name="corsage", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno != errno.ENOSPC:
            return _internal_error(error)
        raise
    except Exception as error:  # noqa: BLE001 - no traceback for a person who did nothing wrong
        return _internal_error(error)
    return code if isinstance(code, int) else 0


def _unwritten(error: OSError) -> int:
    """Say that the answer could not be written, and let nothing be flushed again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    click.echo(f"corsage: the answer could not be written: {error.strerror or error}", err=True)
    return UNWRITTEN


def _internal_error(error: Exception) -> int:
    if os.environ.get("CORSAGE_TRACEBACK"):
        raise error
    click.echo(
        f"corsage: internal error: {type(error).__name__}: {error!s:.500}\n"
        "This is a fault of Corsage, not of what you typed. CORSAGE_TRACEBACK=1 shows where; please report it.",
        err=True,
    )
    return INTERNAL_ERROR
