"""Jupyter Server: settings of its own, which go for WebSockets of kernels, too."""

from collections.abc import Iterator
from typing import ClassVar

from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Sign, Stack, Trait
from corsage.stacks.origins import Origins, literal, origins_of
from corsage.stacks.parts import exposed_headers_of
from corsage.stacks.python.answers import body_has, header, says
from corsage.stacks.python.limits import Can, limits_of
from corsage.stacks.python.lint import jupyter as lint
from corsage.stacks.python.literals import raw, table
from corsage.stacks.python.regexes import alternatives

_ALL = (
    "allow_origin = '*' also lets every page open the WebSockets of kernels, and run code: it is not written. List the "
    "origins."
)
_ALWAYS = (
    "Methods cannot be chosen: OPTIONS is always answered with GET, PUT, POST, PATCH, DELETE.",
    "A preflight that asks for Authorization is granted to every origin. The request needs a valid token all the same, "
    "and its answer can be read by the listed origins alone.",
    "Errors outside of its API, and refusals before it (404, 403), have no CORS headers.",
)


class Jupyter(Stack):
    """Jupyter Server."""

    name: ClassVar[str] = "jupyter"
    title: ClassVar[str] = "Jupyter Server"
    kind: ClassVar[Kind] = Kind.SERVICE
    words: ClassVar[tuple[str, ...]] = (
        "jupyter",
        "jupyter server",
        "jupyter_server",
        "jupyterlab",
        "jupyter notebook",
        "jupyterhub",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset(
        {Trait.REFUSES_STRANGERS, Trait.WEBSOCKET_CHECK, Trait.NEEDS_RELOAD, Trait.ERRORS_LOSE_HEADERS}
    )
    executed: ClassVar[str] = "Jupyter Server 2.21"
    pitfalls: ClassVar[tuple[Pitfall, ...]] = lint.PITFALLS
    sources: ClassVar[tuple[str, ...]] = (
        "https://jupyter-server.readthedocs.io/en/stable/other/full-config.html",
        "https://jupyter-server.readthedocs.io/en/stable/operators/public-server.html",
    )

    def signs(self, answer: Answer) -> Iterator[Sign]:
        """Where it has browsers report violations of its Content-Security-Policy, and its pages."""
        if "/api/security/csp-report" in header(answer, "content-security-policy"):
            yield says(0.95, "Content-Security-Policy: report-uri /api/security/csp-report")
        if body_has(answer, "<title>jupyter server</title>", "<title>jupyterlab</title>"):
            yield says(0.9, "a page of Jupyter")

    def render(self, policy: Policy) -> Rendered:
        """Write ``jupyter_server_config.py``."""
        origins = origins_of(policy)
        if origins.everyone:
            return Rendered(self.name, (), (), (_ALL,), self.executed)
        limits = [*limits_of(policy, origins, Can.GUARD | Can.RESOURCE_POLICY), *_ALWAYS]
        whole, lost = _whole(origins)
        text = ["c = get_config()", "", *_settings(policy, whole)]
        return Rendered(
            self.name,
            (File("jupyter_server_config.py", "python", "\n".join(text) + "\n"),),
            (
                "Put the lines into ~/.jupyter/jupyter_server_config.py: jupyter --config-dir says where that is.",
                "Take --ServerApp.allow_origin off the command line: it goes before allow_origin_pat.",
                "Start the server again.",
            ),
            (*limits, *lost),
            self.executed,
        )


def _whole(origins: Origins) -> tuple[str, tuple[str, ...]]:
    """Return one expression for all origins; it is matched as a whole."""
    expressions = alternatives(origins, beside_others=bool(origins.exact))
    return "|".join([*map(literal, origins.exact), *expressions.kept]), expressions.limits


def _settings(policy: Policy, whole: str) -> list[str]:
    if not whole:
        return [
            'c.ServerApp.allow_origin = ""  # pages of this server alone',
            'c.ServerApp.allow_origin_pat = ""',
        ]
    headers = {
        "Access-Control-Allow-Headers": ", ".join(policy.request_headers) or "accept",
        "Vary": "Origin",
    }
    exposed = exposed_headers_of(policy)
    if exposed:
        headers["Access-Control-Expose-Headers"] = ", ".join(exposed)
    if policy.max_age is not None:
        headers["Access-Control-Max-Age"] = str(max(policy.max_age, 0))
    if policy.resource_policy is not None:
        headers["Cross-Origin-Resource-Policy"] = policy.resource_policy
    return [
        "# For WebSockets, too. Not allow_origin: it holds one origin, or opens everything.",
        f"c.ServerApp.allow_origin_pat = {raw(whole)}",
        f"c.ServerApp.allow_credentials = {policy.credentials}",
        "c.ServerApp.tornado_settings = {",
        *table('    "headers": ', headers, ","),
        "}",
    ]
