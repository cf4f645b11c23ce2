"""The servers of a demonstration, and the play of one scene on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from corsage.server import CompiledPolicy, Policy, compile_policy
from demo.check import Checked, check
from demo.page import PAGE_HEADERS, page_source
from demo.places import Places
from demo.ports import listeners, nobody, port_of
from demo.scene import Answer, Scene
from demo.server import Table, serving

PAGE_PORT: Final = 3000
API_PORT: Final = 8080


@dataclass(frozen=True, slots=True)
class Stage:
    """Page and API, running.

    Attributes:
        places: their addresses.
        api: what the API answers.
        page: what the page's server answers.
    """

    places: Places
    api: Table
    page: Table

    def set(self, scene: Scene) -> None:
        """Let the API behave as *scene* has it, and the page make its request."""
        self.api.answers = {key: self._filled(answer) for key, answer in scene.answers.items()}
        self.api.policy = self._policy(scene)
        source = page_source(scene, self.places)
        self.page.answers = {"GET /": Answer(headers=PAGE_HEADERS, body=source)}

    def play(self, scene: Scene, *, color: bool) -> Checked:
        """Set the scene, and let ``corsage check`` ask what the page asks."""
        self.set(scene)
        fill = self.places.fill
        request = tuple(fill(argument) for argument in scene.request)
        return check(fill(scene.url), fill(scene.origin), request, color=color)

    def _policy(self, scene: Scene) -> CompiledPolicy | None:
        if not scene.origins:
            return None
        origins = [self.places.fill(origin) for origin in scene.origins]
        return compile_policy(
            Policy(origins=origins, methods=["PUT"], request_headers=["Content-Type"], credentials=True)
        )

    def _filled(self, answer: Answer) -> Answer:
        return replace(
            answer, headers=tuple((name, self.places.fill(value)) for name, value in answer.headers)
        )


@contextmanager
def stage() -> Iterator[Stage]:
    """Start page and API as long as the context lasts."""
    page_sockets, api_sockets = listeners(PAGE_PORT), listeners(API_PORT)
    closed_sockets = nobody()
    places = Places(port_of(page_sockets), port_of(api_sockets), port_of(closed_sockets))
    found = Stage(places, Table(), Table())
    try:
        with serving(found.page, page_sockets), serving(found.api, api_sockets):
            yield found
    finally:
        for each in closed_sockets:
            each.close()
