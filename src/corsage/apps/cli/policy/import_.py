"""``corsage policy import``: translate what other libraries were told."""

from difflib import get_close_matches
from typing import Final, Literal

import click

from corsage.apps.cli.policy.options import color_option
from corsage.apps.cli.policy.peers import PEERS
from corsage.apps.cli.text import listed, shown

_BOTH: Final = 2
_LONGEST_NAME: Final = 64
_EPILOGUE: Final = """\b
FILE is what PEER's own configuration is: options as JSON, TOML or YAML, or the
file itself (nginx.conf, Caddyfile, cors.rb ...); - is standard input. Regular
expressions of express are written {"regex": "..."}. --list names all of them.
\b
The policy goes to standard output, as TOML; the report to standard error.
\b
Exit code: 0 translated, 1 there is no policy that is safe to write, 2 usage or
unreadable file.
\b
Examples:
  corsage policy import --from nginx /etc/nginx/sites-enabled/api
  echo '{"allow_origins": ["*"], "allow_credentials": true}' |
      corsage policy import starlette -
"""


@click.command("import", epilog=_EPILOGUE, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("words", nargs=-1, metavar="[PEER] FILE|-")
@click.option(
    "--from", "peer", metavar="PEER", help="Whose configuration it is, in the place of the first word."
)
@click.option("--list", "listing", is_flag=True, help="List all peers, and what is read of each.")
@click.option("--json", "as_json", is_flag=True, help="Print policy and report as one JSON document.")
@color_option
@click.pass_context
def import_(
    context: click.Context,
    /,
    words: tuple[str, ...],
    peer: str | None,
    listing: bool,  # noqa: FBT001 - click passes options by name
    as_json: bool,  # noqa: FBT001 - likewise
    color: Literal["auto", "always", "never"],
) -> None:
    """Translate the configuration of another library or server, and say what it really allowed."""
    if listing:
        from corsage.apps.cli.policy.importing import run_peers

        context.exit(run_peers(as_json=as_json, color=color))
    name, file = _named(words, peer)
    from corsage.apps.cli.policy.importing import run_import

    context.exit(run_import(name, file, as_json=as_json, color=color))


def _named(words: tuple[str, ...], peer: str | None) -> tuple[str, str]:
    """Return peer and file, whichever way they were given.

    Raises:
        click.UsageError: one is missing, there is one too many, or there is no such peer.
    """
    given = words if peer is None else (peer, *words)
    if len(given) > _BOTH:
        raise click.UsageError("One PEER and one FILE are wanted, no more. Write --from PEER FILE.")
    name = given[0].lower() if given else ""
    if given and name not in PEERS:
        near = get_close_matches(name[:_LONGEST_NAME], PEERS, n=3)
        advice = f"Did you mean {listed(near, 'or')}?" if near else "--list names all of them."
        raise click.UsageError(f"There is no peer {shown(given[0], _LONGEST_NAME)}. {advice}")
    if len(given) < _BOTH:
        missing = "FILE is missing" if given else "PEER and FILE are missing"
        raise click.UsageError(f"{missing}. --list names all peers, and what is read of each.")
    return name, given[1]
