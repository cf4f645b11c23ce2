"""Pitfalls of ASP.NET Core."""

from __future__ import annotations

from typing import Final

import pytest
from tests.stacks.linting import check_all_tried, check_hostile, check_own_texts, check_pitfall

GOOD: Final = """
builder.Services.AddCors(o => o.AddDefaultPolicy(p => p.WithOrigins("https://a.example").AllowCredentials()));
var app = builder.Build();
app.UseRouting();
app.UseCors();
app.UseHttpsRedirection();
app.UseResponseCaching();
app.UseAuthentication();
app.UseAuthorization();
app.MapControllers();
"""
BAD: Final = {
    "any-origin-with-credentials": "p.AllowAnyOrigin().AllowCredentials()",
    "every-origin-with-credentials": "p.SetIsOriginAllowed(_ => true).AllowCredentials()",
    "trailing-slash": 'p.WithOrigins("https://b.example", "https://a.example/")',
    "joined-origins": 'p.WithOrigins("https://a.example,https://b.example")',
    "after-authorization": "app.UseRouting(); app.UseAuthorization(); app.UseCors();",
    "before-routing": "app.UseCors(); app.UseRouting();",
    "after-endpoints": "app.MapControllers(); app.UseCors();",
    "redirected-preflight": "app.UseHttpsRedirection(); app.UseCors();",
    "not-used": "builder.Services.AddCors(o => {}); var app = builder.Build(); app.Run();",
    "cached-first": "app.UseResponseCaching(); app.UseCors();",
    "headers-in-web-config": '<add name="Access-Control-Allow-Origin" value="*" />',
}


@pytest.mark.parametrize("pitfall", BAD)
def test_it_is_seen(pitfall: str) -> None:
    check_pitfall("aspnet-core", pitfall, BAD[pitfall], GOOD)


def test_all_are_tried() -> None:
    check_all_tried(("aspnet-core",), {("aspnet-core", name): ("", "") for name in BAD})


def test_what_we_write_has_none() -> None:
    check_own_texts("aspnet-core")
    check_hostile("aspnet-core")
