"""Go, Java, .NET, Ruby and PHP write down every policy that there can be, and lint every text."""

from __future__ import annotations

import random
import time
from typing import Final

import pytest

from corsage.server import Policy, PolicyError
from corsage.stacks import Stack, dotnet, go, java, php, ruby

FAMILIES: Final = (*go.STACKS, *java.STACKS, *dotnet.STACKS, *ruby.STACKS, *php.STACKS)
ORIGINS: Final = (
    "https://a.example",
    "http://b.example",
    "null",
    "https://*.c.example:8443",
    "https://+.d.example:*",
    "app://",
    "file://",
    "http://[::1]:8080",
    "chrome-extension://abcdef",
    "*",
)
REGEXES: Final = (
    r"https://a\.b",
    r"(?i)https://x",
    "https://[^.]+\\.x`",
    'https://"\\.x',
    r"https://(?!a)b\.c",
    r"https://(a|b)\.c$",
    r".*",
)
METHODS: Final = ("PUT", "patch", "Odd", "M-`$'|", "*", "OPTIONS")
HEADERS: Final = ("Authorization", "*", "x-`'$#%&|~!", "Content-Type")


def policies(count: int) -> list[Policy]:
    draw = random.Random(7)  # noqa: S311 - the same ones each time
    made: list[Policy] = []
    while len(made) < count:
        try:
            policy = Policy(
                origins=draw.sample(ORIGINS, draw.randint(0, 3)),
                origin_regexes=draw.sample(REGEXES, draw.randint(0, 2)),
                origin_lookup=draw.choice([None, lambda _: True]),
                methods=draw.sample(METHODS, draw.randint(0, 3)),
                request_headers=draw.sample(HEADERS, draw.randint(0, 2)),
                exposed_headers=draw.sample(HEADERS, draw.randint(0, 2)),
                credentials=draw.random() < 0.5,
                max_age=draw.choice([None, -1, 0, 5, 86_400]),
                public=True,
                timing=draw.random() < 0.2,
                private_network=draw.random() < 0.2,
                resource_policy=draw.choice([None, "same-site"]),
                preflight_continue=draw.random() < 0.2,
                guard_websockets=draw.random() < 0.2,
                dangerously_allow_null_origin=True,
                dangerously_allow_file_origins=True,
                dangerously_allow_insecure_origins=True,
            )
        except PolicyError:
            continue
        made.append(policy)
    return made


@pytest.mark.parametrize("stack", FAMILIES, ids=lambda stack: stack.name)
def test_every_policy_is_written(stack: Stack) -> None:
    for policy in policies(150):
        rendered = stack.render(policy)
        assert rendered.stack == stack.name
        assert rendered.executed == stack.executed
        assert all(file.text.endswith("\n") for file in rendered.files)
        assert rendered.files
        assert all(text.endswith(".") for text in (*rendered.limits, *rendered.steps))
        if policy.origin_lookup is not None and "*" not in policy.origins:
            assert any("origin_lookup" in text for text in rendered.limits)


PARTS: Final = (
    "AllowedOrigins: []string{",
    "://",
    "origins 'https://a",
    "header('Access-Control-Allow-Origin: http://a",
    "'allowed_origins' => [",
    "allow_origin: [",
    'WithOrigins("https://a,',
    ".addEndpoint(",
    "allowedOrigins(List.of(",
    "<param-name>cors.allowed.origins</param-name>",
    "add_action('rest_api_init",
    ".cors() ",
    "<add ",
    "(",
    " ",
)


@pytest.mark.parametrize("part", PARTS)
def test_long_texts_take_no_time(part: str) -> None:
    text = part * (100_000 // len(part))
    for stack in FAMILIES:
        began = time.process_time()
        stack.lint(text)
        assert time.process_time() - began < 3, stack.name
