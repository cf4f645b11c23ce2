"""Importers of Spring, rack-cors, Laravel and ASP.NET Core: what they really allowed; hostile text is no exception."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import pytest

from corsage.server import Policy
from corsage.server.importers.aspnet import from_aspnet
from corsage.server.importers.imported import Imported, Kind
from corsage.server.importers.laravel import from_laravel
from corsage.server.importers.rack_cors import from_rack_cors
from corsage.server.importers.spring import from_spring, from_spring_registry

if TYPE_CHECKING:
    from collections.abc import Callable


def says(imported: Imported) -> str:
    return "\n".join(
        f"{each.kind} {each.option}: {each.value}: {each.says} {each.instead} {each.witness}"
        for each in imported.report
    )


def dangers(imported: Imported) -> list[str]:
    return [each.option for each in imported.dangers]


WANTED: Final = Policy(
    origins=["https://a.example", "https://b.example"],
    methods=["PUT"],
    request_headers=["authorization"],
    exposed_headers=["x-total"],
    credentials=True,
    max_age=600,
)
PROPERTIES: Final = """
# server.port=1
server.port = 8080
management.endpoints.web.cors.allowed-origins=https://a.example,\\
    https://b.example/
management.endpoints.web.cors.allowed-methods: GET, HEAD, POST, PUT
management.endpoints.web.cors.allowedHeaders=Authorization
management.endpoints.web.cors.exposed_headers=X-Total
management.endpoints.web.cors.allow-credentials=true
management.endpoints.web.cors.max-age=10m
"""
OPTIONS: Final = {
    "allowedOrigins": ["https://a.example", "https://b.example"],
    "allowedMethods": ["GET", "HEAD", "POST", "PUT"],
    "allowedHeaders": "Authorization",
    "exposedHeaders": ["X-Total"],
    "allowCredentials": True,
    "maxAge": 600,
}


def gateway(**paths: object) -> dict[str, object]:
    return {"spring": {"cloud": {"gateway": {"globalcors": {"cors-configurations": paths}}}}}


def test_spring_is_read_in_all_its_ways() -> None:
    assert from_spring(PROPERTIES).policy == WANTED
    assert from_spring(OPTIONS).policy == WANTED
    assert from_spring(gateway(**{"[/**]": OPTIONS})).policy == WANTED
    flat = {
        "spring.cloud.gateway.globalcors.cors-configurations.[/**].allowed-origins[0]": "https://a.example",
        "spring.cloud.gateway.globalcors.cors-configurations.[/**].allowed-origins[1]": "https://b.example",
    }
    found = from_spring(flat).policy
    assert found is not None
    assert found.origins == WANTED.origins


def test_spring_has_policies_by_path() -> None:
    options = gateway(
        **{"[/api/**]": OPTIONS, "/x/*/{id}": {"allowedOrigins": "*"}, "[/a*.json]": {"maxAge": 5}}
    )
    found = from_spring(options)
    assert list(found.paths) == ["/api/*", "/x/{any1}/{id}"]
    assert "/a*.json: A policy has no such path" in says(found)
    assert "403" in says(found)


def test_springs_stars() -> None:
    assert dangers(from_spring({"allowedOriginPatterns": "*", "allowCredentials": "true"})) == [
        "allowedOriginPatterns"
    ]
    found = from_spring({"allowedOrigins": "*", "allowCredentials": True})
    assert "with 500" in says(found)
    assert found.values == {"origins": ["*"]}
    registry = from_spring_registry({})
    assert registry.values == {"origins": ["*"], "request_headers": ["*", "authorization"], "max_age": 1800}
    assert from_spring_registry({"origins": ["https://a.example"]}).values["origins"] == ["https://a.example"]
    assert from_spring({"allowedMethods": ["*"], "allowedOrigins": "*"}).values["methods"] == ["*"]


def test_springs_patterns() -> None:
    patterns = (
        "https://*.deep.example, http://localhost:[*],https://a.example:[8080,8443],https://*-pr.example.com"
    )
    found = from_spring({"allowedOriginPatterns": patterns})
    assert found.policy is not None
    assert found.policy.origins == (
        "https://*.deep.example",
        "http://localhost:*",
        "https://a.example:8080",
        "https://a.example:8443",
    )
    (expression,) = found.policy.origin_regexes
    assert expression.endswith("pr\\.example\\.com")


def test_spring_says_what_it_does_not_know() -> None:
    assert "perhaps maxAge was meant" in says(from_spring({**OPTIONS, "maxAg": 3}))
    assert "neither seconds nor a duration" in says(from_spring({**OPTIONS, "maxAge": "soon"}))
    assert from_spring({"server": {"port": 1}}).policy is None
    assert from_spring("server.port=1").policy is None


RUBY: Final = """
# origins 'https://no.example'
Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins 'https://a.example', # a comment
            'https://b.example'
    resource '*', headers: ['Authorization', 'Content-Type'], :methods => [:get, :head, :post, :put, :options],
             expose: %w[X-Total], credentials: true, max_age: 600
  end
end
"""


def test_rack_cors_is_read() -> None:
    found = from_rack_cors(RUBY)
    assert found.policy is not None
    assert found.policy.origins == WANTED.origins
    assert found.policy.methods == WANTED.methods
    assert set(found.policy.request_headers) == {"authorization", "content-type"}
    assert found.policy.exposed_headers == WANTED.exposed_headers
    assert found.policy.credentials
    assert found.policy.max_age == 600
    assert found.report == ()


def test_rack_cors_has_policies_by_path_and_code_that_is_not_run() -> None:
    found = from_rack_cors("""
      allow do
        origins 'localhost:3000', /example\\.org/, %r{\\Ahttps://pr-\\d+\\.example\\.com\\z}, ENV['FRONT'], "a#{b}"
        resource '/api/*', headers: :any, methods: :any, credentials: true
        resource '/files/:id', methods: [:get]
        resource '/if', methods: :get, if: proc { |env| true }
        resource '*.json', methods: :get
      end
      allow do
        origins '*'
        resource '/api/*', methods: :get
        resource '/public', headers: :any, methods: %i[get post], max_age: 0
      end
    """)
    assert list(found.paths) == ["/api/*", "/files/{id}", "/public"]
    api = found.paths["/api/*"]
    assert api["origins"] == ["http://localhost:3000"]
    assert api["methods"] == ["PUT", "PATCH", "DELETE"]
    assert found.paths["/public"] == {
        "origins": ["*"],
        "request_headers": ["*", "authorization"],
        "max_age": 0,
    }
    said = says(found)
    for words in (
        "evilexample.org",
        "ENV [ FRONT ]",
        "a#{b}",
        "/if",
        "*.json",
        "a path has one policy",
        "/apianything",
    ):
        assert words in said
    assert dangers(found)[:2] == ["origins[0]", "origins[1]"]


def test_rack_cors_star_with_credentials_never_ran() -> None:
    found = from_rack_cors("allow do\n origins '*'\n resource '*', credentials: true\nend")
    assert "ends the program" in says(found)
    assert found.values["origins"] == ["*"]
    assert "credentials" not in found.values


LARAVEL: Final = """<?php
use Illuminate\\Support\\Str;

return [
    /* 'paths' => ['no'], */
    'paths' => ['*'],
    'allowed_methods' => ['PUT'], // PUT alone
    'allowed_origins' => array('https://a.example', "https://b.example"),
    'allowed_origins_patterns' => [],
    'allowed_headers' => ['Authorization'],
    'exposed_headers' => ['X-Total'],
    'max_age' => 600,
    'supports_credentials' => true,
];
"""


def test_laravel_is_read() -> None:
    found = from_laravel(LARAVEL)
    assert found.policy == WANTED
    assert found.report == ()


def test_laravels_paths_code_and_expressions() -> None:
    found = from_laravel("""<?php return [
        'paths' => ['api/*', 'sanctum/csrf-cookie', '*.json'],
        'allowed_methods' => ['*'], 'allowed_headers' => ['*'],
        'allowed_origins' => [env('FRONT', 'x'), 'https://*.b.example', 'http://localhost:*'],
        'allowed_origins_patterns' => ['#^https://x\\.c\\.example$#i', '/d\\.example/', 'https://*.e'],
        'exposed_headers' => false, 'max_age' => 60 * 60, 'supports_credentials' => env('C', true),
        'allowed_orgins' => [],
    ];""")
    assert list(found.paths) == ["/api/*", "/sanctum/csrf-cookie"]
    api = found.paths["/api/*"]
    assert api["origins"] == ["https://*.b.example"]
    assert "http://localhost:[0-9]+" in str(api["origin_regexes"])
    assert "https://x\\.c\\.example" in found.policies.select("/api/x").origin_regexes  # type: ignore[union-attr]
    said = says(found)
    for words in (
        "env(FRONT,x)",
        "no delimiters",
        "60*60",
        "evild.example",
        "perhaps allowed_origins",
        "*.json",
    ):
        assert words in said


def test_laravels_star_with_credentials_let_everybody_in() -> None:
    found = from_laravel(
        "<?php return ['paths'=>['*'],'allowed_origins'=>['*'],'supports_credentials'=>true];"
    )
    assert dangers(found) == ["allowed_origins"]
    assert found.values == {"origins": ["*"], "max_age": 0}
    only = from_laravel("<?php return ['paths'=>['*'],'allowed_origins'=>['https://a.example']];")
    assert "sent to everybody" in says(only)
    assert from_laravel("<?php return ['paths' => []];").policy is None
    assert from_laravel("no array").policy is None


CSHARP: Final = """
builder.Services.AddCors(options =>
{
    options.AddPolicy("other", b => b.AllowAnyOrigin());
    options.AddDefaultPolicy(policy => policy
        // .AllowAnyOrigin()
        .WithOrigins("https://a.example", "https://b.example")
        .WithMethods("PUT").WithHeaders("Authorization").WithExposedHeaders("X-Total")
        .AllowCredentials().SetPreflightMaxAge(TimeSpan.FromMinutes(10)));
});
"""


def test_aspnet_is_read() -> None:
    found = from_aspnet(CSHARP)
    assert found.policy == WANTED
    assert [each.kind for each in found.report] == [Kind.LOST]


def test_aspnets_code_and_stars() -> None:
    everybody = from_aspnet('o.AddPolicy("x", p => p.SetIsOriginAllowed(_ => true).AllowCredentials())')
    assert dangers(everybody) == ["SetIsOriginAllowed"]
    assert everybody.values == {"origins": ["*"]}
    assert "throws an exception" in says(from_aspnet("p.AllowAnyOrigin().AllowCredentials()"))
    code = from_aspnet('p.WithOrigins(config["Front"], "https://a.example").SetIsOriginAllowed(o => o == x)')
    assert code.values == {"origins": ["https://a.example"]}
    assert 'config["Front"]' in says(code)
    assert "o => o == x" in says(code)
    array = from_aspnet('p.WithOrigins(new[] { "https://*.a.example" }).AllowAnyMethod().AllowAnyHeader()')
    assert "no origin was ever equal" in says(array)
    assert array.values["methods"] == ["*"]
    assert "TimeSpan.Zero" in says(from_aspnet("p.WithOrigins().SetPreflightMaxAge(TimeSpan.Zero)"))
    assert from_aspnet("nothing").policy is None


HOSTILE: Final = (
    "",
    "'" * 100_000,
    "/" * 100_000,
    "[" * 100_000,
    "(" * 100_000,
    "cors.allowedOrigins=" + "[a," * 30_000,
    "a.cors." * 20_000,
    "cors-configurations." * 9_000 + "allowedOrigins=x",
    "origins " * 20_000,
    "resource '*', methods: [" + ":a," * 20_000 + "]",
    "return [" * 20_000,
    "return ['paths'=>[" + "'a'," * 20_000,
    ".WithOrigins(" * 15_000,
    (".WithOrigins(" + "a" * 4_900 + "[") * 40,
    "allow do\norigins '\x00', /(/, %r{[}\nresource '*', max_age: 99999999999999999999\nend",
    "<?php return ['paths' => ['*'], 'allowed_origins' => ['\x00', 'null'], 'max_age' => 99999999999];",
    'p.WithOrigins("null", "\x00").SetPreflightMaxAge(TimeSpan.FromDays(999999999))',
    "x.cors.allowed-origins=null,\x00\nx.cors.max-age=999999999d",
)


@pytest.mark.parametrize("read", [from_spring, from_rack_cors, from_laravel, from_aspnet])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_no_exception(read: Callable[[str], Imported], text: str) -> None:
    began = time.perf_counter()
    found = read(text)
    assert time.perf_counter() - began < 5
    assert found.policy is None or "null" not in found.policy.origins


def test_odd_options_are_no_exception() -> None:
    for value in (None, 1, [1, None], {"a": 1}, "x" * 10_000):
        from_spring({"allowedOrigins": value, "allowedMethods": value, "maxAge": value})
        from_spring(gateway(**{"[/**]": {"allowedOrigins": value, "allowedHeaders": value}}))
