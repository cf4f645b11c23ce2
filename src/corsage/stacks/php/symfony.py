"""Symfony and API Platform with NelmioCorsBundle."""

import re
from collections.abc import Iterable
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import NOT_EXECUTED, File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.leftovers import leftovers
from corsage.stacks.narrowed import lower_case_lost, named_headers, named_methods, no_zero_age
from corsage.stacks.origins import Origins, whole_expression
from corsage.stacks.parts import exposed_headers_of
from corsage.stacks.shared_syntax import carried_over
from corsage.stacks.told import Tell, ToldStack

_VARY: Final = """<?php

namespace App\\EventListener;

use Symfony\\Component\\EventDispatcher\\Attribute\\AsEventListener;
use Symfony\\Component\\HttpKernel\\Event\\ResponseEvent;
use Symfony\\Component\\HttpKernel\\KernelEvents;

// The bundle names Origin in Vary only where Symfony itself would keep the answer; other caches keep more.
#[AsEventListener(event: KernelEvents::RESPONSE)]
final class VaryOrigin
{
    public function __invoke(ResponseEvent $event): void
    {
        $event->getResponse()->setVary('Origin', false);
    }
}
"""
_PITFALLS: Final = (
    Pitfall(
        "open-expression",
        "With origin_regex an entry without ^ and $ allows every origin that has such a part.",
        "Begin each entry with ^ and end it with $.",
        lambda text: "origin_regex: true" in text and _has_open_entry(text),
    ),
    Pitfall(
        "default-environment",
        "CORS_ALLOW_ORIGIN of the recipe allows localhost alone: in production every other origin is refused.",
        "Set CORS_ALLOW_ORIGIN where the application runs, or list the origins.",
        re.compile(r"CORS_ALLOW_ORIGIN=['\"]?\^https\?://\(localhost\|127"),
    ),
    Pitfall(
        "trailing-slash",
        "An allowed origin ends with a slash. Browsers send none, and the text is compared as it is.",
        "Write scheme, host and port alone.",
        re.compile(r"allow_origin:\s{0,10}\[[^\]]{0,2000}?://[^'\"/\s\]]{1,255}/['\"]"),
    ),
)
_ORIGINS: Final = re.compile(r"allow_origin:\s{0,10}\[([^\]\n]{0,2000})\]")
_ENTRY: Final = re.compile(r"'([^'\n]{1,500})'|\"([^\"\n]{1,500})\"")


def _has_open_entry(text: str) -> bool:
    for listed in _ORIGINS.finditer(text):
        for entry in _ENTRY.finditer(listed[1]):
            value = entry[1] or entry[2]
            if not value.startswith(("%env", "^", "*")) or (
                value.startswith("^") and not value.endswith("$")
            ):
                return True
    return False


class Symfony(ToldStack):
    """Symfony behind NelmioCorsBundle."""

    name = "symfony"
    title = "Symfony with NelmioCorsBundle"
    kind = Kind.APP
    words = ("symfony", "nelmio", "nelmiocorsbundle", "nelmio_cors", "api platform", "api-platform")
    traits = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.NEEDS_RELOAD})
    executed = NOT_EXECUTED
    pitfalls = _PITFALLS
    order = "The bundle listens to requests before routing and the firewall: there is nothing to order."
    sources = ("https://symfony.com/bundles/NelmioCorsBundle/current/index.html",)
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.9, header="x-debug-token"),
        Tell(0.9, header="x-debug-exception"),
        Tell(0.8, header="set-cookie", holds="sf_redirect="),
        Tell(0.9, bodies=("Symfony Exception",)),
        Tell(0.8, bodies=("Symfony\\Component\\HttpKernel",)),
        Tell(0.7, bodies=('"hydra:description"',)),
        Tell(0.6, bodies=("Oops! An Error Occurred", "The server returned a")),
        Tell(0.7, bodies=("Unauthorized header ",), status=400),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as config/packages/nelmio_cors.yaml."""
        carried = carried_over(policy)
        methods, lost_methods = named_methods(policy)
        headers, lost_headers = named_headers(policy)
        lines = [
            *_origins(carried.origins),
            f"allow_methods: {_list(methods)}",
            f"allow_headers: {_list(headers)}",
        ]
        exposed = exposed_headers_of(policy)
        if exposed:
            lines.append(f"expose_headers: {_list(exposed)}")
        lines.append(f"allow_credentials: {str(policy.credentials).lower()}")
        if policy.private_network:
            lines.append("allow_private_network: true")
        if policy.max_age is not None:
            lines.append(f"max_age: {max(policy.max_age, 0)}")
        defaults = "".join(f"        {line}\n" for line in lines)
        text = f"nelmio_cors:\n    defaults:\n{defaults}    paths:\n        '^/': ~\n"
        return Rendered(
            self.name,
            (
                File("config/packages/nelmio_cors.yaml", "yaml", text),
                *(
                    []
                    if carried.origins.everyone
                    else [File("src/EventListener/VaryOrigin.php", "php", _VARY)]
                ),
            ),
            (
                "composer require nelmio/cors-bundle; the file replaces the one of its recipe.",
                "Check it with php bin/console debug:config nelmio_cors, then php bin/console cache:clear.",
                "Take out headers of CORS that listeners of your own or .htaccess set: each must be sent once.",
            ),
            (
                *carried.limits,
                *lost_methods,
                *lower_case_lost(methods),
                *lost_headers,
                *no_zero_age(policy),
                *leftovers(policy, "private_network"),
            ),
            self.executed,
        )


def _origins(origins: Origins) -> list[str]:
    if origins.everyone:
        # Otherwise the bundle sends back every origin one by one, and caches must keep one answer for each.
        return ["allow_origin: ['*']", "forced_allow_origin_value: '*'"]
    if not origins.expressions:
        return [f"allow_origin: {_list(origins.exact)}"]
    whole = whole_expression(origins) or ""
    return ["origin_regex: true", f"allow_origin: {_list([whole])}"]


def _list(names: Iterable[str]) -> str:
    """Write a list of YAML. Symfony takes percent signs for its parameters."""
    escaped = (each.replace("'", "''").replace("%", "%%") for each in names)
    quoted = [f"'{each}'" for each in escaped]
    return f"[{', '.join(quoted)}]"
