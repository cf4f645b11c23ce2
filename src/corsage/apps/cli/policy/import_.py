"""``corsage policy import``: translate what other libraries were told."""

from typing import Literal

import click

from corsage.apps.cli.policy.options import color_option

PEERS = ("starlette", "fastapi", "flask-cors", "django-cors-headers", "aiohttp-cors", "litestar", "express")
_EPILOGUE = """\b
FILE is JSON or TOML: the keyword arguments, settings or options by name; - is
standard input. Regular expressions of express are written {"regex": "..."}.
\b
The policy goes to standard output, as TOML; the report to standard error.
\b
Exit code: 0 translated, 1 there is no policy that is safe to write, 2 usage or
unreadable file.
\b
Example:
  echo '{"allow_origins": ["*"], "allow_credentials": true}' |
      corsage policy import starlette -
"""


@click.command("import", epilog=_EPILOGUE, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("peer", type=click.Choice(PEERS), metavar="PEER")
@click.argument("file", metavar="FILE|-")
@click.option("--json", "as_json", is_flag=True, help="Print policy and report as one JSON document.")
@color_option
@click.pass_context
def import_(
    context: click.Context,
    /,
    peer: str,
    file: str,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    color: Literal["auto", "always", "never"],
) -> None:
    """Translate the options of another library, and say what they really allowed.

    PEER is starlette, fastapi, flask-cors, django-cors-headers, aiohttp-cors, litestar or express.
    """
    from corsage.apps.cli.policy.importing import run_import

    context.exit(run_import(peer, file, as_json=as_json, color=color))
