"""Apache CouchDB: the section ``cors`` of its configuration."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.leftovers import leftovers, nothing_to_render
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.parts import is_any, methods_of
from corsage.stacks.text_search import holds
from corsage.stacks.told import Tell, ToldStack


class CouchDb(ToldStack):
    """Switched on in one section, configured in another."""

    name: ClassVar[str] = "couchdb"
    title: ClassVar[str] = "Apache CouchDB"
    kind: ClassVar[Kind] = Kind.SERVICE
    words: ClassVar[tuple[str, ...]] = ("couchdb", "apache couchdb", "pouchdb", "add-cors-to-couchdb")
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.NEEDS_RELOAD})
    sources: ClassVar[tuple[str, ...]] = (
        "https://docs.couchdb.org/en/stable/config/http.html#cross-origin-resource-sharing",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "not-enabled",
            "The section cors alone does nothing: CORS is switched on in the section chttpd.",
            "[chttpd] enable_cors = true",
            re.compile(r"enable_cors\s*=\s*false"),
        ),
        Pitfall(
            "star-with-credentials",
            "The star with credentials = true is refused.",
            "List the origins.",
            holds(r"^[ \t]*origins[ \t]*=[ \t]*\*", r"^[ \t]*credentials[ \t]*=[ \t]*true"),
        ),
        Pitfall(
            "methods",
            "PUT and DELETE, which replication needs, are not among the methods.",
            "methods = GET, PUT, POST, HEAD, DELETE",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.97, header="server", holds="couchdb"),
        Tell(0.95, bodies=('{"couchdb":"Welcome"',)),
        Tell(0.8, header="x-couchdb-body-time"),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write the two sections."""
        listed = listed_origins(policy, Entries())
        limits = [*listed.limits, *leftovers(policy)]
        if not listed.entries:
            return nothing_to_render(
                self.name, tuple(limits), "Set enable_cors = false, which is the default."
            )
        headers = [each for each in policy.request_headers if each != "*"]
        if is_any(policy.request_headers):
            limits.append("The star of request headers is left out: name those that the pages set.")
        if policy.exposed_headers:
            limits.append("Which headers are exposed is CouchDB's own.")
        lines = [
            "[chttpd]",
            "enable_cors = true",
            "",
            "[cors]",
            f"origins = {', '.join(listed.entries)}",
            f"credentials = {str(policy.credentials).lower()}",
            f"methods = {', '.join(methods_of(policy))}",
            # Without a list it has one of its own. Pages may set Accept without leave.
            f"headers = {', '.join(headers or ['accept'])}",
        ]
        if policy.max_age is not None:
            lines.append(f"max_age = {max(policy.max_age, 0)}")
        file = File("/opt/couchdb/etc/local.d/cors.ini", "ini", "\n".join(lines) + "\n")
        return Rendered(self.name, (file,), _STEPS, tuple(limits), self.executed)


_STEPS: Final = ("systemctl restart couchdb; the settings may also be made in Fauxton, Config, CORS.",)
