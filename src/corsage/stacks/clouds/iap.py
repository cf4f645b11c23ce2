"""Google's Identity-Aware Proxy: a login before the application."""

from typing import ClassVar

from corsage.stacks.base import Kind, Pitfall, Trait
from corsage.stacks.told import RecognisedStack, Tell


class IdentityAwareProxy(RecognisedStack):
    """Preflights have no cookie: it must be told to let them pass."""

    name: ClassVar[str] = "iap"
    title: ClassVar[str] = "Google Identity-Aware Proxy"
    kind: ClassVar[Kind] = Kind.GATEWAY
    words: ClassVar[tuple[str, ...]] = (
        "identity-aware proxy",
        "identity aware proxy",
        "google iap",
        "gcp iap",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ERRORS_LOSE_HEADERS})
    sources: ClassVar[tuple[str, ...]] = ("https://cloud.google.com/iap/docs/customizing#http-options",)
    advice: ClassVar[str] = (
        "Let preflights pass: corsSettings.allowHttpOptions: true in the access settings of IAP "
        "(gcloud iap settings set); then the application answers them. Requests need credentials: "
        "'include' and an exact origin."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "options-refused",
            "Preflights carry no cookie and are answered by IAP, 401 or a redirect to a login.",
            "accessSettings: corsSettings: allowHttpOptions: true.",
        ),
        Pitfall(
            "session-expired",
            "After an hour the session needs a refresh, and fetch is redirected to a login of another"
            " origin.",
            "Refresh it in a hidden window (gcp-iap-mode=DO_SESSION_REFRESH), or navigate.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, header="x-goog-iap-generated-response"),
        Tell(0.85, header="location", holds="accounts.google.com/o/oauth2"),
        Tell(0.85, bodies=("Invalid IAP credentials",)),
    )
