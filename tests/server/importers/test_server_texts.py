"""nginx, Apache and Caddy, read back: what is rendered comes back, and recipes say what they really allow."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stacks.policies import POLICIES
from tests.stacks.proxies.hostile import EVERYTHING, RARE

from corsage.server.importers import IMPORTERS, TEXT_IMPORTERS, Kind
from corsage.server.importers.origin_tests import How, OriginTest, passes_anybody
from corsage.stacks import find_stack

if TYPE_CHECKING:
    from corsage.server import Policy

A = "https://a.example"
# Those of which the configuration is played, request by request.
SERVERS = ("nginx", "apache", "caddy")


def rendered(name: str, policy: Policy) -> str:
    stack = find_stack(name)
    assert stack is not None
    return "\n".join(file.text for file in stack.render(policy).files)


@pytest.mark.parametrize("peer", SERVERS)
@pytest.mark.parametrize("name", [*POLICIES, "everything"])
def test_what_is_rendered_comes_back(peer: str, name: str) -> None:
    policy = {**POLICIES, "everything": EVERYTHING}[name]
    found = TEXT_IMPORTERS[peer](rendered(peer, policy))
    assert found.policy == dataclasses.replace(policy, public=False)
    assert not found.dangers
    assert [each for each in found.report if each.kind is Kind.LOST] == (
        [] if name != "nothing" else list(found.report)
    )


@pytest.mark.parametrize("peer", SERVERS)
def test_rare_parts_come_back_and_null_does_not(peer: str) -> None:
    found = TEXT_IMPORTERS[peer](rendered(peer, RARE))
    assert found.policy == dataclasses.replace(RARE, dangerously_allow_null_origin=False)
    assert [each.witness for each in found.dangers] == ["Origin: null"]


# Peer, text, fields of the policy, words of remarks: kind and what it says.
ROWS: tuple[tuple[str, str, dict[str, object] | None, tuple[str, ...]], ...] = (
    (
        "nginx",
        "server { location / { add_header 'Access-Control-Allow-Origin' '*'; proxy_pass http://b; } }",
        {"origins": ["*"]},
        ("different: two of each", "different: handed on", "different: 404, 500 and 502"),
    ),
    (
        "nginx",
        f"""location / {{
            if ($request_method = 'OPTIONS') {{
                add_header 'Access-Control-Allow-Origin' '{A}';
                add_header 'Access-Control-Allow-Methods' 'GET, POST, PUT, OPTIONS';
                add_header 'Access-Control-Allow-Headers' 'DNT,X-Token';
                add_header 'Access-Control-Max-Age' 600;
                return 204;
            }}
            if ($request_method = 'GET') {{
                add_header 'Access-Control-Allow-Origin' '{A}' always;
                add_header 'Access-Control-Expose-Headers' 'X-Total' always;
            }}
        }}""",
        {
            "origins": [A],
            "methods": ["PUT"],
            "request_headers": ["x-token"],
            "exposed_headers": ["x-total"],
            "max_age": 600,
        },
        ("different: sent to everybody", "lost: No browser lets a script set it"),
    ),
    (
        "nginx",
        """location / {
            if ($http_origin ~* (example\\.com)) { add_header Access-Control-Allow-Origin $http_origin always;
                add_header Access-Control-Allow-Credentials true always; }
            if ($request_method = OPTIONS) { add_header Access-Control-Allow-Origin $http_origin;
                add_header Access-Control-Allow-Headers $http_access_control_request_headers; return 204; }
        }""",
        {
            "origin_regexes": [r"https://(?:[a-z0-9-]+\.)*(example\.com)"],
            "credentials": True,
            "request_headers": ["authorization", "content-type"],
        },
        ("danger: searched for", "lost: Every request header was granted", "different: No `Vary: Origin`"),
    ),
    (
        "nginx",
        """location / {
            if ($http_origin ~* "^https://[a-z]+\\.example\\.com$") { set $cors "true"; }
            if ($request_method = 'OPTIONS') { set $cors "${cors}options"; }
            if ($cors = "true") { add_header Access-Control-Allow-Origin $http_origin always;
                add_header Vary Origin always; }
            if ($cors = "trueoptions") { add_header Access-Control-Allow-Origin $http_origin;
                add_header Access-Control-Allow-Methods 'PATCH'; return 204; }
        }""",
        {"origin_regexes": [r"https://[a-z]+\.example\.com"], "methods": ["PATCH"]},
        ("different: No `Vary: Origin`",),
    ),
    (
        "nginx",
        f"""map $http_origin $o {{ default ""; "{A}" "$http_origin"; }}
        server {{ add_header Access-Control-Allow-Origin $o; add_header Vary Origin;
            location /api {{ add_header X-Own 1; }}
            location /other {{ add_header Access-Control-Allow-Origin *; }} }}""",
        {"origins": [A]},
        ("different: inherited none", "lost: of its own, which differ"),
    ),
    (
        "nginx",
        "server { add_header Access-Control-Allow-Origin $http_origin; "
        "add_header Access-Control-Allow-Credentials true; }",
        {"origins": ["*"]},
        ("danger: Every origin was reflected, with cookies",),
    ),
    (
        "nginx",
        f"server {{ add_header Access-Control-Allow-Origin {A}; "
        'add_header Access-Control-Allow-Origin "https://b.example"; }',
        {},
        ("lost: more than once",),
    ),
    (
        "nginx",
        f'server {{ add_header Access-Control-Allow-Origin "{A}, https://b.example"; }}',
        {"origins": [A, "https://b.example"]},
        ("different: no origin: browsers refused it",),
    ),
    (
        "nginx",
        "include other.conf; server { add_header Access-Control-Allow-Origin $foo; content_by_lua_block { x } }",
        None,
        ("lost: It cannot be read",),
    ),
    (
        "nginx",
        "include other.conf; server { add_header Access-Control-Allow-Origin $foo; js_content x; }",
        {},
        ("lost: Included files were not read", "lost: It was not understood", "lost: It is code"),
    ),
    (
        "nginx",
        "location /api { if ($http_origin !~* ^https://a\\.example$) { return 403; } "
        "add_header Access-Control-Allow-Origin $http_origin always; }",
        {"origins": [A]},
        ("different: part of the server alone",),
    ),
    (
        "nginx",
        "map $http_origin $o { default NULL; ~^https?://(.*\\.)?a.example$ $http_origin; } "
        "server { more_set_headers 'Access-Control-Allow-Origin: $o'; }",
        {"origin_regexes": [r"https?://(.*\.)?a\.example"]},
        ("danger: its writer did not mean", "lost: sandboxed frame"),
    ),
    ("nginx", "server { ", None, ("lost: a brace is not closed",)),
    (
        "apache",
        'Header set Access-Control-Allow-Origin "*"',
        {"origins": ["*"]},
        ("different: Errors of Apache's own",),
    ),
    (
        "apache",
        'SetEnvIf Origin "^https?://(www\\.)?(a.example|b\\.example)$" O=$0\n'
        "Header always set Access-Control-Allow-Origin %{O}e env=O\nHeader merge Vary Origin",
        {"origin_regexes": [r"https?://(www\.)?(a\.example|b\.example)"]},
        ("danger: did not mean",),
    ),
    (
        "apache",
        f"""<IfModule mod_headers.c>
            Header always set Access-Control-Allow-Origin "expr=%{{req:Origin}}" \\
                "expr=req('Origin') -in {{'{A}', 'https://b.example'}}"
            Header always set Access-Control-Allow-Credentials "true"
            <If "%{{REQUEST_METHOD}} == 'OPTIONS'">
                Header always set Access-Control-Allow-Methods "GET, PUT"
            </If>
            RewriteEngine On
            RewriteCond %{{REQUEST_METHOD}} OPTIONS
            RewriteRule ^(.*)$ $1 [R=200,L]
        </IfModule>""",
        {
            "origins": [A, "https://b.example"],
            "credentials": True,
            "methods": ["PUT"],
            "preflight_status": 200,
        },
        ("different: No `Vary: Origin`",),
    ),
    (
        "apache",
        'SetEnvIf Origin "(.*)" O=$1\nHeader always set Access-Control-Allow-Origin %{O}e env=O\n'
        "Header always set Access-Control-Allow-Credentials true",
        {"origins": ["*"]},
        ("danger: Every origin was reflected, with cookies",),
    ),
    (
        "apache",
        "RewriteCond %{HTTP:Origin} example\\.com$ [NC]\nRewriteRule ^ - [E=O:%{HTTP:Origin}]\n"
        "Header always set Access-Control-Allow-Origin %{O}e env=O",
        {"origins": ["https://example.com", "https://*.example.com"]},
        ("danger: searched for",),
    ),
    (
        "apache",
        "Header set Access-Control-Allow-Origin *\nHeader always set Access-Control-Allow-Origin *",
        {},
        ("lost: more than once",),
    ),
    (
        "apache",
        f'<Location "/api">\nHeader always set Access-Control-Allow-Origin {A}\n</Location>\nInclude x.conf',
        {"origins": [A]},
        ("different: this part of the server alone", "lost: Included files"),
    ),
    (
        "apache",
        '<If "junk $$">\nHeader set Access-Control-Allow-Origin "*"\n</If>',
        {},
        ("lost: It was not understood",),
    ),
    (
        "apache",
        'SetEnvIf Origin ":" IS_CORS\nHeader set Access-Control-Allow-Origin "*" env=IS_CORS',
        {"origins": ["*"]},
        ("different: Errors of Apache's own",),
    ),
    ("apache", "<Location />", None, ("lost: is not closed",)),
    (
        "caddy",
        "a.com {\n\theader Access-Control-Allow-Origin *\n\treverse_proxy localhost:1\n}",
        {"origins": ["*"]},
        ("different: two of each", "different: handed on"),
    ),
    (
        "caddy",
        f"""(cors) {{
            @cors_preflight method OPTIONS
            @cors header Origin {{args.0}}
            header @cors {{
                Access-Control-Allow-Origin "{{args.0}}"
                Access-Control-Allow-Methods "PUT, OPTIONS"
                Vary Origin
                defer
            }}
            respond @cors_preflight 204
        }}
        a.com {{
            import cors {A}
        }}""",
        {"origins": [A], "methods": ["PUT"]},
        ("different: No `Vary: Origin`",),
    ),
    (
        "caddy",
        "a.com {\n\theader Access-Control-Allow-Origin {header.Origin}\n"
        "\theader Access-Control-Allow-Credentials true\n}",
        {"origins": ["*"]},
        ("danger: Every origin was reflected, with cookies",),
    ),
    (
        "caddy",
        "a.com {\n@o header_regexp Origin example\\.com\n"
        "header @o Access-Control-Allow-Origin {http.request.header.Origin}\n}",
        {"origin_regexes": [r"https://(?:[a-z0-9-]+\.)*example\.com"]},
        ("danger: searched for",),
    ),
    (
        "caddy",
        f"@a header Origin {A}\n@b {{\n\theader Origin https://b.example\n\tpath /api/*\n}}\n"
        f"header @a Access-Control-Allow-Origin {A}\nheader @b Access-Control-Allow-Origin https://b.example",
        {"origins": [A, "https://b.example"]},
        ("lost: It was not understood",),
    ),
    (
        "caddy",
        "import none\nheader X-A 1",
        {},
        ("lost: It was not understood", "lost: No Access-Control-Allow-Origin was found"),
    ),
    ("caddy", "a.com {", None, ("lost: a brace is not closed",)),
)


@pytest.mark.parametrize(("peer", "text", "values", "words"), ROWS)
def test_a_recipe(peer: str, text: str, values: dict[str, object] | None, words: tuple[str, ...]) -> None:
    found = TEXT_IMPORTERS[peer](text)
    assert (None if found.policy is None else found.policy.values()) == values
    said = [f"{each.kind}: {each.says}" for each in found.report]
    for word in words:
        kind, _, rest = word.partition(": ")
        assert any(each.startswith(f"{kind}: ") and rest in each for each in said), said


PIECES = st.sampled_from(
    [
        "server",
        "location /",
        "{",
        "}",
        ";",
        "\n",
        " ",
        "'",
        '"',
        "\\",
        "#",
        "$http_origin",
        "~*",
        "add_header",
        "Access-Control-Allow-Origin",
        "Access-Control-Allow-Credentials true",
        "*",
        "https://a.example",
        "map $http_origin $o",
        "default",
        "if ($http_origin ~* a)",
        "set $x",
        "return 204",
        "Header",
        "set",
        "always",
        "env=O",
        "SetEnvIf Origin",
        "O=$0",
        "<If",
        ">",
        "</If>",
        "expr=",
        "-n",
        "req('Origin')",
        "RewriteCond",
        "RewriteRule ^ - [R=204]",
        "%{HTTP:Origin}",
        "@o",
        "header",
        "header_regexp Origin",
        "respond",
        "import",
        "(cors)",
        "route",
        "handle",
        "defer",
        "(a+)+$",
        "[",
        "(",
    ]
)


@given(st.sampled_from(sorted(TEXT_IMPORTERS)), st.lists(PIECES, max_size=40))
def test_no_text_raises_and_nobody_is_let_in_with_cookies_by_accident(peer: str, pieces: list[str]) -> None:
    found = TEXT_IMPORTERS[peer](" ".join(pieces))
    assert found.policy is not None or found.report
    if found.policy is not None:
        assert not (found.policy.credentials and "*" in found.policy.origins)
        assert not any(name.startswith("dangerously") for name in found.policy.values())


HUGE = {
    "nginx": (
        "server {" * 100_000,
        "map $http_origin $o {"
        + "~(a+)+x $http_origin;" * 40_000
        + "} add_header Access-Control-Allow-Origin $o;",
        "location /a { add_header X-A $x; }" * 20_000,
        "if ($http_origin ~ '^(a|a)*$') { set $a '$a$a$a$a'; }" * 10_000,
    ),
    "apache": (
        "<If 'x'>\n" * 100_000,
        'SetEnvIf Origin "(a+)+$" O=$0\n' * 30_000,
        'Header set X "expr=%{req:Origin}" "expr=' + "(" * 10_000 + '"\n',
        '"' * 500_000,
    ),
    "caddy": (
        "a {\n" * 100_000,
        "\n".join(f"(s{n}) {{\n" + f"import s{n + 1}\n" * 30 + "}" for n in range(12))
        + "\na {\nimport s0\n}",
        "@a header Origin x\nheader @a Access-Control-Allow-Origin x\n" * 10_000,
    ),
}


@pytest.mark.parametrize(
    ("peer", "number"), [(peer, n) for peer, texts in HUGE.items() for n in range(len(texts))]
)
def test_huge_texts_end(peer: str, number: int) -> None:
    assert TEXT_IMPORTERS[peer](HUGE[peer][number]).report


def test_nobody_writes_our_own_signs() -> None:
    texts = {
        "nginx": 'add_header Access-Control-Allow-Origin "\0origin";',
        "apache": 'Header set Access-Control-Allow-Origin "\0origin"',
        "caddy": "header Access-Control-Allow-Origin \0origin",
    }
    for peer, text in texts.items():
        found = TEXT_IMPORTERS[peer](text)
        assert "*" not in found.values.get("origins", [])  # type: ignore[operator]
    custom = {"headers": {"customResponseHeaders": {"Access-Control-Allow-Origin": "\0origin"}}}
    assert "*" not in IMPORTERS["traefik"](custom).values.get("origins", [])  # type: ignore[operator]


def test_a_million_characters_and_one_are_too_many() -> None:
    for peer in SERVERS:
        assert "longer than" in TEXT_IMPORTERS[peer]("# \n" * 400_000).report[0].says


EVERYBODY = [".", "", ".*", "(.*)", "(.+)", "^.*$", "^(.*)$", "^", "$", ":", "^.+", "(?:.*)$", "://"]
SOMEBODY = ["^.$", "(?:.)", "^(?:.)$", "a", "^https://", "^$", r"\.", "^:$"]


@pytest.mark.parametrize("text", EVERYBODY + SOMEBODY)
def test_expressions_that_everybody_passes(text: str) -> None:
    found = passes_anybody(OriginTest(How.SEARCHED, text))
    assert found == (text in EVERYBODY or text == "(?:.)")
    assert found == all(re.search(text, each) is not None for each in ("https://a.example", "http://b:1"))


def test_for_the_whole_origin_a_dot_is_a_character() -> None:
    assert passes_anybody(OriginTest(How.WHOLE, ".*"))
    assert not passes_anybody(OriginTest(How.WHOLE, "."))
    assert not passes_anybody(OriginTest(How.IS, ".*"))
