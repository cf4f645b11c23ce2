"""Laravel's config/cors.php, which HandleCors reads: fruitcake's library, since Laravel 7."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import NOT_EXECUTED, File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.leftovers import leftovers
from corsage.stacks.narrowed import lower_case_lost, named_headers
from corsage.stacks.parts import exposed_headers_of, is_any, methods_of
from corsage.stacks.php.source import pcre_of, php_list
from corsage.stacks.shared_syntax import carried_over
from corsage.stacks.told import Tell, ToldStack

_STAR = r"'allowed_origins'\s{0,10}=>\s{0,10}\[\s{0,10}['\"]\*"
_PITFALLS: Final = (
    Pitfall(
        "star-with-credentials",
        "With supports_credentials the star of allowed_origins sends back every origin: any site can read as the user.",
        "List the origins that need cookies.",
        lambda text: (
            re.search(_STAR, text) is not None
            and re.search(r"'supports_credentials'\s{0,10}=>\s{0,10}true", text) is not None
        ),
    ),
    Pitfall(
        "trailing-slash",
        "An allowed origin ends with a slash. Browsers send none, and the text is compared as it is.",
        "Write scheme, host and port alone: 'https://app.example'.",
        re.compile(r"'allowed_origins'\s{0,10}=>\s{0,10}\[[^\]]{0,2000}?://[^'\"/\s\]]{1,255}/['\"]"),
    ),
    Pitfall(
        "pattern-without-delimiters",
        "allowed_origins_patterns are expressions of PCRE: without delimiters preg_match warns, and allows nobody.",
        "Write '~\\Ahttps://[a-z0-9-]+\\.example\\.com\\z~'.",
        re.compile(r"'allowed_origins_patterns'\s{0,10}=>\s{0,10}\[\s{0,20}['\"](?:https?:|\*|\^)"),
    ),
    Pitfall(
        "empty-pattern",
        "An empty text among the patterns makes preg_match warn on every request.",
        "Leave the list empty.",
        re.compile(r"'allowed_origins_patterns'\s{0,10}=>\s{0,10}\[\s{0,20}(?:''|\"\")"),
    ),
    Pitfall(
        "paths-too-narrow",
        "Only the api routes have CORS: neither login and logout nor sanctum/csrf-cookie have.",
        "Add the paths that pages ask for: 'login', 'logout', 'sanctum/csrf-cookie'.",
        re.compile(r"'paths'\s{0,10}=>\s{0,10}\[\s{0,20}['\"]api/\*['\"]\s{0,5},?\s{0,20}\]"),
    ),
    Pitfall(
        "headers-beside-the-library",
        "A middleware of one's own sets the headers, too: with HandleCors there are two, and browsers refuse both.",
        "Take it out, and configure config/cors.php.",
        re.compile(r"->(?:header|headers->set)\(\s{0,5}['\"]Access-Control-Allow-Origin", re.IGNORECASE),
    ),
)


class Laravel(ToldStack):
    """Laravel 7 and later."""

    name = "laravel"
    title = "Laravel"
    kind = Kind.APP
    words = (
        "laravel",
        "fruitcake/laravel-cors",
        "fruitcake/php-cors",
        "laravel-cors",
        "sanctum",
        "lumen",
        "barryvdh",
    )
    traits = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.FIRST_LISTED_OUTERMOST, Trait.NEEDS_RELOAD})
    executed = NOT_EXECUTED
    pitfalls = _PITFALLS
    order = "HandleCors is global middleware, right after TrustProxies: it is there already, where nobody took it out."
    sources = ("https://laravel.com/docs/routing#cors", "https://github.com/fruitcake/php-cors")
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, header="set-cookie", holds="laravel_session="),
        Tell(0.6, header="set-cookie", holds="xsrf-token="),
        Tell(0.95, bodies=("Illuminate\\",)),
        Tell(0.95, bodies=("Illuminate\\\\",)),
        Tell(0.6, bodies=('{"message":"Unauthenticated."}',), status=401),
        Tell(0.7, bodies=('"message":"CSRF token mismatch."',), status=419),
        Tell(0.6, bodies=("Whoops, looks like something went wrong.",)),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as config/cors.php."""
        carried = carried_over(policy)
        origins = carried.origins
        # Sent back as it was asked for, one by one: just what the star means.
        methods = ("*",) if is_any(policy.methods) else methods_of(policy)
        headers, lost_headers = named_headers(policy)
        age = "null" if policy.max_age is None else str(max(policy.max_age, 0))
        text = (
            "<?php\n\nreturn [\n"
            "    'paths' => ['*'],\n"
            f"    'allowed_methods' => {php_list(methods)},\n"
            f"    'allowed_origins' => {php_list(['*'] if origins.everyone else origins.exact)},\n"
            f"    'allowed_origins_patterns' => {php_list(pcre_of(origins))},\n"
            f"    'allowed_headers' => {php_list(headers)},\n"
            f"    'exposed_headers' => {php_list(exposed_headers_of(policy))},\n"
            f"    'max_age' => {age},\n"
            f"    'supports_credentials' => {'true' if policy.credentials else 'false'},\n"
            "];\n"
        )
        return Rendered(
            self.name,
            (File("config/cors.php", "php", text),),
            (
                "It replaces the whole file; where there is none: php artisan config:publish cors.",
                "php artisan config:clear, or the old one stays in the cache; then start workers of Octane again.",
                "Take out headers of CORS that middleware of your own or .htaccess sets: each must be sent once.",
            ),
            (*carried.limits, *lower_case_lost(methods), *lost_headers, *leftovers(policy)),
            self.executed,
        )
