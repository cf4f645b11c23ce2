"""AWS AppSync: it answers with the star by itself."""

from typing import ClassVar

from corsage.stacks.base import Kind, Pitfall, Trait
from corsage.stacks.told import RecognisedStack, Tell


class AppSync(RecognisedStack):
    """Nothing about CORS can be configured."""

    name: ClassVar[str] = "appsync"
    title: ClassVar[str] = "AWS AppSync"
    kind: ClassVar[Kind] = Kind.GATEWAY
    words: ClassVar[tuple[str, ...]] = (
        "appsync",
        "aws appsync",
        "appsync-api",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS})
    sources: ClassVar[tuple[str, ...]] = (
        "https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html",
    )
    advice: ClassVar[str] = (
        "AppSync allows every origin by itself, without credentials: send the token in Authorization "
        "or x-api-key, not in a cookie. For an exact list of origins put CloudFront or API Gateway "
        "before it."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "cookies",
            "credentials: 'include' fails: the star does not go with it.",
            "Leave credentials out; send the token in a header.",
        ),
        Pitfall(
            "wrong-address",
            "The address lacks /graphql, or is that of another region: what answers is no AppSync.",
            "Copy the address from the API's settings.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.85, header="x-amzn-appsync-tokensconsumed"),
        Tell(
            0.8,
            bodies=(
                "UnauthorizedException",
                "errorType",
            ),
        ),
    )
