"""Sinatra, Grape, Roda and whatever else stands on Rack, with rack-cors."""

from typing import ClassVar

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Rendered, Trait
from corsage.stacks.leftovers import leftovers
from corsage.stacks.ruby.pitfalls import PITFALLS
from corsage.stacks.ruby.source import rack_cors_block
from corsage.stacks.told import Tell, ToldStack


class Rack(ToldStack):
    """Rack behind rack-cors."""

    name = "rack"
    title = "Rack (Sinatra, Grape, Roda) with rack-cors"
    kind = Kind.APP
    words = ("rack-cors", "rack::cors", "sinatra", "grape api", "roda", "hanami", "webrick")
    traits = frozenset(
        {
            Trait.FIRST_LISTED_OUTERMOST,
            Trait.ANSWERS_PREFLIGHTS,
            Trait.DROPS_ALL_WHEN_REFUSED,
            Trait.ERRORS_LOSE_HEADERS,
            Trait.NEEDS_RELOAD,
        }
    )
    executed = "Sinatra 3.0, rack-cors 1.1, Puma 5.6"
    pitfalls = PITFALLS
    order = "First in config.ru, before authentication and sessions."
    sources = ("https://github.com/cyu/rack-cors",)
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, header="x-rack-cors"),
        Tell(0.7, header="x-cascade", holds="pass"),
        Tell(0.7, header="server", holds="webrick"),
        Tell(0.95, bodies=("know this ditty", "Sinatra")),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as the beginning of ``config.ru``."""
        block, limits = rack_cors_block(policy)
        text = f"require 'rack/cors'\n\nuse Rack::Cors do\n{block}end\n"
        return Rendered(
            self.name,
            (File("config.ru", "ruby", text),),
            (
                "Put gem 'rack-cors' into the Gemfile, and bundle install. This stands first in config.ru, before run.",
                "What is raised through Rack::Cors the server answers, without CORS headers: let the application "
                "answer its errors itself (Sinatra: set :raise_errors, false and set :show_exceptions, false).",
                "Take out headers and options routes that the application sets itself, and start again.",
            ),
            (*limits, *leftovers(policy)),
            self.executed,
        )
