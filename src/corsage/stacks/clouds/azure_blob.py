"""Azure Blob Storage: the CORS rules in the properties of the service."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.json_text import json_text
from corsage.stacks.leftovers import leftovers, nothing_to_render
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of, request_headers_of
from corsage.stacks.told import Tell, ToldStack

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_MOST_ORIGINS: Final = 64
_MOST_HEADERS: Final = 64


class AzureBlob(ToldStack):
    """Rules of the account's blob service, not of a container."""

    name: ClassVar[str] = "azure-blob"
    title: ClassVar[str] = "Azure Blob Storage"
    kind: ClassVar[Kind] = Kind.STORAGE
    words: ClassVar[tuple[str, ...]] = (
        "azure blob",
        "azure blob storage",
        "azure storage",
        "blob.core.windows.net",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.DROPS_ALL_WHEN_REFUSED})
    order: ClassVar[str] = "At most five rules a service; the first that matches is the one that counts."
    sources: ClassVar[tuple[str, ...]] = (
        "https://learn.microsoft.com/en-us/rest/api/storageservices/"
        "cross-origin-resource-sharing--cors--support-for-the-azure-storage-services",
        "https://learn.microsoft.com/en-us/azure/templates/microsoft.storage/storageaccounts/blobservices",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "trailing-slash",
            "An origin with a slash at its end never equals the one that a browser sends.",
            "Write scheme, host and port, and nothing behind them.",
            re.compile(r"(?i)\"https?://[^\"/,]+/\"|<AllowedOrigins>[^<]{0,2000}https?://[^</,]+/"),
        ),
        Pitfall(
            "case-of-origins",
            "Origins are compared letter by letter: one in capitals matches nothing that a browser sends.",
            "Write them in lower case.",
            re.compile(r"https?://(?=[^\"/,<]*[A-Z])"),
        ),
        Pitfall(
            "ms-headers-not-allowed",
            "Clients set x-ms-version, x-ms-blob-type and other x-ms headers, and no rule allows them.",
            "Allow x-ms-* beside the others.",
        ),
        Pitfall(
            "other-service",
            "Blobs, files, queues and tables have rules of their own: those of one do nothing for another.",
            "Set the rules on the service that the page asks.",
        ),
        Pitfall(
            "cors-is-no-permission",
            "A rule gives no access: without a signature (SAS), a token or a public container the answer is an error.",
            "Look at the body of the answer; mend the permission first.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.97, header="server", holds="windows-azure-blob"),
        Tell(0.9, header="x-ms-blob-type"),
        Tell(0.9, bodies=("<Code>CorsPreflightFailure</Code>",)),
        Tell(0.6, header="x-ms-version"),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write one rule."""
        listed = listed_origins(policy, Entries())
        limits = [*listed.limits]
        entries = list(listed.entries)
        if len(entries) > _MOST_ORIGINS:
            limits.append(
                f"A rule takes {_MOST_ORIGINS} origins; {len(entries) - _MOST_ORIGINS} are left out."
            )
        lost = [each for each in methods_of(policy) if each not in METHODS]
        if lost:
            limits.append(f"Blob Storage does not allow {', '.join(lost)}.")
        rule = {
            "allowedOrigins": entries[:_MOST_ORIGINS],
            "allowedMethods": [each for each in METHODS if each in methods_of(policy)],
            "allowedHeaders": _request_headers(policy, limits),
            "exposedHeaders": _exposed_headers(policy, limits),
            "maxAgeInSeconds": max(policy.max_age or 0, 0),
        }
        if policy.max_age is None:
            limits.append("maxAgeInSeconds must be given: 0 means that browsers ask before each request.")
        if not listed.everyone and not policy.credentials:
            limits.append(
                "Blob Storage sends Access-Control-Allow-Credentials: true with every named origin; that cannot be "
                "switched off. It reads no cookies."
            )
        limits += leftovers(policy)
        if not entries:
            step = "Remove what is there: az storage cors clear --services b --account-name ACCOUNT"
            return nothing_to_render(self.name, tuple(limits), step)
        text = json_text({"properties": {"cors": {"corsRules": [rule]}}})
        return Rendered(self.name, (File("cors.json", "json", text),), _STEPS, tuple(limits), self.executed)


def _request_headers(policy: Policy, limits: list[str]) -> list[str]:
    if is_any(policy.request_headers):
        if "authorization" in policy.request_headers:
            return ["*"]
        limits.append(
            "Blob Storage's star would grant Authorization, too, which the policy's does not: the headers that its "
            "clients set are listed instead."
        )
        return ["content-type", "x-ms-*"]
    found = list(request_headers_of(policy))
    if len(found) > _MOST_HEADERS:
        limits.append(f"A rule takes {_MOST_HEADERS} request headers; the others are left out.")
    return found[:_MOST_HEADERS]


def _exposed_headers(policy: Policy, limits: list[str]) -> list[str]:
    found = list(exposed_headers_of(policy))
    if len(found) > _MOST_HEADERS:
        limits.append(f"A rule exposes {_MOST_HEADERS} headers; the others are left out.")
    return found[:_MOST_HEADERS]


_STEPS: Final = (
    "It replaces all CORS rules of the account's blob service; az storage cors list --services b --account-name "
    "ACCOUNT shows those that there are.",
    "az rest --method put --uri https://management.azure.com/subscriptions/SUBSCRIPTION/resourceGroups/GROUP/providers/"
    "Microsoft.Storage/storageAccounts/ACCOUNT/blobServices/default?api-version=2023-05-01 --body @cors.json",
    "A change may take up to half a minute to count.",
)
