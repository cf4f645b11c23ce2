"""``corsage policy explain``: what is answered to a request, and what browsers make of it."""

from typing import Any, Literal

import click

from corsage.apps.cli.policy.options import color_option, env_option, json_option

_EPILOGUE = """\b
FILE is .toml, .json, or - for standard input; of pyproject.toml the table
[tool.corsage.cors].
\b
Exit code: 0 every browser lets the page read the answer, 1 one does not or the
file has errors, 2 usage or unreadable file.
\b
Example:
  corsage policy explain cors.toml --origin https://app.example.com \\
      --method PUT --header 'X-Token: 1' --path /api/items --credentials
"""


@click.command(epilog=_EPILOGUE, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", metavar="FILE")
@click.option(
    "--origin",
    required=True,
    metavar="ORIGIN",
    help="Origin of the page that asks: scheme://host[:port], or null.",
)
@click.option("-X", "--method", default="GET", show_default=True, metavar="METHOD", help="Request method.")
@click.option(
    "-H",
    "--header",
    "headers",
    multiple=True,
    metavar="'NAME[: VALUE]'",
    help="A header that the page sets. Repeat for more.",
)
@click.option("--path", default="/", show_default=True, metavar="PATH", help="Path of the request, decoded.")
@click.option("--credentials", is_flag=True, help="The page sends cookies: credentials mode include.")
@env_option
@json_option
@color_option
@click.pass_context
def explain(
    context: click.Context,
    /,
    file: str,
    environment: str | None,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    color: Literal["auto", "always", "never"],
    **asked: Any,  # noqa: ANN401 - as many types as options
) -> None:
    """Show what the server answers to a request, which entry of the policy says so, and what browsers make of it."""
    from corsage.apps.cli.policy.explaining import (  # the engine: only who asks waits for it
        Asked,
        run_explain,
    )

    context.exit(run_explain(file, environment, Asked(**asked), as_json=as_json, color=color))
