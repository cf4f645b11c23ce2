"""``corsage policy learn``: the smallest policy for what was observed."""

from typing import Literal

import click

from corsage.apps.cli.policy.options import color_option, json_option

_EPILOGUE = """\b
FILE is a HAR recording of a browser, or with --server the access log of that
server (Apache's or nginx's); - is standard input.
\b
The policy goes to standard output, as TOML; what the observations leave open,
to standard error. Nothing is allowed that was not asked, and every request that
was observed is fetched from behind the policy, in every browser.
\b
Anybody can write the origins that a log names: of a log, only those are allowed
that --origin names. Without it they are listed, and nothing is written.
\b
Exit code: 0 written and proven, 1 not every request could be allowed or nobody
said whose the origins are, 2 usage or unreadable file.
\b
Examples:
  corsage policy learn recording.har > cors.toml
  corsage policy learn access.log --server https://api.example.com
  corsage policy learn access.log --server https://api.example.com \\
      --origin https://app.example.com > cors.toml
"""


@click.command(epilog=_EPILOGUE, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", metavar="FILE|-")
@click.option(
    "--server",
    metavar="URL",
    help="The server that FILE is the log of; of a recording, which server is meant.",
)
@click.option(
    "--origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="An origin that is yours. Repeat for several: no other is allowed.",
)
@click.option(
    "--trust-all", "--yes", "trust_all", is_flag=True, help="All origins that the log names are yours."
)
@json_option
@color_option
@click.pass_context
def learn(
    context: click.Context,
    /,
    file: str,
    server: str | None,
    origins: tuple[str, ...],
    trust_all: bool,  # noqa: FBT001 - click passes options by name
    as_json: bool,  # noqa: FBT001 - likewise
    color: Literal["auto", "always", "never"],
) -> None:
    """Make the smallest policy that lets everything through that a recording or a log shows."""
    from corsage.apps.cli.policy.learning import run_learn
    from corsage.apps.cli.policy.vouching import Vouched

    vouched = Vouched(origins, everything=trust_all)
    context.exit(run_learn(file, server, vouched, as_json=as_json, color=color))
