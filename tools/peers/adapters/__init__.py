"""The peers, one file each: how each is configured and how its application is written."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from peers.setup import Setup
from peers.wire import Send

Build = Callable[[Setup], Send]


@dataclass(frozen=True, slots=True)
class Peer:
    """One column.

    Attributes:
        name: the file that knows it.
        packages: whose versions are shown; all must be installed.
    """

    name: str
    packages: tuple[str, ...]

    def versions(self) -> list[str]:
        """Return each package with its version.

        Raises:
            PackageNotFoundError: one is not installed.
        """
        return [f"{package} {version(package)}" for package in self.packages]

    @property
    def missing(self) -> str | None:
        """The first package that is not installed."""
        try:
            self.versions()
        except PackageNotFoundError as error:
            return error.name
        return None

    def build(self) -> Build:
        """Import what the peer needs; return how it is set up."""
        found: Build = import_module(f"peers.adapters.{self.name}").build
        return found


PEERS: Final = (
    Peer("starlette", ("starlette",)),
    Peer("fastapi", ("fastapi", "starlette")),
    Peer("flask", ("flask-cors", "flask")),
    Peer("django", ("django-cors-headers", "django")),
    Peer("aiohttp", ("aiohttp-cors", "aiohttp")),
    Peer("litestar", ("litestar",)),
    Peer("sanic", ("sanic-ext", "sanic")),
    Peer("falcon", ("falcon",)),
    Peer("quart", ("quart-cors", "quart")),
)
OURS: Final = Peer("corsage_asgi", ("corsage",))
OURS_WSGI: Final = Peer("corsage_wsgi", ("corsage",))
