"""``corsage explain``: the page of a rule, in the terminal."""

from typing import Literal

import click

from corsage.apps.cli.policy.options import color_option, json_option

_EPILOGUE = """\b
Exit code: 0, or 2 where there is no such rule.
\b
Examples:
  corsage explain
  corsage explain CORS114
  corsage explain origin-trailing-slash
"""


@click.command(epilog=_EPILOGUE, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("rule", required=False, metavar="[CODE]")
@json_option
@color_option
@click.pass_context
def explain(
    context: click.Context,
    /,
    rule: str | None,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    color: Literal["auto", "always", "never"],
) -> None:
    """Explain a rule by its code or name: what it finds, why it matters, what to do. Without one, list all."""
    from corsage.apps.cli.explaining.session import run_explain  # the rules: only who reads waits for them

    context.exit(run_explain(rule, as_json=as_json, color=color))
