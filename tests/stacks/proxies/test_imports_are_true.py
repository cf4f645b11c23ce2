"""Recipes of nginx, Apache and Caddy, run: whoever they let in is let in by the imported policy, or it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.stacks.policies import ORIGINS
from tests.stacks.proxies import programs
from tests.stacks.proxies.conformance import ORIGIN, get
from tests.stacks.upstream import upstream

from corsage.server import compile_policy, split_serialized_origin
from corsage.server.importers import TEXT_IMPORTERS, Kind
from corsage.stacks import File, Rendered

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

APP: Final = "https://app.example"
SERVERS: Final[dict[str, Callable[[Rendered, str], AbstractContextManager[str]]]] = {
    "nginx": programs.nginx,
    "apache": programs.apache,
    "caddy": programs.caddy,
}
# The others are what no browser sends.
PAGES: Final = [each for each in ORIGINS if split_serialized_origin(each) is not None or each == "null"]
# Peer, the text for the whole server (of nginx), the text for a site.
RECIPES: Final = (
    ("nginx", "", f"add_header Access-Control-Allow-Origin {APP} always;"),
    ("nginx", "", "add_header Access-Control-Allow-Origin $http_origin;"),
    ("nginx", f'map $http_origin $o {{ "{APP}" $http_origin; ~^https://.*\\.deep\\.example$ $http_origin; }}',
     "add_header Access-Control-Allow-Origin $o always;"),
    ("nginx", "map $http_origin $o { ~example $http_origin; }", "add_header Access-Control-Allow-Origin $o;"),
    ("nginx", "map $http_origin $o { default *; ~evil ''; }", "add_header Access-Control-Allow-Origin $o;"),
    ("apache", "", 'SetEnvIf Origin "^https://(app|admin)\\.example(:[0-9]+)?$" O=$0\n'
     'Header always set Access-Control-Allow-Origin "%{O}e" env=O'),
    ("apache", "", 'SetEnvIfNoCase Origin "example" O\n'
     'Header set Access-Control-Allow-Origin "expr=%{req:Origin}" env=O'),
    ("apache", "", f'Header set Access-Control-Allow-Origin "{APP}"'),
    ("apache", "", f'<If "req(\'Origin\') == \'{APP}\' || req(\'Origin\') =~ m#^https://[a-z]+[.]one[.]example$#">\n'
     'Header always set Access-Control-Allow-Origin "expr=%{req:Origin}"\n</If>'),
    ("apache", "", 'SetEnvIf Origin "https://app" O=$0\nHeader always set Access-Control-Allow-Origin %{O}e env=O'),
    ("caddy", "", f"@o header Origin {APP}\nheader @o Access-Control-Allow-Origin {APP}"),
    ("caddy", "", "@o header_regexp Origin deep\\.example$\n"
     "header @o Access-Control-Allow-Origin {http.request.header.Origin}"),
    ("caddy", "", "@o header Origin https://app*\nheader @o Access-Control-Allow-Origin {http.request.header.Origin}"),
    ("caddy", "", "header Access-Control-Allow-Origin *"),
)  # fmt: skip


def rendered(peer: str, whole: str, site: str) -> Rendered:
    if peer == "nginx":
        return Rendered(
            peer, (File("maps.conf", "nginx", whole + "\n"), File("site.conf", "nginx", site + "\n"))
        )
    if peer == "caddy":
        text = f"(cors) {{\n{site}\n}}\n(cors_headers) {{\n}}\n"
        return Rendered(peer, (File("Caddyfile", "caddyfile", text),))
    return Rendered(peer, (File("cors.conf", "apache", site + "\n"),))


@pytest.mark.parametrize(("peer", "whole", "site"), RECIPES)
def test_an_import_is_true(peer: str, whole: str, site: str) -> None:
    found = TEXT_IMPORTERS[peer](f"{whole}\n{site}" if peer != "caddy" else site)
    assert found.policy is not None
    compiled = compile_policy(found.policy)
    said = " ".join(each.says for each in found.report if each.kind is not Kind.DIFFERENT)
    with upstream() as application, SERVERS[peer](rendered(peer, whole, site), application) as url:
        really = {each for each in PAGES if (get(url, each).headers.get(ORIGIN) or "") in {"*", each}}
    now = {each for each in PAGES if compiled.allows_listed(each)}
    # Fewer only where a danger or a loss is told of; more where an entry was meant and never matched.
    assert really <= now or said, really - now
    assert now <= really or found.report, now - really
    assert bool(now) == bool(really) or said
