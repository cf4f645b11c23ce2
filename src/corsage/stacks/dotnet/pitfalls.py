"""Mistakes in an ASP.NET Core program."""

import re
from typing import Final

from corsage.stacks.base import Pitfall


def _before(text: str, first: str, second: str) -> bool:
    one, other = text.find(first), text.find(second)
    return 0 <= one < other


PITFALLS: Final = (
    Pitfall(
        "any-origin-with-credentials",
        "AllowAnyOrigin with AllowCredentials: the policy is refused with an exception.",
        "List the origins by WithOrigins.",
        lambda text: "AllowAnyOrigin" in text and "AllowCredentials" in text,
    ),
    Pitfall(
        "every-origin-with-credentials",
        "SetIsOriginAllowed says yes to everybody, with credentials: any site can read as the user.",
        "List the origins by WithOrigins, or compare the origin with your own.",
        lambda text: (
            re.search(r"SetIsOriginAllowed\(\s{0,5}\(?\w{0,20}\)?\s{0,5}=>\s{0,5}true", text) is not None
            and "AllowCredentials" in text
        ),
    ),
    Pitfall(
        "trailing-slash",
        "An allowed origin ends with a slash. Browsers send none, and the text is compared as it is.",
        'Write scheme, host and port alone: WithOrigins("https://app.example").',
        re.compile(r"WithOrigins\([^)]{0,2000}?://[^\"/\s)]{1,255}/\""),
    ),
    Pitfall(
        "joined-origins",
        "One text holds several origins: it is compared as a whole, and matches none.",
        "Give each origin a text of its own.",
        re.compile(r"WithOrigins\([^)]{0,2000}?\"[a-z]{2,10}://[^\",\s]{1,255},\s{0,5}[a-z]{2,10}://"),
    ),
    Pitfall(
        "after-authorization",
        "UseCors stands after UseAuthentication or UseAuthorization: preflights and refusals are answered without it.",
        "Order: UseRouting, UseCors, UseAuthentication, UseAuthorization.",
        lambda text: (
            _before(text, ".UseAuthorization(", ".UseCors(")
            or _before(text, ".UseAuthentication(", ".UseCors(")
        ),
    ),
    Pitfall(
        "before-routing",
        "UseCors stands before UseRouting, and does not see the policy of an endpoint.",
        "Order: UseRouting, UseCors, UseAuthentication, UseAuthorization.",
        lambda text: _before(text, ".UseCors(", ".UseRouting("),
    ),
    Pitfall(
        "after-endpoints",
        "UseCors stands after the endpoints: they have answered by then.",
        "Put UseCors before MapControllers and UseEndpoints.",
        lambda text: (
            _before(text, ".MapControllers(", ".UseCors(") or _before(text, ".UseEndpoints(", ".UseCors(")
        ),
    ),
    Pitfall(
        "redirected-preflight",
        "UseHttpsRedirection stands before UseCors: over http a preflight is redirected, which browsers refuse.",
        "Let pages ask https at once, or put UseCors first.",
        lambda text: _before(text, ".UseHttpsRedirection(", ".UseCors("),
    ),
    Pitfall(
        "not-used",
        "AddCors alone does nothing: no middleware sends the headers.",
        "Call app.UseCors() after UseRouting.",
        lambda text: (
            ".AddCors(" in text and ".Build()" in text and "UseCors" not in text and "[EnableCors" not in text
        ),
    ),
    Pitfall(
        "cached-first",
        "UseResponseCaching or UseOutputCache stands before UseCors: caches keep answers without their CORS headers.",
        "Put UseCors first.",
        lambda text: (
            _before(text, ".UseResponseCaching(", ".UseCors(")
            or _before(text, ".UseOutputCache(", ".UseCors(")
        ),
    ),
    Pitfall(
        "headers-in-web-config",
        "web.config adds the headers, too: with the middleware there are two, and browsers refuse both.",
        "Take them out of customHeaders.",
        re.compile(r"<add\s{1,10}name=\"Access-Control-Allow-Origin\"", re.IGNORECASE),
    ),
)
