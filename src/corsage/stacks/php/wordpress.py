"""WordPress: its REST API lets every origin in by itself, with credentials."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import NOT_EXECUTED, File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.leftovers import leftovers
from corsage.stacks.php.code import KNOWN, cors_code
from corsage.stacks.php.pitfalls import PITFALLS
from corsage.stacks.told import Tell, ToldStack

_HEAD: Final = """<?php
/**
 * Plugin Name: CORS
 */
declare(strict_types=1);

// WordPress sends back every origin, with credentials, on each answer of its REST API.
add_action('rest_api_init', static function (): void {
    remove_filter('rest_pre_serve_request', 'rest_send_cors_headers');
}, 15);

"""
_NOT_REMOVED = Pitfall(
    "own-headers-stay",
    "Headers are added while WordPress' own stay: it sends back every origin, with credentials.",
    "Remove the filter rest_send_cors_headers first.",
    lambda text: (
        re.search(r"add_(?:action|filter)\([^\n]{0,80}rest_(?:api_init|pre_serve)", text) is not None
        and "Access-Control-Allow-Origin" in text
        and "rest_send_cors_headers" not in text
    ),
)


class WordPress(ToldStack):
    """WordPress and WooCommerce."""

    name = "wordpress"
    title = "WordPress"
    kind = Kind.APP
    words = ("wordpress", "wp-json", "woocommerce", "wp rest api", "elementor", "wp-graphql")
    traits = frozenset({Trait.HEADERS_FROM_CODE, Trait.REFLECTS_BY_DEFAULT})
    executed = NOT_EXECUTED
    pitfalls = (_NOT_REMOVED, *PITFALLS)
    order = "As a must-use plugin: those are loaded before all others and before the REST API answers."
    sources = (
        "https://developer.wordpress.org/reference/functions/rest_send_cors_headers/",
        "https://developer.wordpress.org/advanced-administration/plugins/mu-plugins/",
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, header="link", holds="https://api.w.org/"),
        Tell(0.8, header="x-wp-total"),
        Tell(0.8, header="x-wp-nonce"),
        Tell(0.6, header="x-pingback", holds="xmlrpc.php"),
        Tell(0.9, header="set-cookie", holds="wordpress_"),
        Tell(0.9, bodies=('"code":"rest_',)),
        Tell(0.8, bodies=("/wp-content/",)),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as a must-use plugin."""
        code, limits = cors_code(policy)
        return Rendered(
            self.name,
            (File("wp-content/mu-plugins/cors.php", "php", f"{_HEAD}{code}"),),
            (
                "Make the folder mu-plugins where there is none. The plugin is active at once.",
                "Take out headers of CORS from .htaccess, functions.php and other plugins: each must be sent once.",
                "Pages that a cache plugin answers, and files of wp-content, go past PHP: the web server must send "
                "their headers.",
            ),
            (*limits, *leftovers(policy, *KNOWN)),
            self.executed,
        )
