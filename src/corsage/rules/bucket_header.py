"""CORS451: The bucket's CORS rule does not list a request header, so that it refuses the preflight."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_SAID: Final = (
    "allowedheader",
    "allowed header",
    "allowheaders",
    "allowed_headers",
    "authorization only",
    ("header", "bucket"),
    "x-amz",
    ("content-type", "rule"),
    ("cors", "header"),
)
_S3: Final = (
    "s3",
    "presigned",
    "minio",
    "digitalocean spaces",
    "backblaze",
    "wasabi",
    "cloudflare r2",
    "bucket",
    "localstack",
)
_S3_2: Final = (
    "s3",
    "presigned",
    "minio",
    "digitalocean spaces",
    "backblaze",
    "wasabi",
    "cloudflare r2",
    "bucket",
    "localstack",
)


class BucketHeader(DiagnosisRule):
    """Bucket header."""

    code = "CORS451"
    name = "bucket-header"
    root_cause = RootCause.S3_ALLOWED_HEADER
    layer = "storage"
    what = "The bucket's CORS rule does not list a request header, so that it refuses the preflight."
    why = (
        "S3 answers a preflight only if one rule has the origin, the method and every header asked for. "
        "Otherwise it is 403 without CORS headers, and the browser speaks of a missing "
        "Access-Control-Allow-Origin. The default rule lists Authorization alone."
    )
    fix = (
        "Add the header to AllowedHeaders of the bucket's rule: Content-Type, and for presigned uploads "
        "x-amz-*; or * where the bucket is for uploads of your pages only."
    )
    verify = (
        "curl -si -X OPTIONS with Origin, Access-Control-Request-Method: PUT and "
        "Access-Control-Request-Headers: content-type answers 200."
    )
    question = "Which AllowedHeaders has the bucket's rule, and which headers does the upload set?"
    snippet = True
    sources = ("https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html",)
    bad = report(
        method="PUT",
        headers={"Content-Type": "image/png"},
        preflight=(403, {}),
        notes="bucket rule has AllowedHeader Authorization",
        stack=["AWS S3"],
    )
    good = report(
        method="PUT",
        headers={"Content-Type": "image/png"},
        preflight=(403, {}),
        notes="bucket allows GET only",
        stack=["Google Cloud Storage"],
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        s3 = "s3" in case.stacks or case.said(*_S3)
        if not s3:
            return
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.7, f"the notes say: {said}")
        custom = [name for name in case.headers.names() if name not in ("accept", "origin")]
        if custom and (
            case.on_preflight or case.message(Cause.MISSING_ALLOW_ORIGIN, Cause.HEADER_DISALLOWED)
        ):
            yield Weight(0.6, f"the upload sets {', '.join(custom[:3])}, which the bucket's rule must list")
        message = case.message(Cause.HEADER_DISALLOWED)
        if message:
            yield Weight(0.5, f"the browser names {message.parameter}")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        s3 = "s3" in case.stacks or case.said(*_S3_2)
        if not s3:
            return
        if case.noted("gcs", "google cloud storage", "gsutil", "azure") or case.uses(
            "google cloud storage", "gcs", "azure"
        ):
            yield Weight(-0.8, "the bucket is not S3's")
        if case.noted(
            "allowedheaders *",
            "allowedheader *",
            "allowedheaders: *",
            "real s3 works",
            "allowedheaders ['*']",
        ):
            yield Weight(-0.6, "the rule lists every header")
        if case.noted("etag", "expose"):
            yield Weight(-0.7, "a response's header is wanted")
        if case.preflight_status in range(300, 400) or case.message(Cause.PREFLIGHT_DISALLOWED_REDIRECT):
            yield Weight(-0.8, "the bucket redirects")
