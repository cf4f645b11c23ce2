"""Pitfalls of Java's stacks."""

from __future__ import annotations

from typing import Final

import pytest
from tests.stacks.linting import check_all_tried, check_hostile, check_own_texts, check_pitfall

STACKS: Final = ("spring-boot", "spring-webflux", "spring-gateway", "tomcat")


def filtered(**values: str) -> str:
    parameters = "".join(
        f"<init-param><param-name>cors.{name.replace('_', '.')}</param-name>"
        f"<param-value>{value}</param-value></init-param>"
        for name, value in values.items()
    )
    return f"<filter-class>org.apache.catalina.filters.CorsFilter</filter-class>{parameters}"


SPRING: Final = """
http.cors(withDefaults());
cors.setAllowedOrigins(List.of("https://app.example", "https://b.example"));
cors.setAllowCredentials(true);
registry.addMapping("/**"); // @CrossOrigin is not needed
class Security { SecurityFilterChain chain; }
"""
TOMCAT: Final = filtered(
    allowed_origins="https://a.example,https://b.example",
    allowed_methods="GET,PUT",
    allowed_headers="Authorization",
    support_credentials="true",
)
CASES: Final = {
    ("spring-boot", "star-with-credentials"): (
        'registry.addMapping("/**").allowedOrigins("*").allowCredentials(true);',
        SPRING,
    ),
    ("spring-gateway", "star-with-credentials"): ('allowedOrigins: "*"\nallowCredentials: true', SPRING),
    ("spring-webflux", "star-with-credentials"): (
        "allowed-origins: '*'\nallow-credentials: true",
        "allowed-origins: 'https://a.example'\nallow-credentials: true",
    ),
    ("spring-boot", "any-pattern-with-credentials"): (
        'c.setAllowedOriginPatterns(List.of("*")); c.setAllowCredentials(true);',
        'c.setAllowedOriginPatterns(List.of("https://*.a.example")); c.setAllowCredentials(true);',
    ),
    ("spring-boot", "security-in-front"): (
        "@CrossOrigin class A {} class B { SecurityFilterChain c(HttpSecurity http) {} }",
        SPRING,
    ),
    ("spring-boot", "cors-disabled"): ("http.cors().disable().csrf().disable()", SPRING),
    ("spring-webflux", "cors-disabled"): ("http.cors(AbstractHttpConfigurer::disable)", SPRING),
    ("spring-boot", "joined-origins"): ('.allowedOrigins("https://a.example,https://b.example")', SPRING),
    ("spring-boot", "websocket-open"): (
        'registry.addEndpoint("/ws").setAllowedOriginPatterns("*").withSockJS();',
        'registry.addEndpoint("/ws").setAllowedOrigins("https://app.example").withSockJS();',
    ),
    ("spring-gateway", "gateway-preflights"): (
        "globalcors:\n  cors-configurations:\n",
        "globalcors:\n  add-to-simple-url-handler-mapping: true\n  cors-configurations:\n",
    ),
    ("tomcat", "star-with-credentials"): (
        filtered(allowed_origins="*", support_credentials="true"),
        TOMCAT,
    ),
    ("tomcat", "wildcard"): (filtered(allowed_origins="https://*.a.example"), TOMCAT),
    ("tomcat", "trailing-slash"): (filtered(allowed_origins="https://a.example/, https://b.example"), TOMCAT),
    ("tomcat", "authorization-left-out"): (filtered(allowed_headers="Content-Type"), TOMCAT),
    ("tomcat", "methods-left-out"): (filtered(allowed_methods="GET,POST"), TOMCAT),
}


@pytest.mark.parametrize(("stack", "pitfall"), CASES)
def test_it_is_seen(stack: str, pitfall: str) -> None:
    check_pitfall(stack, pitfall, *CASES[stack, pitfall])


def test_all_are_tried() -> None:
    check_all_tried(STACKS, CASES)


@pytest.mark.parametrize("stack", STACKS)
def test_what_we_write_has_none(stack: str) -> None:
    if stack != "tomcat":
        check_own_texts(stack)
    check_hostile(stack)
