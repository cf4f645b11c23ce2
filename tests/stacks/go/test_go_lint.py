"""Pitfalls of Go's stacks."""

from __future__ import annotations

from typing import Final

import pytest
from tests.stacks.linting import check_all_tried, check_hostile, check_own_texts, check_pitfall

STACKS: Final = ("go", "go-jub0bs", "gin", "echo", "chi")
LIST: Final = 'cors.Options{AllowedOrigins: []string{"https://app.example"}, AllowedHeaders: []string{"x-a"}}'
CASES: Final = {
    ("go", "trailing-slash"): (
        'cors.New(cors.Options{AllowedOrigins: []string{"https://b.example", "https://app.example/"}})',
        LIST,
    ),
    ("gin", "star-with-credentials"): (
        "cors.Config{AllowAllOrigins: true, AllowCredentials: true}",
        "cors.Config{AllowAllOrigins: true}",
    ),
    ("echo", "star-with-credentials"): (
        'AllowOrigins: []string{"*"}, AllowCredentials: true',
        'AllowOrigins: []string{"https://a.example"}, AllowCredentials: true',
    ),
    ("go", "router-middleware"): (
        'import "github.com/gorilla/mux"\nrouter.Use(cors.Default().Handler)',
        'import "github.com/gorilla/mux"\nhttp.ListenAndServe(":1", cors.Default().Handler(router))',
    ),
    ("go", "defaults"): ('import "github.com/rs/cors"\nh := cors.Default().Handler(mux)', LIST),
    ("go", "headers-left-out"): ('cors.Options{AllowedOrigins: []string{"https://app.example"}}', LIST),
    ("chi", "in-a-group"): (
        'import "github.com/go-chi/cors"\nr.Route("/api", func(r chi.Router) { r.Use(cors.Handler(o)) })',
        'import "github.com/go-chi/cors"\nr.Use(cors.Handler(o))\nr.Route("/api", api)',
    ),
    ("gin", "after-routes"): (
        'r.GET("/ok", ok)\nr.Use(cors.New(config))',
        'r.Use(cors.New(config))\nr.GET("/ok", ok)',
    ),
    ("gin", "in-a-group"): (
        'api := r.Group("/api")\napi.Use(cors.New(config))',
        'r.Use(cors.New(config))\napi := r.Group("/api")',
    ),
    ("echo", "headers-left-out"): (
        'middleware.CORSConfig{AllowOrigins: []string{"https://a.example"}}',
        'middleware.CORSConfig{AllowOrigins: []string{"https://a.example"}, AllowHeaders: []string{"x-a"}}',
    ),
    ("echo", "origins-left-out"): (
        "e.Use(middleware.CORS())",
        'CORSConfig{AllowOrigins: []string{"https://a.b"}}',
    ),
    ("chi", "websocket-open"): (
        "websocket.Upgrader{CheckOrigin: func(r *http.Request) bool { return true }}",
        'websocket.Upgrader{CheckOrigin: func(r *http.Request) bool { return r.Host == "a" }}',
    ),
    ("go", "websocket-open"): (
        "u.CheckOrigin = func(r *http.Request) bool { return true }",
        "u.CheckOrigin = check",
    ),
    ("go-jub0bs", "error-ignored"): (
        'import "github.com/jub0bs/cors"\nmw, _ := cors.NewMiddleware(cors.Config{})',
        'import "github.com/jub0bs/cors"\nmw, err := cors.NewMiddleware(cors.Config{})',
    ),
}


@pytest.mark.parametrize(("stack", "pitfall"), CASES)
def test_it_is_seen(stack: str, pitfall: str) -> None:
    check_pitfall(stack, pitfall, *CASES[stack, pitfall])


def test_all_are_tried() -> None:
    check_all_tried(STACKS, CASES)


@pytest.mark.parametrize("stack", STACKS)
def test_what_we_write_has_none(stack: str) -> None:
    check_own_texts(stack)
    check_hostile(stack)
