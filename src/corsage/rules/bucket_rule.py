"""CORS452: bucket rule."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.model.symptom import Symptom
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_HINTS: Final = (
    "gsutil",
    "method *",
    "method: *",
    "responseheader",
    "allowedmethods",
    "allowedmethod",
    "cors rule",
    "bucket cors",
    "corsrules",
    "bucket policy",
)
_BUCKET: Final = (
    "bucket",
    "gsutil",
    "signed url",
    "blob storage",
    "gcs",
    "spaces",
    "object storage",
)
_BUCKET_2: Final = (
    "bucket",
    "gsutil",
    "signed url",
    "blob storage",
    "gcs",
    "spaces",
    "object storage",
)
_AGAINST: Final = (
    "disable cache",
    "hard refresh",
    "cached",
    "random",
    "first",
    "age:",
    "x-cache",
)


class BucketRule(DiagnosisRule):
    """Bucket rule."""

    code = "CORS452"
    name = "bucket-rule"
    root_cause = RootCause.STORAGE_CORS_CONFIG
    layer = "storage"
    what = (
        "The bucket's CORS configuration lacks the method, the origin or the header, or uses a wildcard "
        "that it does not know."
    )
    why = (
        "Buckets answer CORS by their own rules: the first that matches counts, and where none does there"
        " is no header. Google Cloud Storage knows no * for methods, and its responseHeader list is that "
        "of the allowed request headers as well."
    )
    fix = (
        "Write a rule with the page's exact origin, the methods used (PUT for signed uploads, POST for "
        "forms) and the headers by name; set it on this very bucket, and wait a moment."
    )
    verify = (
        "Ask the object's URL with OPTIONS, Origin, Access-Control-Request-Method and -Headers: the "
        "answer repeats them."
    )
    question = (
        "What does the bucket's CORS configuration say, in full, and which method and headers does the "
        "request use?"
    )
    snippet = True
    sources = (
        "https://cloud.google.com/storage/docs/cross-origin",
        "https://learn.microsoft.com/rest/api/storageservices/cross-origin-resource-sharing--cors--support-for-the-azure-storage-services",
    )
    bad = report(
        method="PUT",
        headers={"Content-Type": "image/png"},
        notes="gsutil cors get: origin *, method *, responseHeader *",
        preflight=(200, {}),
        stack=["Google Cloud Storage"],
    )
    good = report(
        method="PUT",
        headers={"Content-Type": "image/png"},
        preflight=(403, {}),
        notes="AllowedHeader Authorization only",
        stack=["AWS S3"],
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        bucket = "storage" in case.kinds or case.said(*_BUCKET)
        if not bucket:
            return
        if case.noted(*_HINTS):
            yield Weight(0.6, "the bucket's rule is spoken of")
        if case.message(Cause.METHOD_DISALLOWED) or case.noted(
            "put only", "get only", "post", "allows put", "allows get", "method"
        ):
            yield Weight(0.4, "the method is in question")
        if case.on_preflight or case.message(Cause.MISSING_ALLOW_ORIGIN):
            yield Weight(0.35, "a bucket answers, and its rules are its own")
        if case.uses("google cloud storage", "gcs", "firebase storage", "azure blob"):
            yield Weight(0.3, "this storage has rules of its own")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        bucket = "storage" in case.kinds or case.said(*_BUCKET_2)
        if not bucket:
            return
        if case.noted("etag", "expose") or case.message(Symptom.UNEXPOSED_RESPONSE_HEADER):
            yield Weight(-0.7, "a response's header is wanted")
        if case.noted(*_AGAINST) or case.actual.headers.get("x-cache"):
            yield Weight(-0.6, "a cache plays a part")
        if case.noted("allowedheader", "allowed header", "authorization only"):
            yield Weight(-0.4, "the rule's list of headers is at fault")
        if case.preflight_status in range(300, 400) or case.message(Cause.PREFLIGHT_DISALLOWED_REDIRECT):
            yield Weight(-0.8, "the bucket redirects")
