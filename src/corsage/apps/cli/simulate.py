"""``corsage simulate``: play scenarios in the engine."""

from typing import Final

import click

_PROFILES: Final = ("chromium", "chrome", "firefox", "webkit", "safari", "webkitgtk", "standard")
_EPILOGUE: Final = """\b
Exit code: 0, or with --compare 0 where everything agrees, 1 where something does not; 2 for bad scenarios.
"""


@click.command(epilog=_EPILOGUE, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--profile", type=click.Choice(_PROFILES), required=True, help="Which browser to be.")
@click.option("--compare", is_flag=True, help="Hold the results against the recordings in the same files.")
@click.option(
    "--deviations",
    type=click.Path(exists=True, dir_okay=False),
    help="With --compare: TOML file of known deviations.  [default: deviations.toml beside the first file]",
)
@click.pass_context
def simulate(
    context: click.Context,
    /,
    files: tuple[str, ...],
    profile: str,
    compare: bool,  # noqa: FBT001 - click passes options by name
    deviations: str | None,
) -> None:
    """Play the scenarios in FILE (JSON lines, plain or xz; - is standard input), without a network.

    Prints one line of JSON for each scenario: id, outcome, cors_error, failed_parameter, console, requests_seen.
    """
    from corsage.apps.cli.simulating.session import (
        run_compare,
        run_simulate,
    )  # only who plays waits for the engine

    if deviations is not None and not compare:
        raise click.UsageError("--deviations is for --compare: add it, or leave --deviations out.")
    run = run_compare(files, profile, deviations) if compare else run_simulate(files, profile)
    context.exit(run)
