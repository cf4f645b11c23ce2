"""Apache httpd: variables of the request that say who asked, and headers that depend on them.

Facts of Apache 2.4: its documentation, and seen by running it.
"""

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.proxies.answers import ORIGIN, Answers, Pairs, answers_of
from corsage.stacks.proxies.apache_pitfalls import PITFALLS
from corsage.stacks.told import Tell, ToldStack

_FILE: Final = "/etc/apache2/cors.conf"
_STEPS: Final = (
    f"Write {_FILE} and say `Include cors.conf` in every <VirtualHost>: rules of mod_rewrite are not "
    f"inherited.",
    "Where there is nothing but .htaccess the same lines work there, but preflights are answered after authentication.",
    "Enable the modules: `a2enmod headers setenvif rewrite`.",
    "Remove every other `Header` of Access-Control-*, in .htaccess files, too, and every RewriteRule that "
    "answers OPTIONS.",
    "Check with `apachectl configtest`, load with `apachectl graceful`.",
)


class Apache(ToldStack):
    """Apache httpd, as a server or before an application."""

    name: ClassVar = "apache"
    title: ClassVar = "Apache httpd"
    kind: ClassVar = Kind.PROXY
    words: ClassVar[tuple[str, ...]] = (
        "apache",
        "apache2",
        "httpd",
        "htaccess",
        "apache httpd",
        "mod_headers",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset(
        {Trait.ERRORS_LOSE_HEADERS, Trait.ADDS_HEADERS, Trait.NEEDS_RELOAD}
    )
    executed: ClassVar[str] = "Apache httpd 2.4.71"
    order: ClassVar[str] = (
        "Preflights are answered by mod_rewrite in the virtual host, which comes before authentication and "
        "proxying; in "
        "<Directory> and .htaccess it comes after."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = PITFALLS
    sources: ClassVar[tuple[str, ...]] = (
        "https://httpd.apache.org/docs/2.4/mod/mod_headers.html",
        "https://httpd.apache.org/docs/2.4/mod/mod_setenvif.html",
        "https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html",
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, "server", "apache/"),
        Tell(0.95, bodies=("<address>Apache/",)),
        Tell(0.5, "server", "apache"),
    )
    unless: ClassVar[tuple[Tell, ...]] = (
        Tell(1, "server", "coyote"),
        Tell(1, "server", "apache tomcat"),
        Tell(1, bodies=("<h3>Apache Tomcat",)),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as directives for a virtual host."""
        answers = answers_of(policy)
        text = "".join(f"{line}\n" for line in _lines(answers))
        return Rendered(self.name, (File(_FILE, "apache", text),), _STEPS, answers.limits, self.executed)


def _lines(answers: Answers) -> Iterator[str]:
    asked = "%{REQUEST_METHOD} == 'OPTIONS' && -n req('Access-Control-Request-Method')"
    if answers.expression is not None:
        yield "# Who may read the answers."
        yield f"SetEnvIf Origin {_quoted(answers.expression)} CORS_ORIGIN=$0"
        asked += " && -n reqenv('CORS_ORIGIN')"
    if answers.preflight:
        yield f'SetEnvIfExpr "{asked}" CORS_PREFLIGHT=1'
    yield "# The application may have set these itself. Its headers and Apache's own are kept apart: both go."
    for name in answers.hidden:
        yield f"Header onsuccess unset {name}"
        yield f"Header always unset {name}"
    if answers.grants or answers.always:
        yield '# "always": on errors, too; else pages cannot read them.'
    yield from _set(answers.always, "")
    yield from _set(answers.allowed, " env=CORS_ORIGIN")
    yield from _set(answers.preflight, " env=CORS_PREFLIGHT")
    if answers.varies:
        yield "# Caches must keep the answers for different origins apart."
        yield "Header always merge Vary Origin"
    if answers.status is not None:
        yield "# Preflights come without credentials: they are answered before any authentication."
        yield "RewriteEngine On"
        yield "RewriteCond %{REQUEST_METHOD} =OPTIONS"
        yield "RewriteCond %{HTTP:Access-Control-Request-Method} ."
        yield f"RewriteRule ^ - [R={answers.status},L]"


def _set(pairs: Pairs, condition: str) -> Iterator[str]:
    for name, value in pairs:
        written = "%{CORS_ORIGIN}e" if value == ORIGIN else value.replace("%", "%%")
        yield f"Header always set {name} {_quoted(written)}{condition}"


def _quoted(text: str) -> str:
    # Within quotes a backslash stands for itself, but before another and before a quote.
    escaped = re.sub(r'\\(?=[\\"]|$)', r"\\\\", text).replace('"', '\\"')
    return f'"{escaped}"'
