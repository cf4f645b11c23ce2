"""Proxies, started with what was rendered: each in a directory of its own, before an application."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from tests.stacks.serving import program, running

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corsage.stacks import Rendered


@contextlib.contextmanager
def nginx(rendered: Rendered, application: str, locations: str = "") -> Iterator[str]:
    binary = program("nginx", "nginx-light")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        maps, headers = (write(place, file.text, file.name) for file in rendered.files)

        def prepare(port: int) -> Sequence[str]:
            config = f"""
                daemon off; master_process off; pid {place}/pid; error_log stderr;
                events {{}}
                http {{
                    access_log off;
                    client_body_temp_path {place}/body; proxy_temp_path {place}/proxy;
                    fastcgi_temp_path {place}/fastcgi; uwsgi_temp_path {place}/uwsgi; scgi_temp_path {place}/scgi;
                    include {maps};
                    server {{
                        listen 127.0.0.1:{port};
                        include {headers};
                        location / {{ proxy_pass {application}; }}
                        {locations}
                    }}
                }}
            """
            return [binary, "-c", str(write(place, config, "nginx.conf")), "-p", str(place)]

        with running(prepare) as url:
            yield url


@contextlib.contextmanager
def apache(rendered: Rendered, application: str, more: str = "") -> Iterator[str]:
    binary = program("apache2")
    modules = Path("/usr/lib/apache2/modules")
    names = ["mpm_event", "authz_core", "authn_core", "headers", "setenvif", "rewrite", "proxy", "proxy_http"]
    names += ["auth_basic", "authn_file", "authz_user"]
    loaded = "\n".join(f"LoadModule {each}_module {modules}/mod_{each}.so" for each in names)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (file,) = rendered.files
        included = write(place, file.text, file.name)

        def prepare(port: int) -> Sequence[str]:
            config = f"""
                ServerRoot {place}
                ServerName localhost
                PidFile {place}/pid
                DefaultRuntimeDir {place}
                ErrorLog /dev/stderr
                Listen 127.0.0.1:{port}
                {loaded}
                <VirtualHost *:{port}>
                    Include {included}
                    {more}
                    ProxyPass / {application}/ retry=0
                </VirtualHost>
            """
            return [binary, "-f", str(write(place, config, "apache.conf")), "-DFOREGROUND"]

        with running(prepare) as url:
            yield url


@contextlib.contextmanager
def caddy(rendered: Rendered, application: str, more: str = "") -> Iterator[str]:
    binary = program("caddy")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (file,) = rendered.files

        def prepare(port: int) -> Sequence[str]:
            site = f"""
{{
	admin off
	auto_https off
	storage file_system {place}
}}
{file.text}
http://127.0.0.1:{port} {{
	bind 127.0.0.1
	route {{
		import cors
		{more}
		reverse_proxy {application}
	}}
	handle_errors {{
		import cors_headers
	}}
}}
"""
            return [binary, "run", "--adapter", "caddyfile", "--config", str(write(place, site, "Caddyfile"))]

        with running(prepare, env={"HOME": name}) as url:
            yield url


@contextlib.contextmanager
def haproxy(rendered: Rendered, application: str, more: str = "") -> Iterator[str]:
    binary = program("haproxy")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (file,) = rendered.files

        def prepare(port: int) -> Sequence[str]:
            config = f"""
defaults
    mode http
    timeout connect 5s
    timeout client 20s
    timeout server 20s
frontend here
    bind 127.0.0.1:{port}
{file.text}
    {more}
    default_backend application
backend application
    server one {host_and_port(application)}
"""
            return [binary, "-db", "-f", str(write(place, config, "haproxy.cfg"))]

        with running(prepare) as url:
            yield url


@contextlib.contextmanager
def varnish(rendered: Rendered, application: str, more: str = "") -> Iterator[str]:
    binary = program("varnishd", "varnish")
    program("cc", "gcc")  # it compiles its configuration
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (file,) = rendered.files
        included = write(place, file.text, file.name)
        host, _, number = host_and_port(application).partition(":")

        def prepare(port: int) -> Sequence[str]:
            config = f"""
vcl 4.1;
backend default {{ .host = "{host}"; .port = "{number}"; }}
include "{included}";
{more}
"""
            vcl = str(write(place, config, "default.vcl"))
            place.chmod(0o755)
            return [binary, "-F", "-j", "none", "-f", vcl, "-a", f"127.0.0.1:{port}", "-n", f"{place}/work"]

        with running(prepare) as url:
            yield url


@contextlib.contextmanager
def lighttpd(rendered: Rendered, application: str, more: str = "") -> Iterator[str]:
    binary = program("lighttpd")
    if not Path("/usr/lib/lighttpd/mod_magnet.so").exists():
        pytest.skip("mod_magnet is not installed (Debian: lighttpd-modules-lua)")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        config, *scripts = rendered.files
        written = config.text
        for script in scripts:
            written = written.replace(script.name, str(write(place, script.text, script.name)))
        host, _, number = host_and_port(application).partition(":")

        def prepare(port: int) -> Sequence[str]:
            text = f"""
server.document-root = "{place}"
server.bind = "127.0.0.1"
server.port = {port}
server.modules = ("mod_proxy")
proxy.server = ("" => (("host" => "{host}", "port" => {number})))
{written}
{more}
"""
            return [binary, "-D", "-f", str(write(place, text, "lighttpd.conf"))]

        with running(prepare) as url:
            yield url


def write(place: Path, text: str, name: str) -> Path:
    """Write *text* into *place*, under the last part of *name*, unless that is taken."""
    path = place / Path(name).name
    if path.exists():
        path = place / f"{Path(name).parent.name}-{path.name}"
    path.write_text(text)
    return path


def host_and_port(application: str) -> str:
    return urlsplit(application).netloc
