"""Google Cloud Storage: the CORS configuration of a bucket."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.json_text import json_text
from corsage.stacks.leftovers import leftovers, nothing_to_render
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of, request_headers_of
from corsage.stacks.told import Tell, ToldStack

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")


class GoogleCloudStorage(ToldStack):
    """One list of headers for both directions: what pages may set and what they may read."""

    name: ClassVar[str] = "gcs"
    title: ClassVar[str] = "Google Cloud Storage"
    kind: ClassVar[Kind] = Kind.STORAGE
    words: ClassVar[tuple[str, ...]] = (
        "google cloud storage",
        "cloud storage bucket",
        "firebase storage",
        "storage.googleapis.com",
        "firebasestorage.googleapis.com",
        "gsutil",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset(
        {Trait.ANSWERS_PREFLIGHTS, Trait.DROPS_ALL_WHEN_REFUSED, Trait.CACHES}
    )
    order: ClassVar[str] = "The first entry whose origin and method both match is the one that counts."
    sources: ClassVar[tuple[str, ...]] = (
        "https://cloud.google.com/storage/docs/cross-origin",
        "https://cloud.google.com/storage/docs/using-cors",
        "https://cloud.google.com/storage/docs/cors-configurations",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "star-method",
            "A star among the methods: the reference permits it, and yet buckets were seen to allow nothing by it.",
            'Name them: "method": ["GET", "HEAD", "PUT"].',
            re.compile(r"\"method\"\s*:\s*\[[^\]]{0,200}\"\*\""),
        ),
        Pitfall(
            "options-method",
            "OPTIONS among the methods does nothing: preflights are answered for the methods that are listed.",
            "Leave it out, and list the method that the page uses.",
            re.compile(r"\"method\"\s*:\s*\[[^\]]{0,200}\"OPTIONS\"", re.IGNORECASE),
        ),
        Pitfall(
            "s3-keys",
            "AllowedOrigins and its like are the words of S3; Cloud Storage has origin, method, responseHeader and "
            "maxAgeSeconds.",
            "Write a list of objects with those four.",
            re.compile(r"\"Allowed(?:Origin|Method|Header)s?\""),
        ),
        Pitfall(
            "trailing-slash",
            "An origin with a slash or a path at its end never equals the one that a browser sends.",
            "Write scheme, host and port, and nothing behind them.",
            re.compile(r"\"https?://[^\"/]+/[^\"]*\""),
        ),
        Pitfall(
            "response-header-is-for-requests-too",
            "Headers that the page sets on an upload (Content-Type, x-goog-resumable) are not in responseHeader, which "
            "is the list for both directions.",
            "Add every header that the page sets to responseHeader.",
        ),
        Pitfall(
            "authenticated-browser-downloads",
            "storage.cloud.google.com redirects to a login and never answers with CORS headers.",
            "Ask storage.googleapis.com, with a signed URL or a token.",
            re.compile(r"storage\.cloud\.google\.com"),
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, header="x-guploader-uploadid"),
        Tell(0.9, header="x-goog-generation"),
        Tell(0.9, header="x-goog-storage-class"),
        Tell(0.9, header="x-goog-stored-content-length"),
        Tell(0.7, header="server", holds="uploadserver"),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write one entry: with several, the first that matches would hide the others."""
        listed = listed_origins(policy, Entries())
        limits = [*listed.limits]
        wanted = methods_of(policy)
        lost = [each for each in wanted if each not in METHODS]
        if lost:
            limits.append(
                f"Cloud Storage has no other methods than {', '.join(METHODS)}: without {', '.join(lost)}."
            )
        entry: dict[str, object] = {
            "origin": list(listed.entries),
            "method": [each for each in METHODS if each in wanted],
        }
        headers = _headers(policy, limits)
        if headers:
            entry["responseHeader"] = headers
        if policy.max_age is not None:
            entry["maxAgeSeconds"] = max(policy.max_age, 0)
        if policy.credentials:
            limits.append(
                "Cloud Storage sends no Access-Control-Allow-Credentials: pages ask it without cookies."
            )
        limits += leftovers(policy)
        if not listed.entries:
            step = "Remove what is there: gcloud storage buckets update gs://BUCKET --clear-cors"
            return nothing_to_render(self.name, tuple(limits), step)
        file = File("cors.json", "json", json_text([entry]))
        return Rendered(self.name, (file,), _STEPS, tuple(limits), self.executed)


def _headers(policy: Policy, limits: list[str]) -> list[str]:
    request, exposed = request_headers_of(policy), exposed_headers_of(policy)
    if is_any(policy.request_headers) or is_any(policy.exposed_headers):
        limits.append(
            "The star of a list of headers is left out: Cloud Storage's would grant Authorization, too."
        )
    request = tuple(each for each in request if each != "*")
    exposed = tuple(each for each in exposed if each != "*")
    if set(request) != set(exposed):
        limits.append(
            "responseHeader is the list for both directions: pages may also read the headers that they may set, and "
            "set those that they may read."
        )
    return list(dict.fromkeys([*request, *exposed]))


_STEPS: Final = (
    "gcloud storage buckets update gs://BUCKET --cors-file=cors.json replaces what the bucket has.",
    'Check it: gcloud storage buckets describe gs://BUCKET --format="default(cors_config)"',
    "Browsers and caches keep what they were told before: try again without the cache, or after maxAgeSeconds.",
)
