"""Proxies that ask for a password themselves: not in preflights, and pages can read that they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.stacks.proxies import programs
from tests.stacks.proxies.conformance import answers_before_authentication

from corsage.stacks import find_stack

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

SETTINGS: dict[str, tuple[Callable[..., AbstractContextManager[str]], str]] = {
    "nginx": (programs.nginx, 'location = /ok { auth_basic "x"; auth_basic_user_file /dev/null; }'),
    "apache": (
        programs.apache,
        '<Location "/">\nAuthType Basic\nAuthName x\nAuthUserFile /dev/null\nRequire valid-user\n</Location>',
    ),
    "caddy": (
        programs.caddy,
        "basicauth {\n\t\t\tbob $2a$14$4eacRZbgzdy8JLXQOWsRBukogOPaxphytMzxY9JMzCa4tzTamvyDm\n\t\t}",
    ),
    "haproxy": (programs.haproxy, "http-request auth realm x if TRUE"),
    "lighttpd": (
        programs.lighttpd,
        'server.modules += ("mod_auth", "mod_authn_file")\nauth.backend = "plain"\n'
        'auth.backend.plain.userfile = "/dev/null"\n'
        'auth.require = ("" => ("method" => "basic", "realm" => "x", "require" => "valid-user"))',
    ),
    "varnish": (
        programs.varnish,
        "sub vcl_recv { if (!req.http.Authorization) { return (synth(401)); } }",
    ),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_preflights_need_no_password(name: str) -> None:
    serve, more = SETTINGS[name]
    stack = find_stack(name)
    assert stack is not None
    answers_before_authentication(stack, serve, more)
