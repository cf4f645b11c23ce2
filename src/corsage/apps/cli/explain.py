"""``corsage explain``: from whatever one has to the cause and the fix; and the pages of the rules."""

from typing import Final, Literal

import click

from corsage.apps.cli.policy.options import color_option

_EPILOGUE: Final = """\b
WHAT is found out by itself: console messages of any browser, "Copy as cURL" or
"Copy as fetch", HTTP headers, curl -v output, a HAR file, lines of a server's
log, or your own words; also several of them together. A FILE, - or nothing for
standard input, or the code of a rule.
\b
Exit code: 0 nothing is wrong, 1 a cause was found or is asked for, 2 usage.
\b
Examples:
  corsage explain "No 'Access-Control-Allow-Origin' header is present ..."
  corsage explain recording.har
  pbpaste | corsage explain --stack nginx --stack django
  corsage explain CORS204
"""


@click.command(epilog=_EPILOGUE, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("what", nargs=-1, metavar="[WHAT|FILE|CODE|-]")
@click.option(
    "--stack",
    "stacks",
    multiple=True,
    metavar="NAME",
    help="What you use: a framework, proxy, cloud. Repeat for several.",
)
@click.option("--origin", metavar="ORIGIN", help="The page's origin, where the evidence does not say it.")
@click.option("--url", metavar="URL", help="The URL that is asked for, likewise.")
@click.option("--note", "notes", multiple=True, metavar="TEXT", help="Anything else that you noticed.")
@click.option("--clipboard", is_flag=True, help="Read the clipboard.")
@click.option(
    "--evidence",
    metavar="FILE",
    help="Judge reports as JSON, one a line; answer one line of JSON each.",
)
@click.option("--group", type=int, metavar="N", help="Of a recording: show failure N whole.")
@click.option("--list", "listing", is_flag=True, help="List all rules.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.option("--markdown", is_flag=True, help="Print Markdown, to paste in an issue.")
@click.option("--html", metavar="FILE", help="Write a page with the conversation drawn to FILE.")
@click.option(
    "-v", "--verbose", is_flag=True, help="Add every reason, every rival and every step of the standard."
)
@color_option
@click.pass_context
def explain(
    context: click.Context,
    /,
    what: tuple[str, ...],
    stacks: tuple[str, ...],
    color: Literal["auto", "always", "never"],
    **options: object,
) -> None:
    """Explain WHAT: is it CORS, which layer is at fault, what to change, how to verify it."""
    # Rules, stacks and engine: only who asks waits for them.
    from corsage.apps.cli.diagnosing.session import Asked, run_explain

    context.exit(run_explain(Asked(what=what, stacks=stacks, color=color, **options)))  # type: ignore[arg-type]
