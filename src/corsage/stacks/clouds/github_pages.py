"""GitHub Pages and raw files of GitHub: a star for everybody, no preflights."""

from typing import ClassVar

from corsage.stacks.base import Kind, Pitfall, Trait
from corsage.stacks.told import RecognisedStack, Tell


class GitHubPages(RecognisedStack):
    """Nothing can be configured."""

    name: ClassVar[str] = "github-pages"
    title: ClassVar[str] = "GitHub Pages"
    kind: ClassVar[Kind] = Kind.PLATFORM
    words: ClassVar[tuple[str, ...]] = (
        "github pages",
        "github.io",
        "raw.githubusercontent.com",
        "githubusercontent",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.CACHES, Trait.NO_PREFLIGHT})
    sources: ClassVar[tuple[str, ...]] = ("https://docs.github.com/en/pages",)
    advice: ClassVar[str] = (
        "GitHub sends Access-Control-Allow-Origin: * by itself and answers no preflights: ask with "
        "GET, without headers of your own and without credentials. Anything else needs another host."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "preflight",
            "A header of one's own (Authorization, Content-Type: application/json) makes a preflight,"
            " which is answered 405 or 403.",
            "Ask without it; use api.github.com for what needs a token.",
        ),
        Pitfall(
            "release-downloads",
            "Downloads of releases redirect to another host, and lack the header at one step or another.",
            "Serve the file from Pages, or through a server of your own.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.9, header="x-github-request-id"),
        Tell(0.9, header="server", holds="github.com"),
        Tell(0.8, bodies=("There isn't a GitHub Pages site here.",)),
    )
