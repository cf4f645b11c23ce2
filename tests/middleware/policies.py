"""The policies of the suite, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corsage.server import Policy
from corsage.server.policy_set import PolicySet

if TYPE_CHECKING:
    from collections.abc import Mapping


def is_tenant(origin: str) -> bool:
    return origin.startswith("https://tenant-")


async def is_tenant_later(origin: str) -> bool:
    return is_tenant(origin)


def raising(origin: str) -> bool:
    raise LookupError(origin)


STRICT: Final = Policy(
    origins=["https://a.example", "capacitor://localhost"],
    methods=["PUT", "DELETE"],
    request_headers=["X-Token"],
    exposed_headers=["X-Rate"],
    credentials=True,
    max_age=600,
)
PUBLIC: Final = Policy(origins="*", methods="*", request_headers="*", exposed_headers="*", public=True)

POLICIES: Final[Mapping[str, Policy | PolicySet]] = {
    "strict": STRICT,
    "nothing": Policy(),
    "public": PUBLIC,
    "public-timing": Policy(origins="*", timing=True, public=True),
    "wild": Policy(
        origins=["https://*.deep.example", "https://+.one.example", "http://localhost:*"], max_age=0
    ),
    "never-cached": Policy(origins=["https://a.example"], methods=["PUT"], max_age=-1),
    "timing": Policy(origins=["https://a.example"], timing=True, resource_policy="same-site"),
    "null": Policy(origins=["https://a.example"], dangerously_allow_null_origin=True),
    "regex": Policy(origin_regexes=[r"https://pr-[0-9]+\.preview\.example"]),
    "lookup": Policy(origins=["https://a.example"], origin_lookup=is_tenant, credentials=True),
    "async-lookup": Policy(origins=["https://a.example"], origin_lookup=is_tenant_later, credentials=True),
    "broken-lookup": Policy(origins=["https://a.example"], origin_lookup=raising),
    "private-network": Policy(origins=["https://a.example"], methods=["PUT"], private_network=True),
    "status": Policy(origins=["https://a.example"], methods=["PUT"], preflight_status=200),
    "continue": Policy(origins=["https://a.example"], methods=["PUT"], preflight_continue=True),
    "guarded": Policy(origins=["https://a.example"], guard_websockets=True),
    "paths": PolicySet(
        STRICT, {"/vary": PUBLIC, "/own": Policy(origins=["https://b.example"]), "/put": Policy()}
    ),
    "only-paths": PolicySet(None, {"/hello": STRICT}),
}
