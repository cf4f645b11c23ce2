"""Azure API Management: the ``cors`` policy, first of the inbound section."""

import re
from html import escape
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.leftovers import leftovers, nothing_to_render
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.parts import is_any, methods_of
from corsage.stacks.told import Tell, ToldStack


class AzureApiManagement(ToldStack):
    """What matches no entry is answered 200 and empty, unless it is told to pass it on."""

    name: ClassVar[str] = "azure-api-management"
    title: ClassVar[str] = "Azure API Management"
    kind: ClassVar[Kind] = Kind.GATEWAY
    words: ClassVar[tuple[str, ...]] = (
        "azure api management",
        "api management",
        "azure apim",
        "azure-api.net",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset(
        {Trait.ANSWERS_PREFLIGHTS, Trait.ERRORS_LOSE_HEADERS, Trait.DROPS_ALL_WHEN_REFUSED}
    )
    order: ClassVar[str] = (
        "The cors policy is the first of the inbound section; only the first one that applies counts, from the "
        "operation up to the whole service."
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://learn.microsoft.com/en-us/azure/api-management/cors-policy",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "empty-200",
            "An origin that is not listed gets an empty 200 without CORS headers: it looks as if the API answered "
            "nothing.",
            'List the origin; terminate-unmatched-request="false" lets requests of others pass without headers.',
        ),
        Pitfall(
            "not-first",
            "Another policy before cors (validate-jwt, rate-limit, set-backend-service) answers the request first.",
            "Put cors first, before base.",
            re.compile(
                r"<inbound>\s*(?:<base\s*/>\s*)?<(?:validate-jwt|rate-limit|check-header|quota)[^>]{0,1000}>"
            ),
        ),
        Pitfall(
            "subscription-key-at-product-scope",
            "Preflights carry no subscription key: a cors policy of a product is not found for them.",
            "Configure it for the API, or for all APIs.",
        ),
        Pitfall(
            "options-operation",
            "The API has an operation OPTIONS of its own: the cors policy does not answer its preflights.",
            "Remove the operation.",
        ),
        Pitfall(
            "star-with-credentials",
            "The star with allow-credentials: browsers refuse it.",
            "List the origins.",
            re.compile(
                r"<cors[^>]{0,300}allow-credentials=\"true\"[^>]{0,300}>\s*<allowed-origins>\s*<origin>\s*\*"
            ),
        ),
        Pitfall(
            "doubled",
            "The application behind it sends CORS headers as well.",
            "Delete them in the outbound section, or switch the application's off.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, bodies=("Access denied due to missing subscription key",)),
        Tell(0.95, bodies=("Access denied due to invalid subscription key",)),
        Tell(0.9, header="ocp-apim-*"),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write the policy's element."""
        listed = listed_origins(policy, Entries(web_only=True))
        limits = [*listed.limits, *leftovers(policy)]
        if not listed.entries:
            return nothing_to_render(self.name, tuple(limits), "Remove the cors policies of every scope.")
        methods = ("*",) if is_any(policy.methods) else methods_of(policy)
        headers = [each for each in policy.request_headers if each != "*"]
        if is_any(policy.request_headers):
            limits.append("The star of request headers is left out: name those that the pages set.")
        age = max(policy.max_age or 0, 0)
        if policy.max_age is None:
            limits.append("Without max_age the answer to a preflight does not hold at all here.")
        limits.append(
            "The documentation does not say that Vary: Origin is sent: a cache must keep answers apart."
        )
        text = _TEXT.format(
            credentials=str(policy.credentials).lower(),
            origins=_elements("origin", listed.entries),
            age=age,
            methods=_elements("method", methods),
            # There must be one. Pages may set Accept without leave.
            headers=_elements("header", headers or ["accept"]),
            exposed=_exposed([*policy.exposed_headers]),
        )
        return Rendered(self.name, (File("policy.xml", "xml", text),), _STEPS, tuple(limits), self.executed)


def _elements(name: str, texts: tuple[str, ...] | list[str]) -> str:
    return "\n".join(f"        <{name}>{escape(text, quote=False)}</{name}>" for text in texts)


def _exposed(names: list[str]) -> str:
    if not names:
        return ""
    return f"    <expose-headers>\n{_elements('header', names)}\n    </expose-headers>\n"


_TEXT: Final = """\
<cors allow-credentials="{credentials}" terminate-unmatched-request="false">
    <allowed-origins>
{origins}
    </allowed-origins>
    <allowed-methods preflight-result-max-age="{age}">
{methods}
    </allowed-methods>
    <allowed-headers>
{headers}
    </allowed-headers>
{exposed}</cors>
"""
_STEPS: Final = (
    "Put it first into the inbound section of the API's policy (APIs, the API, All operations), in the place of any "
    "cors element there.",
    "Remove the cors element of the whole service, which the developer portal may have made, where it allows more.",
    "Remove operations OPTIONS of the API: they would answer the preflights.",
)
