"""MinIO: one variable for the whole server. Its default lets in everyone, with credentials."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.services.fixed import fixed_lists
from corsage.stacks.told import Tell, ToldStack

# Nobody's: names under invalid are never registered.
_NOBODY: Final = "https://nobody.invalid"


class Minio(ToldStack):
    """An empty list cannot be written, for the default is the star."""

    name: ClassVar[str] = "minio"
    title: ClassVar[str] = "MinIO"
    kind: ClassVar[Kind] = Kind.STORAGE
    words: ClassVar[tuple[str, ...]] = ("minio", "min.io", "minio server")
    traits: ClassVar[frozenset[Trait]] = frozenset(
        {
            Trait.ANSWERS_PREFLIGHTS,
            Trait.REFLECTS_BY_DEFAULT,
            Trait.NEEDS_RELOAD,
            Trait.DROPS_ALL_WHEN_REFUSED,
        }
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://min.io/docs/minio/linux/reference/minio-server/settings/core.html",
        "https://github.com/minio/minio/blob/master/cmd/api-router.go",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "star",
            "The star, which is the default, sends back whatever origin asks, with credentials.",
            "List the origins in MINIO_API_CORS_ALLOW_ORIGIN.",
            re.compile(r"MINIO_API_CORS_ALLOW_ORIGIN[=:]\s*[\"']?\*"),
        ),
        Pitfall(
            "bucket-rules",
            "PutBucketCors does nothing in the community's edition: there are no rules of a bucket.",
            "Set the server's variable.",
            re.compile(r"put-bucket-cors|PutBucketCors|put_bucket_cors"),
        ),
        Pitfall(
            "clock-or-host",
            "A signed URL was made for another host than the page asks: 403 SignatureDoesNotMatch.",
            "Make it for the address that pages use (MINIO_SERVER_URL).",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.97, header="server", holds="minio"),
        Tell(0.8, header="x-minio-*"),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write the server's variable."""
        listed = listed_origins(policy, Entries(subdomains=True, ports=True))
        limits = [*listed.limits, *fixed_lists(policy, self.title, credentials=True)]
        if listed.everyone:
            return Rendered(self.name, (), limits=(*limits, _EVERYONE))
        entries = listed.entries or (_NOBODY,)
        if not listed.entries:
            limits.append(f"An empty list would be the star: {_NOBODY} stands for nobody.")
        text = f'MINIO_API_CORS_ALLOW_ORIGIN="{",".join(entries)}"\n'
        return Rendered(
            self.name, (File("/etc/default/minio", "sh", text),), _STEPS, tuple(limits), self.executed
        )


_EVERYONE: Final = (
    "The star, MinIO's default, sends back whatever origin asks, with credentials, which is more than the policy: put "
    "a proxy before it that sends Access-Control-Allow-Origin: *."
)
_STEPS: Final = (
    "Add the line, or set the variable where the container is started; it replaces the setting of the console and of "
    "mc admin config.",
    "systemctl restart minio",
)
