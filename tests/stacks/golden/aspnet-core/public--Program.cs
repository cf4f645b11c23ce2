var builder = WebApplication.CreateBuilder(args);
builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
    .AllowAnyOrigin()
    .WithMethods("GET", "HEAD", "POST", "PUT", "DELETE")
    .WithHeaders("x-token")
    .WithExposedHeaders("x-total")
    .SetPreflightMaxAge(TimeSpan.FromSeconds(3600))));
builder.Services.AddProblemDetails();
// Your own services.

var app = builder.Build();
app.UseExceptionHandler();
app.UseRouting();
app.UseCors();
// Where you have them.
app.UseAuthentication();
app.UseAuthorization();
// Your own endpoints.

app.Run();
