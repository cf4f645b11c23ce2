"""Amazon Cognito: its pages are for navigation, its API for the SDK."""

from typing import ClassVar

from corsage.stacks.base import Kind, Pitfall, Trait
from corsage.stacks.told import RecognisedStack, Tell


class Cognito(RecognisedStack):
    """Nothing about CORS can be configured."""

    name: ClassVar[str] = "cognito"
    title: ClassVar[str] = "Amazon Cognito"
    kind: ClassVar[Kind] = Kind.IDP
    words: ClassVar[tuple[str, ...]] = (
        "cognito",
        "aws cognito",
        "amazon cognito",
        "amazoncognito.com",
        "cognito-idp",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ERRORS_LOSE_HEADERS})
    sources: ClassVar[tuple[str, ...]] = (
        "https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html",
    )
    advice: ClassVar[str] = (
        "Navigate to Cognito's pages (/login, /oauth2/authorize, /logout) instead of fetching them; "
        "exchange the code at /oauth2/token with fetch, without a client secret. A Cognito authorizer"
        " of API Gateway must not guard OPTIONS."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "fetched-login",
            "A page fetches /oauth2/authorize or /login, or is redirected there by an API: those are "
            "pages, without CORS headers.",
            "Set location.href; let the API answer 401 instead of a redirect.",
        ),
        Pitfall(
            "authorizer-on-options",
            "A Cognito authorizer guards OPTIONS: preflights carry no token, and are answered 401.",
            "Take authorization off the OPTIONS method.",
        ),
        Pitfall(
            "callback-mismatch",
            "An address that is not among the callback URLs is refused with a page.",
            "List it, letter by letter.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.9, header="location", holds="amazoncognito.com"),
        Tell(0.9, header="x-amz-cognito-request-id"),
        Tell(0.6, bodies=("NotAuthorizedException",)),
    )
