"""Programs whose options go straight to Starlette's ``CORSMiddleware``, and what that makes of them."""

from corsage.server import Policy
from corsage.stacks.origins import Origins
from corsage.stacks.parts import is_any

# Starlette's own, which no policy can take away.
_ALWAYS = (
    "Starlette grants Accept, Accept-Language, Content-Language and Content-Type to every allowed origin."
)


def shell_quoted(text: str) -> str:
    """Quote *text* for a POSIX shell."""
    return "'" + text.replace("'", "'\"'\"'") + "'"


def expression_of(origins: Origins) -> str | None:
    """Return one expression for what the list of origins cannot say; Starlette matches whole origins with it."""
    if not origins.expressions:
        return None
    return "|".join(f"(?:{each})" for each in origins.expressions)


def always(policy: Policy) -> tuple[str, ...]:
    """Say what Starlette does beyond *policy*."""
    return () if is_any(policy.request_headers) or "content-type" in policy.request_headers else (_ALWAYS,)
