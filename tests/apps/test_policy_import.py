"""``corsage policy import``: whose configurations, in which files, and what is said where one cannot be read."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from corsage.apps.cli.policy.peer_yaml import LONGEST
from corsage.apps.cli.policy.peers import PEERS
from corsage.server import Policy
from corsage.server.formats import read_policies
from corsage.server.importers import IMPORTERS, LIST_IMPORTERS, TEXT_IMPORTERS
from corsage.stacks import find_stack

if TYPE_CHECKING:
    from pathlib import Path

    from tests.apps.loopback import Run

A = "https://app.example.com"
INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  annotations:
    nginx.ingress.kubernetes.io/enable-cors: "true"
    nginx.ingress.kubernetes.io/cors-allow-origin: ORIGIN
"""
SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: api\n"
S3_XML = f"""<?xml version="1.0"?><CORSConfiguration><CORSRule><AllowedOrigin>{A}</AllowedOrigin>
<AllowedMethod>PUT</AllowedMethod></CORSRule></CORSConfiguration>"""
AZURE_XML = f"""<StorageServiceProperties><Cors><CorsRule><AllowedOrigins>{A}</AllowedOrigins>
<AllowedMethods>PUT</AllowedMethods><MaxAgeInSeconds>5</MaxAgeInSeconds></CorsRule></Cors></StorageServiceProperties>"""
RACK = f"""Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins "{A}"
    resource "*", headers: :any, methods: [:get, :post]
  end
end
"""
LARAVEL = f"<?php return ['paths' => ['*'], 'allowed_origins' => ['{A}'], 'allowed_methods' => ['*']];"
ASPNET = f'builder.Services.AddCors(o => o.AddDefaultPolicy(p => p.WithOrigins("{A}").AllowAnyHeader()));'
PROPERTIES = f"""# the gateway
spring.cloud.gateway.globalcors.cors-configurations.[/**].allowed-origins={A}
spring.cloud.gateway.globalcors.cors-configurations.[/**].allowed-methods=GET,POST
"""
SPRING_YAML = f"""management:
  endpoints:
    web:
      cors:
        allowed-origins: [{A}]
"""
ENVOY = f"""typed_per_filter_config:
  envoy.filters.http.cors:
    "@type": type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy
    allow_origin_string_match: [{{exact: "{A}"}}]
"""
TRAEFIK = f"[http.middlewares.c.headers]\naccessControlAllowOriginList = ['{A}']\n"
NGINX = (
    f"server {{ location / {{ add_header Access-Control-Allow-Origin {A} always; proxy_pass http://b; }} }}"
)
OPENAPI = f"openapi: 3.0.1\nx-amazon-apigateway-cors:\n  allowOrigins: ['{A}']\n"

# Name of the file, or - for standard input; whose it is; what is in it.
FILES = [
    ("o.json", "starlette", json.dumps({"allow_origins": [A]})),
    ("o.toml", "starlette", f'allow_origins = ["{A}"]'),
    ("o.yaml", "starlette", f"allow_origins:\n  - {A}\n"),
    ("-", "starlette", f"# options\nallow_origins: ['{A}']"),
    ("-", "fastapi", f'allow_origins = ["{A}"]'),
    ("-", "express", json.dumps({"origin": A})),
    ("ingress.yaml", "kubernetes", INGRESS.replace("ORIGIN", A)),
    ("all.yml", "kubernetes", f"---\n---\n{SERVICE}---\n{INGRESS.replace('ORIGIN', A)}---\njust words\n"),
    ("-", "kubernetes", f"---\n{SERVICE}---\n{INGRESS.replace('ORIGIN', A)}"),
    ("-", "traefik", TRAEFIK),
    ("envoy.yaml", "envoy", ENVOY),
    ("-", "istio", f"spec:\n  http:\n  - corsPolicy:\n      allowOrigins: [{{exact: '{A}'}}]\n"),
    ("application.properties", "spring", PROPERTIES),
    ("-", "spring", PROPERTIES),
    ("application.yml", "spring", SPRING_YAML),
    ("-", "spring", SPRING_YAML),
    ("-", "spring", json.dumps({"allowedOrigins": [A]})),
    ("-", "spring-registry", json.dumps({"allowedOrigins": [A]})),
    ("cors.rb", "rack-cors", RACK),
    ("cors.php", "laravel", LARAVEL),
    ("Program.cs", "aspnet", ASPNET),
    ("site.conf", "nginx", NGINX),
    ("-", "apache", f'Header always set Access-Control-Allow-Origin "{A}"\n'),
    ("Caddyfile", "caddy", f":80 {{\n\theader Access-Control-Allow-Origin {A}\n\treverse_proxy b:1\n}}\n"),
    ("o.json", "api-gateway", json.dumps({"CorsConfiguration": {"AllowOrigins": [A]}})),
    ("api.yaml", "api-gateway", OPENAPI),
    ("cors.json", "s3", json.dumps([{"AllowedOrigins": [A], "AllowedMethods": ["GET", "HEAD"]}])),
    ("-", "s3", json.dumps({"CORSRules": [{"AllowedOrigins": [A], "AllowedMethods": ["PUT"]}]}, indent=2)),
    ("cors.xml", "s3", S3_XML),
    ("-", "s3", S3_XML),
    ("-", "gcs", json.dumps([{"origin": [A], "method": ["PUT"]}], indent=2)),
    ("-", "gcs", f"- origin: ['{A}']\n  method: [PUT]\n"),
    ("-", "azure", json.dumps({"properties": {"cors": {"allowedOrigins": [A]}}})),
    ("cors.xml", "azure", AZURE_XML),
]


def policy_of(text: str) -> Policy:
    found = read_policies(text).select("/x")
    assert found is not None
    return found


@pytest.mark.parametrize("form", [(), ("--from",)], ids=["words", "option"])
@pytest.mark.parametrize(("name", "peer", "text"), FILES)
def test_what_is_read(
    run: Run, tmp_path: Path, name: str, peer: str, text: str, form: tuple[str, ...]
) -> None:
    file = name if name == "-" else str(tmp_path / name)
    if name != "-":
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = run("policy", "import", *form, peer, file, input=text)
    assert result.exit_code == 0, result.stderr
    assert policy_of(result.stdout).origins == (A,)


def test_every_importer_has_a_name_and_every_name_an_importer() -> None:
    assert set(PEERS) == {*IMPORTERS, *TEXT_IMPORTERS, *LIST_IMPORTERS} == {peer for _, peer, _ in FILES} | {
        "flask-cors", "django-cors-headers", "aiohttp-cors", "litestar",
    }  # fmt: skip


@pytest.mark.parametrize("peer", ["nginx", "apache", "caddy", "s3", "gcs", "traefik", "envoy", "rack-cors"])
def test_what_render_writes_is_read_back(run: Run, tmp_path: Path, peer: str) -> None:
    stack = find_stack({"rack-cors": "rails"}.get(peer, peer))
    assert stack is not None
    files = stack.render(Policy(origins=[A], methods=["PUT"], request_headers=["x-token"])).files
    path = tmp_path / files[0].name.rpartition("/")[2]
    path.write_text("\n".join(file.text for file in files), encoding="utf-8")
    result = run("policy", "import", "--from", peer, str(path))
    assert result.exit_code == 0, result.output
    found = policy_of(result.stdout)
    assert (found.origins, found.methods) == ((A,), ("PUT",))
    assert "let in more" not in result.stderr


def test_documents_that_differ_are_named(run: Run) -> None:
    text = "---\n".join(
        [SERVICE, INGRESS.replace("ORIGIN", A), INGRESS.replace("ORIGIN", "https://b.example")]
    )
    result = run("policy", "import", "kubernetes", "-", input=text)
    assert result.exit_code == 0
    assert A in result.stdout
    assert "document 3" in result.stderr
    assert "that of document 2" in result.stderr


def test_of_documents_without_a_policy_the_one_that_says_most_is_reported(run: Run) -> None:
    off = INGRESS.replace("ORIGIN", A).replace('"true"', '"false"')
    result = run("policy", "import", "kubernetes", "-", input=f"{SERVICE}---\n{off}")
    assert result.exit_code == 1
    assert result.stdout == ""


BOMB = "a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdef", "bcdefg", strict=True)
)
MERGES = "a: &a {x: 1}\n" + "".join(
    f"{name}: &{name} {{<<: [{', '.join([f'*{before}'] * 9)}]}}\n"
    for before, name in zip("abcdef", "bcdefg", strict=True)
)


EXPRESS = """\
const express = require('express')
const cors = require('cors')
app.use(cors({ origin: ['https://app.example.com'], credentials: true }))
"""


@pytest.mark.parametrize(
    ("peer", "text", "says"),
    [
        ("starlette", "", "it is empty"),
        ("nginx", " \n", "it is empty"),
        ("starlette", "{", "it is not JSON"),
        ("starlette", "a: [b", "line 1, column 6: it is not YAML"),
        ("starlette", "a = ", "it is not TOML"),
        ("starlette", "just words", "it holds a text, and starlette takes an object with options by name"),
        ("starlette", "- a", "it holds a list"),
        ("starlette", "5", "it holds a number"),
        ("starlette", "~", "there is no document in it"),
        ("s3", "5", "takes an object or a list of rules"),
        ("kubernetes", "a: 1\nb: 2\na: 3\n", "line 3, column 1: a stands twice in one mapping"),
        ("kubernetes", BOMB, "with its aliases written out it is too large"),
        ("kubernetes", MERGES, "with its aliases written out it is too large"),
        ("kubernetes", "a: &a {x: *a}", "too large, or has no end"),
        ("kubernetes", "a: *b", "found undefined alias"),
        ("kubernetes", f"a: {'[' * 5_000}", "it is nested too deeply"),
        ("kubernetes", f"a: {'x' * LONGEST}", "it is longer than 500,000 characters"),
        ("kubernetes", "---\na: b\n" * 501, "it holds more than 500 documents"),
        ("kubernetes", "a: \x00", "it is not YAML"),
        ("express", EXPRESS, "this is code, which is not read. Give the options of cors() as JSON: echo '{"),
        ("express", "app.use(cors({ origin: true }))\n", "corsage policy import express -"),
        ("flask-cors", "from flask_cors import CORS\nCORS(app)\n", '{"origins": ["https://app.example.com"]}'),
        ("spring-registry", "public class Web {\n}\n", "corsage policy import --list says which"),
        ("express", "<x/>", "express is read from JSON, TOML or YAML"),
    ],
)  # fmt: skip
def test_what_cannot_be_read(run: Run, peer: str, text: str, says: str) -> None:
    result = run("policy", "import", peer, "-", input=text)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.output
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("peer", PEERS)
@pytest.mark.parametrize(
    "text",
    ["{}", "[]", "a: 1", "<a/>", "a b c\n", "{" * 300, "[{}]", "a: !Ref b\n1: [2020-01-01, ~, 1.5, yes, !!set {a}]"],
)  # fmt: skip
def test_nothing_ends_in_a_traceback(run: Run, peer: str, text: str) -> None:
    result = run("policy", "import", "--from", peer, "-", input=text)
    assert result.exit_code in (0, 1, 2)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.output


def test_nothing_of_yaml_is_executed(run: Run, tmp_path: Path) -> None:
    made = tmp_path / "made"
    text = f"allow_origins: !!python/object/apply:os.mkdir ['{made}']\n"
    result = run("policy", "import", "starlette", "-", input=text)
    assert result.exit_code == 2
    assert not made.exists()


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a: \xe9"])
def test_bytes_that_are_no_text(run: Run, data: bytes) -> None:
    result = run("policy", "import", "nginx", "-", input=data)
    assert result.exit_code == 2
    assert "it is not UTF-8" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "PEER and FILE are missing"),
        (("nginx",), "FILE is missing"),
        (("--from", "nginx"), "FILE is missing"),
        (("nginx", "a", "b"), "no more"),
        (("--from", "nginx", "nginx", "a"), "no more"),
        (("--from", "ngnix", "a"), "Did you mean nginx?"),
        (("qqqqqq", "a"), "--list names all of them"),
        (("\x1b[2J", "a"), "There is no peer \\x1b[2J"),
        (("nginx", "/no/such"), "No such file"),
        (("nginx", "/"), "Is a directory"),
    ],
)
def test_usage(run: Run, arguments: tuple[str, ...], says: str) -> None:
    result = run("policy", "import", *arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert "\x1b" not in result.stderr


def test_the_list(run: Run) -> None:
    result = run("policy", "import", "--list")
    assert result.exit_code == 0
    assert [row.split()[0] for row in result.stdout.splitlines() if not row.startswith(" ")] == list(PEERS)


def test_words_of_the_file_are_escaped(run: Run) -> None:
    text = json.dumps({"allow_origins": ["https://a.example\x1b[2J"], "nonsense\x07": "\u202e"})
    result = run("policy", "import", "starlette", "-", input=text)
    assert all(char.isprintable() or char == "\n" for char in result.stdout + result.stderr)


def test_yaml_without_its_package(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "corsage.apps.cli.policy.peer_yaml")
    monkeypatch.setitem(sys.modules, "yaml", None)
    result = run("policy", "import", "starlette", "-", input="allow_origins: []")
    assert result.exit_code == 2
    assert "pip install pyyaml" in result.stderr


@pytest.mark.parametrize(("peer", "says"), [("laravel", "200,000 characters"), ("nginx", "67,108,864 bytes")])
def test_what_is_too_long_is_refused_and_not_read_in_part(
    run: Run, tmp_path: Path, peer: str, says: str
) -> None:
    file = tmp_path / "long.txt"
    file.write_text("<?php return ['paths' => ['*']];" + " " * 200_000)
    if peer == "nginx":
        with file.open("r+b") as handle:
            handle.truncate(2**26 + 1)
    result = run("policy", "import", "--from", peer, str(file))
    assert result.exit_code == 2
    assert says in result.stderr


def test_code_is_known_by_its_name(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "ex.js"
    file.write_text("{ origin: true }\n", encoding="utf-8")
    result = run("policy", "import", "--from", "express", str(file))
    assert result.exit_code == 2
    assert "this is code, which is not read" in result.stderr


def test_the_example_that_is_given_for_code_works(run: Run) -> None:
    for peer in (
        "express",
        "starlette",
        "fastapi",
        "flask-cors",
        "django-cors-headers",
        "aiohttp-cors",
        "litestar",
    ):
        says = run("policy", "import", peer, "-", input=EXPRESS).stderr
        example = says.partition("echo '")[2].partition("'")[0]
        result = run("policy", "import", peer, "-", input=example)
        assert result.exit_code == 0, (peer, result.stderr)
        assert "https://app.example.com" in result.stdout
