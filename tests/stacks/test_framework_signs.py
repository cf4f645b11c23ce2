"""Go, Java, .NET, Ruby and PHP are known by their answers, and take nobody else's for theirs."""

from __future__ import annotations

from typing import Final

import pytest

from corsage.model import HeaderList
from corsage.model.evidence import Answer
from corsage.stacks import dotnet, go, java, php, ruby

FAMILIES: Final = (*go.STACKS, *java.STACKS, *dotnet.STACKS, *ruby.STACKS, *php.STACKS)


def answer(status: int, body: str = "", **headers: str) -> Answer:
    pairs = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return Answer(status, HeaderList(pairs), whole=True, body=body)


PLAIN: Final = "text/plain; charset=utf-8"
JSON: Final = "application/json"
SPRING: Final = (
    '{"timestamp":"2026-11-21T10:00:00.000+00:00","status":401,"error":"Unauthorized","path":"/api"}'
)
FLUX: Final = (
    '{"timestamp":1700000000000,"path":"/api","status":404,"error":"Not Found","requestId":"9f1c-1"}'
)
TOMCAT: Final = (
    "<!doctype html><html><head><title>HTTP Status 404 – Not Found</title></head><body>"  # noqa: RUF001
    "<h1>HTTP Status 404 – Not Found</h1><p><b>Type</b> Status Report</p>"  # noqa: RUF001
    "<h3>Apache Tomcat/10.1.60</h3></body></html>"
)
PROBLEM: Final = (
    '{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.5","title":"Not Found","status":404,'
    '"traceId":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"}'
)
OURS: Final = [
    ("go", answer(404, "404 page not found\n", Content_Type=PLAIN, X_Content_Type_Options="nosniff")),
    ("gin", answer(404, "404 page not found", Content_Type="text/plain")),
    ("echo", answer(404, '{"message":"Not Found"}\n', Content_Type="application/json; charset=UTF-8")),
    ("spring-boot", answer(401, SPRING, Content_Type=JSON)),
    ("spring-boot", answer(403, "Invalid CORS request")),
    ("spring-boot", answer(500, "<html><body><h1>Whitelabel Error Page</h1></body></html>")),
    ("spring-webflux", answer(404, FLUX, Content_Type=JSON)),
    ("tomcat", answer(404, TOMCAT)),
    ("tomcat", answer(200, Set_Cookie="JSESSIONID=1; Path=/; HttpOnly")),
    ("aspnet-core", answer(200, Server="Kestrel")),
    ("aspnet-core", answer(404, PROBLEM, Content_Type="application/problem+json")),
    ("aspnet-core", answer(200, X_Powered_By="ASP.NET", X_AspNet_Version="4.0.30319")),
    ("rails", answer(200, X_Request_Id="0a", X_Runtime="0.004")),
    ("rails", answer(200, Server="nginx + Phusion Passenger(R) 6.0.4")),
    (
        "rails",
        answer(404, '{"status":404,"exception":"#<ActionController::RoutingError: No route matches>"}'),
    ),
    ("rack", answer(404, "<h1>Not Found</h1>", X_Cascade="pass")),
    ("rack", answer(200, X_Rack_CORS="preflight-miss; no-origin")),
    ("php", answer(200, X_Powered_By="PHP/8.2.36")),
    ("php", answer(200, "<br />\n<b>Fatal error</b>: Uncaught Exception in /a.php on line <b>3</b>")),
    ("laravel", answer(200, Set_Cookie="laravel_session=ey; path=/; httponly")),
    ("laravel", answer(401, '{"message":"Unauthenticated."}', Content_Type=JSON)),
    ("symfony", answer(404, X_Debug_Token="5f3c1a", X_Debug_Token_Link="https://a.example/_profiler/5f3c1a")),
    ("wordpress", answer(404, '{"code":"rest_no_route","message":"","data":{"status":404}}')),
    ("wordpress", answer(200, Link='<https://a.example/wp-json/>; rel="https://api.w.org/"')),
]
OTHERS: Final = {
    "nginx": answer(404, "<h1>404 Not Found</h1><hr><center>nginx/1.22.1</center>", Server="nginx/1.22.1"),
    "express": answer(404, "<pre>Cannot GET /missing</pre>", X_Powered_By="Express"),
    "fastapi": answer(404, '{"detail":"Not Found"}', Server="uvicorn", Content_Type=JSON),
    "django": answer(404, "<h1>Not Found</h1>", Server="WSGIServer/0.2 CPython/3.11"),
    "fastify": answer(404, '{"message":"Route GET:/x not found","error":"Not Found","statusCode":404}'),
    "api gateway": answer(404, '{"message":"Not Found"}', Content_Type=JSON, Apigw_Requestid="x="),
    "flask": answer(405, "<title>405 Method Not Allowed</title>", Server="Werkzeug/3.0 Python/3.11"),
    "s3": answer(403, "<Error><Code>AccessDenied</Code></Error>", Server="AmazonS3"),
    "apache": answer(404, "<address>Apache/2.4.66 (Debian)</address>", Server="Apache/2.4.66 (Debian)"),
    "caddy": answer(404, "", Server="Caddy"),
    "cloudflare": answer(502, "error code: 502", Server="cloudflare", CF_RAY="8f-FRA"),
    "nothing known": Answer(),
}


def surest(seen: Answer) -> dict[str, float]:
    found = {each.name: max((sign.sure for sign in each.signs(seen)), default=0.0) for each in FAMILIES}
    return {name: sure for name, sure in found.items() if sure}


@pytest.mark.parametrize(("stack", "seen"), OURS, ids=[f"{name}-{at}" for at, (name, _) in enumerate(OURS)])
def test_it_is_recognised(stack: str, seen: Answer) -> None:
    found = surest(seen)
    assert max(found, key=lambda name: found[name]) == stack, found


@pytest.mark.parametrize("name", OTHERS)
def test_others_are_not_taken_for_it(name: str) -> None:
    assert surest(OTHERS[name]) == {}


def test_words_mean_one_stack_each() -> None:
    words = [word for each in FAMILIES for word in each.words]
    assert len(words) == len(set(words))
    assert all(word == word.lower() and len(word) >= 4 for word in words)
