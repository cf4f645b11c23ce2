"""One call of ``corsage policy show``."""

import click

from corsage.apps.cli.policy.options import FINE_EXIT
from corsage.apps.cli.policy.problems import print_refusal
from corsage.apps.cli.policy.reading import read_document
from corsage.apps.cli.terminal import Color
from corsage.server.formats import policy_set, write_policies
from corsage.server.policy import PolicyError


def run_show(name: str, environment: str | None, *, as_json: bool, color: Color) -> int:
    """Print the policies of a file; return the exit code."""
    try:
        policies = policy_set(read_document(name), environment)
    except PolicyError as error:
        return print_refusal(name, error.problems, as_json=as_json, color=color)
    # What is not printable is escaped by both formats, so that what is shown can be read again.
    click.echo(write_policies(policies, "json" if as_json else "toml"), nl=False)
    return FINE_EXIT
