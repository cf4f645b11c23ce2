"""Whose hosts are whose: the names under which clouds, platforms and tunnels run what is not theirs.

A table of its own, so that a URL is looked up without loading a single stack.
"""

from typing import Final

# What the host ends with, to the stack's name; the longest counts.
HOSTS: Final = {
    ".s3.amazonaws.com": "s3",
    ".amazonaws.com": "s3",  # bucket.s3.region.amazonaws.com; what is not a bucket's stands below
    ".execute-api.amazonaws.com": "api-gateway-http",
    ".lambda-url.on.aws": "lambda-url",
    ".on.aws": "lambda-url",
    ".cloudfront.net": "cloudfront",
    ".appsync-api.amazonaws.com": "appsync",
    ".amazoncognito.com": "cognito",
    ".storage.googleapis.com": "gcs",
    ".firebasestorage.googleapis.com": "gcs",
    ".cloudfunctions.net": "firebase",
    ".web.app": "firebase",
    ".firebaseapp.com": "firebase",
    ".run.app": "cloud-run",
    ".script.google.com": "apps-script",
    ".azurewebsites.net": "azure-app-service",
    ".blob.core.windows.net": "azure-blob",
    ".workers.dev": "cloudflare-workers",
    ".pages.dev": "cloudflare-workers",
    ".cloudflareaccess.com": "cloudflare-access",
    ".vercel.app": "vercel",
    ".now.sh": "vercel",
    ".netlify.app": "netlify",
    ".netlify.com": "netlify",
    ".supabase.co": "supabase",
    ".supabase.in": "supabase",
    ".herokuapp.com": "heroku",
    ".onrender.com": "render",
    ".railway.app": "railway",
    ".github.io": "github-pages",
    ".app.github.dev": "dev-tunnels",
    ".githubpreview.dev": "dev-tunnels",
    ".devtunnels.ms": "dev-tunnels",
    ".gitpod.io": "dev-tunnels",
    ".ngrok.io": "ngrok",
    ".ngrok.app": "ngrok",
    ".ngrok-free.app": "ngrok",
    ".ngrok-free.dev": "ngrok",
    ".loca.lt": "localtunnel",
    ".auth0.com": "auth0",
    ".okta.com": "okta",
    ".oktapreview.com": "okta",
    ".login.microsoftonline.com": "entra-id",
}
_LONGEST_HOST: Final = 253


def stack_of_host(host: str) -> str | None:
    """Return the name of the stack that runs *host*; ``None`` where it is nobody's."""
    rest = f".{host.lower()}"
    if len(rest) > _LONGEST_HOST:
        return None
    if ".execute-api." in rest:
        return "api-gateway-http"
    if ".lambda-url." in rest:
        return "lambda-url"
    while rest:
        if rest in HOSTS:
            name = HOSTS[rest]
            return name if name != "s3" or ".s3" in f".{host.lower()}" else None
        _, dot, rest = rest[1:].partition(".")
        rest = dot + rest
    return None
