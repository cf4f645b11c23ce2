"""Google Cloud Run and App Engine: Google's front end before one's own application."""

from typing import ClassVar

from corsage.stacks.base import Kind, Pitfall, Trait
from corsage.stacks.told import RecognisedStack, Tell


class CloudRun(RecognisedStack):
    """The front end refuses without CORS headers."""

    name: ClassVar[str] = "cloud-run"
    title: ClassVar[str] = "Google Cloud Run"
    kind: ClassVar[Kind] = Kind.PLATFORM
    words: ClassVar[tuple[str, ...]] = (
        "cloud run",
        "google cloud run",
        "gcp cloud run",
        "run.app",
        "app engine",
        "google app engine",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ERRORS_LOSE_HEADERS})
    sources: ClassVar[tuple[str, ...]] = (
        "https://cloud.google.com/run/docs/authenticating/public",
        "https://cloud.google.com/run/quotas",
    )
    advice: ClassVar[str] = (
        "The application does CORS: take the configuration for its framework. The service must be "
        "public (allUsers has roles/run.invoker), for preflights carry no token."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "not-public",
            "The service may be invoked by nobody without a token: preflights are answered 403 by "
            "Google's front end.",
            "gcloud run services add-iam-policy-binding NAME --member=allUsers "
            "--role=roles/run.invoker, and check users in the application.",
        ),
        Pitfall(
            "container-failed",
            "503 and 429 of the front end have no CORS headers: the container failed, or there were "
            "none left.",
            "Read the log of the revision.",
        ),
        Pitfall(
            "too-large",
            "More than 32 MiB over HTTP/1 are answered 413 without CORS headers.",
            "Upload to a bucket with a signed URL.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.6, header="server", holds="google frontend"),
        Tell(0.4, header="x-cloud-trace-context"),
        Tell(0.7, bodies=("The request was not authenticated. Either allow unauthenticated invocations",)),
    )
