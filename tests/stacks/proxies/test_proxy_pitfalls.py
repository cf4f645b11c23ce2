"""Every pitfall that text shows: a configuration that has it, and one that has not."""

from __future__ import annotations

import pytest
from tests.stacks.policies import POLICIES
from tests.stacks.proxies.hostile import EVERYTHING, hostile_policy

from corsage.stacks import find_stack
from corsage.stacks.proxies import STACKS

A = "https://a.example"
# Stack, pitfall, a text that has it, and a text that is like it and has not.
MISTAKES = (
    (
        "nginx",
        "add-header-without-always",
        f"add_header Access-Control-Allow-Origin {A};",
        f"# add_header Access-Control-Allow-Origin x;\nadd_header Access-Control-Allow-Origin {A} always;",
    ),
    (
        "nginx",
        "preflight-goes-to-the-application",
        f"add_header Access-Control-Allow-Origin {A} always;",
        f"add_header Access-Control-Allow-Origin {A} always; if ($request_method = OPTIONS) {{ return 204; "
        f"}}",
    ),
    (
        "nginx",
        "add-header-not-inherited",
        f"server {{ add_header Access-Control-Allow-Origin {A}; location / {{ add_header X-Own 1; }} }}",
        f"server {{ add_header Access-Control-Allow-Origin {A}; location / {{ proxy_pass http://b; }} }}",
    ),
    (
        "nginx",
        "allow-origin-only-for-options",
        f"location / {{ if ($request_method = 'OPTIONS') {{ add_header Access-Control-Allow-Origin {A}; "
        "return 204; } }",
        f"location / {{ add_header Access-Control-Allow-Origin {A}; if ($request_method = 'OPTIONS') {{ "
        f"add_header Access-Control-Allow-Origin {A}; return 204; }} }}",
    ),
    (
        "nginx",
        "two-allow-origins",
        f"location / {{ proxy_pass http://b; add_header Access-Control-Allow-Origin {A}; }}",
        "location / { proxy_pass http://b; proxy_hide_header Access-Control-Allow-Origin; "
        f"add_header Access-Control-Allow-Origin {A}; }}",
    ),
    (
        "nginx",
        "reflects-every-origin",
        'add_header "Access-Control-Allow-Origin" "$http_origin" always;',
        "map $http_origin $o { } add_header Access-Control-Allow-Origin $o always;",
    ),
    (
        "nginx",
        "several-origins-in-one-header",
        f'add_header Access-Control-Allow-Origin "{A}, https://b.example";',
        f"add_header Access-Control-Allow-Origin {A};",
    ),
    (
        "nginx",
        "no-vary",
        "add_header Access-Control-Allow-Origin $cors_origin;",
        "add_header Access-Control-Allow-Origin $cors_origin; add_header Vary Origin;",
    ),
    (
        "nginx",
        "regex-without-anchors",
        "if ($http_origin ~* example.com) { set $cors 1; }",
        r"if ($http_origin ~* ^https://example\.com$) { set $cors 1; }",
    ),
    (
        "apache",
        "header-without-always",
        f"Header set Access-Control-Allow-Origin {A}",
        f"Header always set Access-Control-Allow-Origin {A}",
    ),
    (
        "apache",
        "two-tables",
        f"Header set Access-Control-Allow-Origin {A}\nHeader always set Access-Control-Allow-Origin {A}",
        f"Header always set Access-Control-Allow-Origin {A}\nHeader always set Access-Control-Allow-Methods "
        f"PUT",
    ),
    (
        "apache",
        "header-add",
        f"Header always add Access-Control-Allow-Origin {A}",
        f"Header always set Access-Control-Allow-Origin {A}",
    ),
    (
        "apache",
        "preflight-goes-to-the-application",
        f"Header always set Access-Control-Allow-Origin {A}",
        f"Header always set Access-Control-Allow-Origin {A}\n"
        "RewriteCond %{REQUEST_METHOD} OPTIONS\nRewriteRule ^ - [R=204]",
    ),
    (
        "apache",
        "reflects-every-origin",
        'SetEnvIf Origin "(.*)" O=$1\nHeader always set Access-Control-Allow-Origin %{O}e env=O',
        f'SetEnvIf Origin "^{A}$" O=$0\nHeader always set Access-Control-Allow-Origin %{{O}}e env=O',
    ),
    (
        "apache",
        "regex-without-anchors",
        "SetEnvIf Origin example.com O=$0",
        r'SetEnvIf Origin "^https://example\.com$" O=$0',
    ),
    (
        "apache",
        "no-vary",
        "Header always set Access-Control-Allow-Origin %{O}e env=O",
        "Header always set Access-Control-Allow-Origin %{O}e env=O\nHeader always merge Vary Origin",
    ),
    (
        "caddy",
        "header-without-defer",
        f"header Access-Control-Allow-Origin {A}\nreverse_proxy localhost:1",
        f"header {{\n Access-Control-Allow-Origin {A}\n defer\n}}\nreverse_proxy localhost:1",
    ),
    (
        "caddy",
        "preflight-goes-to-the-application",
        f'header Access-Control-Allow-Origin {A}\nheader Access-Control-Allow-Methods "GET, OPTIONS"',
        f"@p method OPTIONS\nheader Access-Control-Allow-Origin {A}\nrespond @p 204",
    ),
    (
        "caddy",
        "preflight-after-authentication",
        f"header Access-Control-Allow-Origin {A}\nbasicauth {{\n}}",
        f"route {{\nheader Access-Control-Allow-Origin {A}\nbasicauth {{\n}}\n}}",
    ),
    (
        "caddy",
        "reflects-every-origin",
        "header Access-Control-Allow-Origin {header.Origin}",
        f"@o header Origin {A}\nheader @o Access-Control-Allow-Origin {{header.Origin}}",
    ),
    (
        "caddy",
        "regex-without-anchors",
        r"@o header_regexp Origin example\.com",
        r"@o header_regexp Origin ^https://example\.com$",
    ),
    (
        "caddy",
        "no-vary",
        f"@o header Origin {A}\nheader @o Access-Control-Allow-Origin {{header.Origin}}",
        f"@o header Origin {A}\nheader @o Access-Control-Allow-Origin {{header.Origin}}\nheader +Vary Origin",
    ),
    (
        "haproxy",
        "add-header-doubles",
        f"http-response add-header Access-Control-Allow-Origin {A}",
        f"http-response set-header Access-Control-Allow-Origin {A}",
    ),
    (
        "haproxy",
        "request-is-gone",
        "http-response set-header Access-Control-Allow-Origin %[req.hdr(Origin)]",
        "http-response set-header Access-Control-Allow-Origin %[var(txn.origin)]",
    ),
    (
        "haproxy",
        "own-errors-lose-headers",
        f"http-response set-header Access-Control-Allow-Origin {A}",
        f"http-after-response set-header Access-Control-Allow-Origin {A}",
    ),
    (
        "haproxy",
        "preflight-goes-to-the-application",
        f"http-response set-header Access-Control-Allow-Origin {A}",
        f"http-response set-header Access-Control-Allow-Origin {A}\nhttp-request return status 204 if "
        f"METH_OPTIONS",
    ),
    (
        "haproxy",
        "reflects-every-origin",
        "http-response set-header Access-Control-Allow-Origin %[var(txn.o)]",
        "http-response set-header Access-Control-Allow-Origin %[var(txn.o)] if ok",
    ),
    (
        "haproxy",
        "no-vary",
        "http-response set-header Access-Control-Allow-Origin %[var(txn.o)] if ok",
        "http-response set-header Access-Control-Allow-Origin %[var(txn.o)] if ok\nhttp-response add-header "
        "Vary Origin",
    ),
    (
        "lighttpd",
        "preflight-goes-to-the-application",
        f'setenv.set-response-header = ("Access-Control-Allow-Origin" => "{A}")',
        f'setenv.set-response-header = ("Access-Control-Allow-Origin" => "{A}")\n'
        f'$HTTP["request-method"] == "OPTIONS" {{}}',
    ),
    (
        "lighttpd",
        "add-header-doubles",
        f'setenv.add-response-header = ("Access-Control-Allow-Origin" => "{A}")\nproxy.server = ()',
        f'setenv.set-response-header = ("Access-Control-Allow-Origin" => "{A}")\nproxy.server = ()',
    ),
    (
        "lighttpd",
        "regex-without-anchors",
        '$REQUEST_HEADER["Origin"] =~ "example.com" {}',
        r'$REQUEST_HEADER["Origin"] =~ "^https://example\.com$" {}',
    ),
    (
        "lighttpd",
        "no-vary",
        f'$REQUEST_HEADER["Origin"] == "{A}" {{ '
        f'setenv.set-response-header = ("Access-Control-Allow-Origin" => "{A}") }}',
        f'$REQUEST_HEADER["Origin"] == "{A}" {{ setenv.set-response-header = ("Vary" => "Origin", '
        f'"Access-Control-Allow-Origin" => "{A}") }}',
    ),
    (
        "varnish",
        "cached-for-one-origin",
        "set beresp.http.Access-Control-Allow-Origin = bereq.http.Origin;",
        'set resp.http.Access-Control-Allow-Origin = "*";',
    ),
    (
        "varnish",
        "origin-removed",
        "unset req.http.Origin;",
        "// unset req.http.Origin;",
    ),
    (
        "varnish",
        "preflight-goes-to-the-application",
        'set resp.http.Access-Control-Allow-Origin = "*";',
        'if (req.method == "OPTIONS") { return (synth(204)); } set resp.http.Access-Control-Allow-Origin = '
        '"*";',
    ),
    (
        "varnish",
        "reflects-every-origin",
        "set resp.http.Access-Control-Allow-Origin = req.http.Origin;",
        'if (req.http.Origin ~ "^x$") { set resp.http.Access-Control-Allow-Origin = req.http.Origin; }',
    ),
    (
        "varnish",
        "no-vary",
        "set resp.http.Access-Control-Allow-Origin = req.http.Origin;",
        'set resp.http.Access-Control-Allow-Origin = req.http.Origin; set resp.http.Vary = "Origin";',
    ),
    (
        "traefik",
        "fixed-header",
        'customResponseHeaders:\n  Access-Control-Allow-Origin: "*"',
        'customResponseHeaders:\n  Access-Control-Allow-Origin: ""',
    ),
    (
        "traefik",
        "no-vary",
        f'accessControlAllowOriginList:\n  - "{A}"',
        f'accessControlAllowOriginList:\n  - "{A}"\naddVaryHeader: true',
    ),
    (
        "traefik",
        "regex-without-anchors",
        'accessControlAllowOriginListRegex:\n  - "example.com"',
        'accessControlAllowOriginListRegex:\n  - "^https://example[.]com$"',
    ),
    (
        "traefik",
        "star-with-credentials",
        'accessControlAllowOriginList:\n  - "*"\naccessControlAllowCredentials: true',
        'accessControlAllowOriginList:\n  - "*"\naccessControlAllowCredentials: false',
    ),
    ("traefik", "old-name", 'accessControlAllowOrigin: "*"', 'accessControlAllowOriginList: ["*"]'),
    (
        "envoy",
        "policy-without-filter",
        "allow_origin_string_match: []",
        "allow_origin_string_match: []\nenvoy.filters.http.cors",
    ),
    (
        "envoy",
        "filter-without-policy",
        "http_filters: [{name: envoy.filters.http.cors}]",
        "http_filters: [{name: envoy.filters.http.cors}]\nallow_origin_string_match: []",
    ),
    (
        "envoy",
        "filter-after-authentication",
        "http_filters: [{name: envoy.filters.http.jwt_authn}, {name: envoy.filters.http.cors}]",
        "http_filters: [{name: envoy.filters.http.cors}, {name: envoy.filters.http.jwt_authn}]",
    ),
    (
        "envoy",
        "unmatched-preflights-go-on",
        "allow_origin_string_match: []",
        "allow_origin_string_match: []\nforward_not_matching_preflights: false",
    ),
    ("envoy", "no-vary", "allow_origin_string_match: []", "allow_origin_string_match: []\nkey: Vary"),
    ("istio", "old-name", "corsPolicy:\n  allowOrigin:\n  - x", "corsPolicy:\n  allowOrigins:\n  - exact: x"),
    ("istio", "prefix", "allowOrigins:\n- prefix: https://a", "allowOrigins:\n- exact: https://a"),
    (
        "ingress-nginx",
        "origin-refused-is-everyone",
        'nginx.ingress.kubernetes.io/cors-allow-origin: "https://a.example/"',
        'nginx.ingress.kubernetes.io/cors-allow-origin: "https://a.example, https://*.b.example:8080"',
    ),
    (
        "ingress-nginx",
        "star-with-credentials",
        'nginx.ingress.kubernetes.io/enable-cors: "true"',
        'nginx.ingress.kubernetes.io/enable-cors: "true"\n'
        'nginx.ingress.kubernetes.io/cors-allow-credentials: "false"',
    ),
    (
        "ingress-nginx",
        "not-enabled",
        'nginx.ingress.kubernetes.io/cors-allow-origin: "*"',
        'nginx.ingress.kubernetes.io/enable-cors: "true"\nnginx.ingress.kubernetes.io/cors-allow-origin: "*"',
    ),
)


@pytest.mark.parametrize(
    ("name", "pitfall", "bad", "good"), MISTAKES, ids=[f"{each[0]}-{each[1]}" for each in MISTAKES]
)
def test_a_mistake_is_seen(name: str, pitfall: str, bad: str, good: str) -> None:
    stack = find_stack(name)
    assert stack is not None
    assert pitfall in [each.name for each in stack.lint(bad)]
    assert pitfall not in [each.name for each in stack.lint(good)]


def test_every_pitfall_that_text_shows_has_a_row() -> None:
    shown = {(stack.name, each.name) for stack in STACKS for each in stack.pitfalls if each.seen is not None}
    assert shown == {(each[0], each[1]) for each in MISTAKES}


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.name)
def test_what_is_rendered_has_none(stack: object) -> None:
    found = find_stack(getattr(stack, "name", ""))
    assert found is not None
    for policy in (*POLICIES.values(), EVERYTHING, hostile_policy()):
        text = "\n".join(file.text for file in found.render(policy).files)
        assert found.lint(text) == ()


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: stack.name)
def test_hostile_texts_are_linted_in_no_time(stack: object) -> None:
    found = find_stack(getattr(stack, "name", ""))
    assert found is not None
    for piece in (
        "add_header Access-Control-",
        "Header set Access-Control-A ",
        "[{(",
        "\"- '",
        "{" * 50,
        "\n- exact:",
    ):
        found.lint(piece * 3000)
