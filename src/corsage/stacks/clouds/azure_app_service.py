"""Azure App Service and Azure Functions: the platform's own CORS, which comes before the application."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.json_text import json_text
from corsage.stacks.leftovers import leftovers, nothing_to_render
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.told import Tell, ToldStack


class AzureAppService(ToldStack):
    """A list of origins and one switch; methods and headers are for the application to refuse."""

    name: ClassVar[str] = "azure-app-service"
    title: ClassVar[str] = "Azure App Service and Functions"
    kind: ClassVar[Kind] = Kind.PLATFORM
    words: ClassVar[tuple[str, ...]] = (
        "azure app service",
        "app service",
        "azure functions",
        "azure function app",
        "azure web app",
        "azurewebsites.net",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.OVERWRITES_HEADERS})
    order: ClassVar[str] = (
        "The platform's CORS comes before the application: with an entry in its list, the application never sees a "
        "preflight. Use one of the two."
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://learn.microsoft.com/en-us/azure/app-service/app-service-web-tutorial-rest-api",
        "https://learn.microsoft.com/en-us/azure/azure-functions/functions-how-to-use-azure-function-app-settings",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "two-layers",
            "The platform's list and the application's own CORS are both on: the platform's wins, and the "
            "application's settings seem to do nothing.",
            "Empty the platform's list (az webapp cors remove), or switch the application's CORS off.",
        ),
        Pitfall(
            "star-among-others",
            "A star beside other origins, or with supportCredentials: the platform takes a star only alone and without "
            "credentials.",
            "List the origins, without the star.",
            re.compile(
                r"\"allowedOrigins\"\s*:\s*\[\s*(?:\"\*\"\s*,|(?:\"[^\"]{0,200}\"\s*,\s*){1,50}\"\*\")",
                re.IGNORECASE,
            ),
        ),
        Pitfall(
            "trailing-slash",
            "An origin with a slash at its end never equals the one that a browser sends.",
            "Write scheme, host and port, and nothing behind them.",
            re.compile(r"(?:\"|--allowed-origins[ =]['\"]?)https?://[^\"'/\s]+/(?:[\"'\s]|$)"),
        ),
        Pitfall(
            "stopped-or-broken-app",
            "An application that is stopped or fails at its start is answered for by the platform, 403 or 502 or 503, "
            "without CORS headers.",
            "Open the address itself in a tab; mend that first.",
        ),
        Pitfall(
            "easy-auth",
            "The platform's authentication redirects requests without a login to an identity provider, which a page "
            "cannot follow.",
            "Let unauthenticated requests be answered 401, and preflights pass.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.9, header="set-cookie", holds="arraffinity"),
        Tell(0.8, header="x-ms-middleware-request-id"),
        Tell(0.9, bodies=("Microsoft Azure App Service",)),
        Tell(0.9, bodies=("Your Azure Function App is up and running",)),
        Tell(0.8, bodies=("Error 403 - This web app is stopped",)),
        Tell(0.7, header="request-context", holds="appid="),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write the site's ``cors`` settings."""
        listed = listed_origins(policy, Entries(web_only=True))
        limits = [
            *listed.limits,
            "The platform has no list of methods or request headers: it grants a listed origin all of them. The "
            "application must refuse what it does not serve.",
        ]
        if policy.exposed_headers:
            limits.append("The platform exposes no headers; only the application's own CORS can.")
        if policy.max_age is not None:
            limits.append("max_age: the platform cannot be told how long a preflight's answer holds.")
        limits += leftovers(policy)
        if not listed.entries:
            step = "Empty the list: az webapp cors remove --resource-group GROUP --name APP --allowed-origins"
            return nothing_to_render(self.name, tuple(limits), step)
        cors = {"allowedOrigins": list(listed.entries), "supportCredentials": policy.credentials}
        file = File("cors.json", "json", json_text({"properties": {"cors": cors}}))
        return Rendered(self.name, (file,), _STEPS, tuple(limits), self.executed)


_STEPS: Final = (
    "It replaces the list that there is; az webapp cors show --resource-group GROUP --name APP shows it "
    "(az functionapp for functions).",
    "az rest --method patch --uri https://management.azure.com/subscriptions/SUBSCRIPTION/resourceGroups/GROUP/"
    "providers/Microsoft.Web/sites/APP/config/web?api-version=2022-03-01 --body @cors.json",
    "Switch the application's own CORS off: two layers answer otherwise.",
)
