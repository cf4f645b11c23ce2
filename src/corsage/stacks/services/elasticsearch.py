"""Elasticsearch and OpenSearch: ``http.cors`` in the node's configuration."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.leftovers import leftovers, nothing_to_render
from corsage.stacks.origins import Origins, whole_expression
from corsage.stacks.parts import is_any, methods_of
from corsage.stacks.shared_syntax import carried_over
from corsage.stacks.text_search import holds
from corsage.stacks.told import Tell, ToldStack

_DEFAULT_MAX_AGE: Final = 5


class Elasticsearch(ToldStack):
    """A list, or one expression between slashes; strangers are answered 403."""

    name: ClassVar[str] = "elasticsearch"
    title: ClassVar[str] = "Elasticsearch"
    kind: ClassVar[Kind] = Kind.SERVICE
    words: ClassVar[tuple[str, ...]] = ("elasticsearch", "elastic search", "elasticsearch.yml")
    traits: ClassVar[frozenset[Trait]] = frozenset(
        {Trait.ANSWERS_PREFLIGHTS, Trait.REFUSES_STRANGERS, Trait.NEEDS_RELOAD}
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://www.elastic.co/docs/reference/elasticsearch/configuration-reference/networking-settings",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "enabled-without-origins",
            "http.cors.enabled without http.cors.allow-origin: nobody is allowed, and every Origin is answered 403.",
            "Set http.cors.allow-origin.",
            holds(r"http\.cors\.enabled\s*:\s*true", lacks=r"http\.cors\.allow-origin"),
        ),
        Pitfall(
            "authorization-not-allowed",
            "Authorization is not among the default request headers: a page that logs in is refused.",
            "http.cors.allow-headers: X-Requested-With,Content-Type,Content-Length,Authorization",
            holds(r"http\.cors\.allow-origin", lacks=r"http\.cors\.allow-headers"),
        ),
        Pitfall(
            "star",
            "The star lets every site that a user visits ask the node.",
            "List the origins.",
            re.compile(r"http\.cors\.allow-origin\s*:\s*[\"']?(?:\*|/\.\*/)"),
        ),
        Pitfall(
            "misspelt",
            "http.cors.enable is no setting: the node does not start, or ignores it.",
            "http.cors.enabled: true",
            re.compile(r"http\.cors\.enable\s*:"),
        ),
        Pitfall(
            "tls",
            "Since version 8 the node speaks https with a certificate of its own, which browsers do not trust.",
            "Give it a trusted certificate, or put a proxy before it.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, header="x-elastic-product"),
        Tell(0.95, bodies=('"tagline" : "You Know, for Search"',)),
        Tell(0.8, bodies=('"type":"security_exception"',)),
        Tell(0.6, bodies=('"error":{"root_cause":[',)),
    )
    unless: ClassVar[tuple[Tell, ...]] = (Tell(1.0, bodies=("The OpenSearch Project",)),)
    _file: ClassVar[str] = "/etc/elasticsearch/elasticsearch.yml"
    _service: ClassVar[str] = "elasticsearch"
    _exposes: ClassVar[bool] = True

    def render(self, policy: Policy) -> Rendered:
        """Write the settings."""
        carried = carried_over(policy)
        limits = [*carried.limits, *leftovers(policy)]
        origin = _allow_origin(carried.origins)
        if origin is None:
            return nothing_to_render(
                self.name, tuple(limits), "Set http.cors.enabled: false, which is the default."
            )
        lines = [
            "http.cors.enabled: true",
            f"http.cors.allow-origin: {_yaml(origin)}",
            f"http.cors.allow-methods: {_yaml(','.join(('OPTIONS', *methods_of(policy))))}",
            f"http.cors.allow-headers: {_yaml(','.join(_headers(policy, limits)))}",
            f"http.cors.allow-credentials: {str(policy.credentials).lower()}",
            f"http.cors.max-age: {_DEFAULT_MAX_AGE if policy.max_age is None else max(policy.max_age, 0)}",
        ]
        if policy.exposed_headers and self._exposes and not is_any(policy.exposed_headers):
            lines.append(f"http.cors.expose-headers: {_yaml(','.join(policy.exposed_headers))}")
        elif policy.exposed_headers:
            limits.append("Headers cannot be exposed by a setting, or not by a star: they are left out.")
        if policy.max_age is None:
            limits.append(
                "Without a setting the answer to a preflight holds for 20 days: 5 seconds is what browsers take."
            )
        text = "\n".join(lines) + "\n"
        steps = (
            f"Put it in {self._file} of every node, in the place of the http.cors lines that are there.",
            f"systemctl restart {self._service}: these settings are read at the start alone.",
            "Keep the node itself off the internet: CORS keeps nobody but pages away.",
        )
        return Rendered(self.name, (File(self._file, "yaml", text),), steps, tuple(limits), self.executed)


def _allow_origin(origins: Origins) -> str | None:
    if origins.everyone:
        return "*"
    if not origins.expressions:
        return ",".join(origins.exact) or None
    expression = whole_expression(origins)
    return None if expression is None else f"/{expression}/"


def _headers(policy: Policy, limits: list[str]) -> list[str]:
    if is_any(policy.request_headers):
        limits.append("The star of request headers is left out: name those that the pages set.")
    named = [each for each in policy.request_headers if each != "*"]
    # An empty list would be the default one. Pages cannot set Content-Length: leave for it grants nothing.
    return named or ["Content-Length"]


def _yaml(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


class OpenSearch(Elasticsearch):
    """The same settings under the other name."""

    name: ClassVar[str] = "opensearch"
    title: ClassVar[str] = "OpenSearch"
    words: ClassVar[tuple[str, ...]] = ("opensearch", "open search", "opensearch.yml", "aws opensearch")
    sources: ClassVar[tuple[str, ...]] = (
        "https://docs.opensearch.org/latest/install-and-configure/configuring-opensearch/network-settings/",
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, bodies=("The OpenSearch Project",)),
        Tell(0.7, header="x-opensearch-*"),
    )
    unless: ClassVar[tuple[Tell, ...]] = ()
    _file: ClassVar[str] = "/etc/opensearch/opensearch.yml"
    _service: ClassVar[str] = "opensearch"
    _exposes: ClassVar[bool] = False
