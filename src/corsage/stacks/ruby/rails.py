"""Ruby on Rails with rack-cors."""

from typing import ClassVar

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Rendered, Trait
from corsage.stacks.leftovers import leftovers
from corsage.stacks.ruby.pitfalls import PITFALLS
from corsage.stacks.ruby.source import rack_cors_block
from corsage.stacks.told import Tell, ToldStack


class Rails(ToldStack):
    """Rails behind rack-cors."""

    name = "rails"
    title = "Ruby on Rails with rack-cors"
    kind = Kind.APP
    words = (
        "rails",
        "ruby on rails",
        "rails api",
        "devise",
        "actioncable",
        "action cable",
        "puma",
        "passenger",
    )
    traits = frozenset(
        {
            Trait.FIRST_LISTED_OUTERMOST,
            Trait.ANSWERS_PREFLIGHTS,
            Trait.DROPS_ALL_WHEN_REFUSED,
            Trait.NEEDS_RELOAD,
            Trait.WEBSOCKET_CHECK,
        }
    )
    executed = "Rails 6.1, rack-cors 1.1"
    pitfalls = PITFALLS
    order = "At the very front: insert_before 0, before Warden, Rack::Cache and what serves static files."
    sources = ("https://github.com/cyu/rack-cors", "https://guides.rubyonrails.org/rails_on_rack.html")
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.6, header="x-runtime"),
        Tell(0.9, header="server", holds="phusion passenger"),
        Tell(0.8, header="x-powered-by", holds="phusion passenger"),
        Tell(0.95, bodies=("ActionController::RoutingError",)),
        Tell(0.95, bodies=("Action Controller: Exception caught",)),
        Tell(0.9, bodies=("The page you were looking for doesn't exist (404)",)),
        Tell(0.9, bodies=("We're sorry, but something went wrong (500)",)),
        Tell(0.9, bodies=("ActionDispatch::HostAuthorization",)),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as an initializer."""
        block, limits = rack_cors_block(policy)
        text = f"Rails.application.config.middleware.insert_before 0, Rack::Cors do\n{block}end\n"
        return Rendered(
            self.name,
            (File("config/initializers/cors.rb", "ruby", text),),
            (
                "Put gem 'rack-cors' into the Gemfile, and bundle install. The file replaces what stands there.",
                "Take out headers that controllers set themselves, and routes for OPTIONS.",
                "Start again: initializers are read once. bin/rails middleware must show Rack::Cors first.",
            ),
            (*limits, *leftovers(policy)),
            self.executed,
        )
