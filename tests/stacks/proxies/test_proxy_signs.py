"""What gives a proxy away, and nobody else."""

from __future__ import annotations

import pytest

from corsage.model import HeaderList
from corsage.model.evidence import Answer
from corsage.stacks import all_stacks
from corsage.stacks.proxies import STACKS


def answer(status: int, *headers: tuple[str, str], body: str = "") -> Answer:
    return Answer(status, HeaderList(headers), body=body)


# As the real ones answer, but for Traefik's and Envoy's family, whose answers are those of reports.
ANSWERS = (
    ("nginx", answer(200, ("Server", "nginx/1.22.1"))),
    ("nginx", answer(502, body="<hr><center>nginx/1.22.1</center>")),
    ("nginx", answer(404, body="<center>openresty</center>")),
    ("apache", answer(200, ("Server", "Apache/2.4.71 (Debian)"))),
    ("apache", answer(403, body="<address>Apache/2.4.71 (Debian) Server at localhost Port 80</address>")),
    ("caddy", answer(502, ("Server", "Caddy"))),
    (
        "haproxy",
        answer(
            503,
            body="<h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n",
        ),
    ),
    ("lighttpd", answer(404, ("Server", "lighttpd/1.4.69"))),
    ("varnish", answer(200, ("X-Varnish", "32770"), ("Via", "1.1 varnish (Varnish/7.1)"))),
    ("varnish", answer(503, body="<h3>Guru Meditation:</h3>\n<p>XID: 5</p>\n<p>Varnish cache server</p>")),
    ("traefik", answer(200, ("X-Traefik-Backend", "x"))),
    ("envoy", answer(200, ("Server", "envoy"), ("X-Envoy-Upstream-Service-Time", "3"))),
    (
        "envoy",
        answer(503, body="upstream connect error or disconnect/reset before headers. reset reason: overflow"),
    ),
    ("istio", answer(200, ("Server", "istio-envoy"), ("X-Envoy-Upstream-Service-Time", "3"))),
    ("ingress-nginx", answer(404, body="default backend - 404")),
)
# Others that look like one of them.
OTHERS = (
    answer(404, ("Server", "Apache-Coyote/1.1")),
    answer(404, body="<h3>Apache Tomcat/10.1.6 (Debian)</h3>"),
    answer(200, ("Server", "cloudflare"), ("Via", "1.1 google")),
    answer(200, ("Via", "1.1 varnish"), ("X-Served-By", "cache-fra-1")),
    answer(404, ("Server", "uvicorn"), body='{"detail":"Not Found"}'),
    answer(404, ("X-Powered-By", "Express")),
    answer(404, ("Server", "Werkzeug/3.0 Python/3.11")),
)


@pytest.mark.parametrize(("name", "found"), ANSWERS)
def test_a_proxy_is_recognised(name: str, found: Answer) -> None:
    surest = {
        stack.name: max((sign.sure for sign in stack.signs(found)), default=0) for stack in all_stacks()
    }
    assert max(surest, key=lambda each: surest[each]) == name
    assert sum(surest[stack.name] > 0 for stack in STACKS) == 1


@pytest.mark.parametrize("found", OTHERS)
def test_nobody_else_is(found: Answer) -> None:
    assert [sign for stack in STACKS for sign in stack.signs(found)] == []
