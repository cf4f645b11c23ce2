using System.Text.RegularExpressions;

var builder = WebApplication.CreateBuilder(args);
var allowedOrigins = new Regex(@"^https://""[a-z]+\.example$", RegexOptions.CultureInvariant);
builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
    .SetIsOriginAllowed(origin => allowedOrigins.IsMatch(origin))
    .WithMethods("GET", "HEAD", "POST", "X'Y", "M-`")
    .WithHeaders("x-'$|")
    .SetPreflightMaxAge(TimeSpan.FromSeconds(0))));
builder.Services.AddProblemDetails();
// Your own services.

var app = builder.Build();
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
app.UseExceptionHandler();
app.UseRouting();
app.UseCors();
// Where you have them.
app.UseAuthentication();
app.UseAuthorization();
// Your own endpoints.

app.Run();
