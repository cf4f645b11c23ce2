"""Certificates: trusted, refused and told apart."""

import json
from pathlib import Path

import trustme
from tests.apps.loopback import Api, Run, http

STAR = "Access-Control-Allow-Origin: *"


def test_a_trusted_certificate_is_shown(
    secure_api: Api, check: Run, authority: trustme.CA, tmp_path: Path
) -> None:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    arguments = (secure_api.on("/ping", http("200 OK", STAR)), "--cacert", str(tmp_path / "ca.pem"))
    result = check(*arguments, "-v")
    assert result.exit_code == 0, result.output
    assert "certificate " in result.output
    [exchange] = json.loads(check(*arguments, "--json").stdout)["results"][0]["exchanges"]
    assert "localhost" in exchange["certificate"]["alternative_names"]
    assert exchange["timing"]["tls"] > 0
    assert "--cacert" in exchange["curl"]


def test_an_unknown_issuer_is_no_cors_error(secure_api: Api, check: Run) -> None:
    url = secure_api.on("/ping", http("200 OK", STAR))
    result = check(url)
    assert result.exit_code == 3
    assert "comes from an unknown issuer" in result.output
    assert "This is not CORS, though the browser reports it as if it were." in result.output
    assert check(url, "--insecure").exit_code == 0


def test_a_wrong_name_is_told_apart(
    secure_api: Api, check: Run, authority: trustme.CA, tmp_path: Path
) -> None:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    port = secure_api.url.rpartition(":")[2]
    elsewhere = ("--resolve", f"other.localhost:{port}:127.0.0.1", "--cacert", str(tmp_path / "ca.pem"))
    result = check(f"https://other.localhost:{port}/ping", *elsewhere)
    assert result.exit_code == 3
    assert "is for another name" in result.output


def test_plain_http_on_a_tls_port(secure_api: Api, check: Run) -> None:
    assert check(secure_api.url.replace("https", "http") + "/ping").exit_code == 3
