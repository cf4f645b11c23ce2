"""Amazon S3: the rules of a bucket. Others that speak its protocol take the same rules."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.json_text import json_text
from corsage.stacks.leftovers import leftovers, nothing_to_render
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of, request_headers_of
from corsage.stacks.told import Tell, ToldStack

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "DELETE")
# What the clients of S3 set. The star itself would grant Authorization, too.
_CLIENTS_HEADERS: Final = ("cache-control", "content-*", "if-*", "range", "x-amz-*")


class S3(ToldStack):
    """Rules without a word on credentials: S3 sends the header with every named origin."""

    name: ClassVar[str] = "s3"
    title: ClassVar[str] = "Amazon S3"
    kind: ClassVar[Kind] = Kind.STORAGE
    words: ClassVar[tuple[str, ...]] = (
        "amazon s3",
        "aws s3",
        "s3 bucket",
        "s3 presigned",
        "s3.amazonaws.com",
        "amazonaws s3",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.DROPS_ALL_WHEN_REFUSED})
    order: ClassVar[str] = "The first rule whose origin, method and headers all match is the one that counts."
    sources: ClassVar[tuple[str, ...]] = (
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html",
        "https://docs.aws.amazon.com/AmazonS3/latest/API/API_CORSRule.html",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "options-is-no-method",
            "OPTIONS among AllowedMethods: S3 refuses the whole configuration, so the one before stays.",
            "Leave OPTIONS out: S3 answers preflights for the methods that are listed.",
            re.compile(r"\"OPTIONS\"|<AllowedMethod>\s*OPTIONS", re.IGNORECASE),
        ),
        Pitfall(
            "patch-is-no-method",
            "PATCH among AllowedMethods: S3 knows GET, HEAD, PUT, POST and DELETE alone, and refuses the rest.",
            "Leave PATCH out; S3 has no such operation.",
            re.compile(r"\"PATCH\"|<AllowedMethod>\s*PATCH", re.IGNORECASE),
        ),
        Pitfall(
            "trailing-slash",
            "An origin with a slash at its end never equals the one that a browser sends.",
            "Write scheme, host and port, and nothing behind them.",
            re.compile(r"\"https?://[^\"/]+/\"|<AllowedOrigin>\s*https?://[^</]+/"),
        ),
        Pitfall(
            "star-in-exposed-headers",
            "A star in ExposeHeaders: S3 refuses the configuration.",
            "Name the headers: ETag, x-amz-version-id.",
            re.compile(r"\"ExposeHeaders?\"\s*:\s*\[\s*\"\*|<ExposeHeader>\s*\*"),
        ),
        Pitfall(
            "etag-not-exposed",
            "Uploads in parts read ETag from each answer, and no rule exposes it.",
            'Add "ETag" to ExposeHeaders.',
        ),
        Pitfall(
            "presigned-headers",
            "A header that the signature of an upload covers, such as Content-Type or x-amz-acl, is not among "
            "AllowedHeaders: the preflight is answered 403.",
            "List every header that the page sets on the upload.",
        ),
        Pitfall(
            "no-vary-without-origin",
            "Without Origin S3 answers without CORS headers and without Vary: a cache gives that answer to pages.",
            "Let the cache forward Origin and keep its answers apart by it.",
        ),
        Pitfall(
            "region-redirect",
            "A bucket asked at another region's address, or at the global one while it is new, answers a redirect, "
            "which no preflight may follow.",
            "Ask at the address of the bucket's own region.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.97, header="server", holds="amazons3"),
        Tell(0.95, bodies=("<Code>AccessForbidden</Code>", "CORSResponse")),
        Tell(0.8, header="x-amz-id-2"),
        Tell(0.6, header="x-amz-bucket-region"),
        Tell(0.6, bodies=("<Error><Code>", "<HostId>")),
    )
    unless: ClassVar[tuple[Tell, ...]] = (Tell(1.0, header="server", holds="minio"),)

    def render(self, policy: Policy) -> Rendered:
        """Write one rule: with several, the first that matches would hide the others."""
        listed = listed_origins(policy, Entries(subdomains=True, ports=True))
        limits = [*listed.limits]
        rule: dict[str, object] = {
            "AllowedOrigins": list(listed.entries),
            "AllowedMethods": _methods(policy, limits),
        }
        headers = _headers(policy, limits)
        if headers:
            rule["AllowedHeaders"] = headers
        if is_any(policy.exposed_headers):
            limits.append(
                'ExposeHeaders takes no star: name the headers that the pages read, "ETag" for one.'
            )
        elif policy.exposed_headers:
            rule["ExposeHeaders"] = list(exposed_headers_of(policy))
        if policy.max_age is not None:
            rule["MaxAgeSeconds"] = max(policy.max_age, 0)
        limits += _always(policy, everyone=listed.everyone)
        limits += leftovers(policy)
        if not listed.entries:
            return nothing_to_render(
                self.name, tuple(limits), "Remove what is there: aws s3api delete-bucket-cors --bucket BUCKET"
            )
        text = json_text({"CORSRules": [rule]})
        return Rendered(self.name, (File("cors.json", "json", text),), _STEPS, tuple(limits), self.executed)


def _methods(policy: Policy, limits: list[str]) -> list[str]:
    wanted = methods_of(policy)
    lost = [each for each in wanted if each not in METHODS]
    if lost:
        limits.append(f"S3 allows no other methods than {', '.join(METHODS)}: without {', '.join(lost)}.")
    return [each for each in METHODS if each in wanted]


def _headers(policy: Policy, limits: list[str]) -> list[str]:
    if not is_any(policy.request_headers):
        return list(request_headers_of(policy))
    if "authorization" in policy.request_headers:
        return ["*"]
    limits.append(
        "S3's star would grant Authorization, too, which the policy's does not: the headers that clients of S3 set "
        "are listed instead. Add the others that your pages set."
    )
    return list(_CLIENTS_HEADERS)


def _always(policy: Policy, *, everyone: bool) -> list[str]:
    found = [
        "S3 sends Vary and CORS headers on answers to requests with Origin alone: a cache before it must keep "
        "answers apart by Origin."
    ]
    if not everyone and not policy.credentials:
        found.append(
            "S3 sends Access-Control-Allow-Credentials: true with every named origin; that cannot be switched off. It "
            "reads no cookies itself; something before the bucket that does must remove the header."
        )
    return found


_STEPS: Final = (
    "It replaces all rules of the bucket: aws s3api get-bucket-cors --bucket BUCKET shows those that there are.",
    "aws s3api put-bucket-cors --bucket BUCKET --cors-configuration file://cors.json",
    "The console's field, Permissions, Cross-origin resource sharing, takes the list alone: what stands in the "
    "brackets of CORSRules.",
    "Before the bucket, a cache must forward Origin, Access-Control-Request-Method and "
    "Access-Control-Request-Headers, and let OPTIONS through; then empty it.",
)
