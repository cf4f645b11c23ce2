"""``corsage check``: ask a live endpoint as a browser would."""

from dataclasses import fields
from typing import Any, Final

import click

from corsage.apps.cli.checking.arguments import BODY_TYPES, ELEMENTS, Arguments

_PROFILES: Final = ("chrome", "chromium", "firefox", "webkit", "safari", "standard")
_CACHES: Final = ("default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached")
_REFERRER_POLICIES: Final = (
    "no-referrer",
    "no-referrer-when-downgrade",
    "same-origin",
    "origin",
    "strict-origin",
    "origin-when-cross-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
)
_SPACES: Final = ("public", "local", "loopback")
_EPILOGUE: Final = """\b
Exit code: 0 the page can read the response, 1 it cannot, 2 usage, 3 network failure.
\b
Example:
  corsage check http://localhost:8080/ping --origin http://localhost:3000 \\
      -X PUT -H 'X-Token: 1' --credentials include
"""


@click.command(epilog=_EPILOGUE, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("urls", nargs=-1, metavar="URL...")
@click.option(
    "--origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Origin of the page that asks: scheme://host[:port], or null. Repeat for a table.",
)
@click.option(
    "-X",
    "--method",
    "methods",
    multiple=True,
    metavar="METHOD",
    help="Request method; GET, or POST where there is a body. Repeat for a table.",
)
@click.option(
    "-H", "--header", "headers", multiple=True, metavar="'NAME: VALUE'", help="A header that the page sets."
)
@click.option("-d", "--data", metavar="BODY", help="The body, or @FILE, or @- for standard input.")
@click.option(
    "--body-type",
    type=click.Choice(BODY_TYPES),
    help="What JavaScript object the body is; it implies a Content-Type.  [default: text]",
)
@click.option("--blob-type", metavar="MIME", help="The type of a Blob body.")
@click.option(
    "--mode", type=click.Choice(("cors", "no-cors", "same-origin")), help="Request mode.  [default: cors]"
)
@click.option(
    "--credentials",
    type=click.Choice(("omit", "same-origin", "include")),
    help="Credentials mode.  [default: same-origin]",
)
@click.option(
    "--redirect", type=click.Choice(("follow", "error", "manual")), help="Redirect mode.  [default: follow]"
)
@click.option("--cache", type=click.Choice(_CACHES), help="Cache mode.  [default: default]")
@click.option(
    "--referrer-policy", type=click.Choice(_REFERRER_POLICIES), help="Referrer policy of the request."
)
@click.option("--target-address-space", type=click.Choice(_SPACES), help="targetAddressSpace of the request.")
@click.option("--keepalive", is_flag=True, help="The request outlives the page.")
@click.option("--xhr", is_flag=True, help="Ask by XMLHttpRequest, not by fetch().")
@click.option("--upload-listener", is_flag=True, help="With --xhr: listen to upload progress.")
@click.option("--element", type=click.Choice(ELEMENTS), help="Load as this element does, not by fetch().")
@click.option(
    "--crossorigin",
    type=click.Choice(("anonymous", "use-credentials")),
    help="With --element: its crossorigin attribute.",
)
@click.option(
    "--profile",
    type=click.Choice(_PROFILES),
    default="chrome",
    show_default=True,
    help="Whose verdict counts. All browsers' messages are shown.",
)
@click.option(
    "--cookie",
    "cookies",
    multiple=True,
    metavar="'NAME=VALUE; ATTRIBUTES'",
    help="A cookie that the URL's host has set, as in Set-Cookie.",
)
@click.option("--page", metavar="URL", help="The page's whole URL, where its path matters.")
@click.option("--sandboxed", is_flag=True, help="The page is a sandboxed frame: its origin is null.")
@click.option(
    "--address-space",
    type=click.Choice(_SPACES),
    help="Where the page itself came from.  [default: by the origin's host]",
)
@click.option(
    "--local-network-permission",
    type=click.Choice(("granted", "denied", "ask")),
    default="ask",
    show_default=True,
    help="What the user says to local network access.",
)
@click.option(
    "--embedder-policy",
    type=click.Choice(("unsafe-none", "require-corp", "credentialless")),
    default="unsafe-none",
    show_default=True,
    help="Cross-Origin-Embedder-Policy of the page.",
)
@click.option(
    "--timeout", type=float, default=30.0, show_default=True, metavar="SECONDS", help="For each request."
)
@click.option(
    "--connect-timeout",
    type=float,
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="For each connection.",
)
@click.option("--insecure", is_flag=True, help="Accept any certificate.")
@click.option("--cacert", metavar="FILE", help="Trust the certificate authorities in this PEM file.")
@click.option("--resolve", multiple=True, metavar="HOST:PORT:ADDRESS", help="Use this address for a host.")
@click.option("--proxy", metavar="URL", help="Send requests through a proxy.")
@click.option(
    "--diagnose",
    is_flag=True,
    help="Ask the server a few more questions, find the cause, and write the fix for its stack.",
)
@click.option(
    "--stack",
    "stacks",
    multiple=True,
    metavar="NAME",
    help="With --diagnose: what the server is made of. Repeat for several.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.option(
    "-v", "--verbose", is_flag=True, help="Add timings, certificates and every step of the standard."
)
@click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help="Colours.",
)
@click.pass_context
def check(context: click.Context, /, **options: Any) -> None:  # noqa: ANN401 - as many types as options
    """Ask URL as the page at ORIGIN would, and explain what the browser makes of the answer."""
    from corsage.apps.cli.checking.session import Output, run_check  # the engine: only who asks waits for it

    of_request = {field.name: options.pop(field.name) for field in fields(Arguments)}
    output = Output(
        **{name: options.pop(name) for name in ("as_json", "verbose", "color", "diagnose", "stacks")}
    )
    context.exit(run_check(Arguments(**of_request), options.pop("profile"), options, output))
