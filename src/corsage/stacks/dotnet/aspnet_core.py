"""ASP.NET Core's CORS middleware, in Program.cs."""

import json
from collections.abc import Iterable, Iterator
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import NOT_EXECUTED, File, Kind, Rendered, Trait
from corsage.stacks.dotnet.pitfalls import PITFALLS
from corsage.stacks.leftovers import leftovers
from corsage.stacks.narrowed import named_headers
from corsage.stacks.origins import Origins, whole_expression
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of
from corsage.stacks.shared_syntax import carried_over
from corsage.stacks.told import Tell, ToldStack

_VARY: Final = """\
// The library leaves Vary out where it refuses, and where there is no Origin: caches must know all the same.
app.Use((context, next) =>
{
    context.Response.OnStarting(() =>
    {
        context.Response.Headers.Append("Vary", "Origin");
        return Task.CompletedTask;
    });
    return next(context);
});
"""
_ORDER: Final = """\
app.UseExceptionHandler();
app.UseRouting();
app.UseCors();
// Where you have them.
app.UseAuthentication();
app.UseAuthorization();
"""


class AspNetCore(ToldStack):
    """ASP.NET Core, on Kestrel or IIS."""

    name = "aspnet-core"
    title = "ASP.NET Core"
    kind = Kind.APP
    words = (
        "asp.net",
        "asp.net core",
        "aspnet",
        "aspnetcore",
        "dotnet",
        "kestrel",
        "web api 2",
        "signalr",
        "blazor",
        "internet information services",
        "microsoft-iis",
        "iis express",
    )
    traits = frozenset({Trait.BETWEEN_ROUTING_AND_AUTH, Trait.ANSWERS_PREFLIGHTS, Trait.ERRORS_LOSE_HEADERS})
    executed = NOT_EXECUTED
    pitfalls = PITFALLS
    order = "After UseExceptionHandler and UseRouting, before UseAuthentication, UseAuthorization and caches."
    sources = ("https://learn.microsoft.com/aspnet/core/security/cors",)
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, header="server", holds="kestrel"),
        Tell(0.6, header="server", holds="microsoft-iis"),
        Tell(0.9, header="x-powered-by", holds="asp.net"),
        Tell(0.95, header="x-aspnet-version"),
        Tell(0.95, header="x-aspnetmvc-version"),
        Tell(0.8, bodies=('"traceId":"00-',)),
        Tell(0.9, header="set-cookie", holds=".aspnetcore."),
        Tell(0.9, header="set-cookie", holds="asp.net_sessionid"),
        Tell(0.9, bodies=("Server Error in '/' Application",)),
        Tell(0.9, bodies=("Microsoft.AspNetCore.",)),
        Tell(0.8, bodies=("No HTTP resource was found that matches the request URI",)),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as the parts of Program.cs that have to do with it."""
        carried = carried_over(policy)
        origins = carried.origins
        headers, lost = named_headers(policy)
        calls = "".join(f"\n    .{call}" for call in _calls(policy, origins, headers))
        matcher, using = _matcher(origins)
        text = (
            f"{using}"
            "var builder = WebApplication.CreateBuilder(args);\n"
            f"{matcher}"
            f"builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy{calls}));\n"
            "builder.Services.AddProblemDetails();\n"
            "// Your own services.\n\n"
            "var app = builder.Build();\n"
            f"{'' if origins.everyone else _VARY}"
            f"{_ORDER}"
            "// Your own endpoints.\n\n"
            "app.Run();\n"
        )
        return Rendered(
            self.name,
            (File("Program.cs", "csharp", text),),
            (
                "Put the parts into the Program.cs that you have. The order of the lines with app.Use counts.",
                "UseExceptionHandler() without an address needs .NET 8; what it answers has CORS headers, too.",
                "Take out other calls of UseCors, [EnableCors] and headers that web.config or handlers add.",
                "On IIS take out WebDAVModule and OPTIONSVerbHandler, which answer OPTIONS themselves.",
                "Build and start again.",
            ),
            (*carried.limits, *lost, *leftovers(policy)),
            self.executed,
        )


def _matcher(origins: Origins) -> tuple[str, str]:
    whole = whole_expression(origins) if origins.expressions else None
    if whole is None:
        return "", ""
    quoted = whole.replace('"', '""')
    using = "using System.Text.RegularExpressions;\n\n"
    return f'var allowedOrigins = new Regex(@"{quoted}", RegexOptions.CultureInvariant);\n', using


def _calls(policy: Policy, origins: Origins, headers: tuple[str, ...]) -> Iterator[str]:
    if origins.everyone:
        yield "AllowAnyOrigin()"
    elif origins.expressions:
        yield "SetIsOriginAllowed(origin => allowedOrigins.IsMatch(origin))"
    else:
        yield f"WithOrigins({_texts(origins.exact)})"
    yield "AllowAnyMethod()" if is_any(policy.methods) else f"WithMethods({_texts(methods_of(policy))})"
    if headers == ("*",):
        yield "AllowAnyHeader()"
    elif headers:
        yield f"WithHeaders({_texts(headers)})"
    exposed = exposed_headers_of(policy)
    if exposed:
        yield f"WithExposedHeaders({_texts(exposed)})"
    if policy.credentials:
        yield "AllowCredentials()"
    if policy.max_age is not None:
        yield f"SetPreflightMaxAge(TimeSpan.FromSeconds({max(policy.max_age, 0)}))"


def _texts(names: Iterable[str]) -> str:
    return ", ".join(map(json.dumps, names))
