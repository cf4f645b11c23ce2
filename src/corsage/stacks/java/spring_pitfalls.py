"""Mistakes in Spring's configurations, and what its answers look like."""

import re
from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.told import Tell

_CREDENTIALS: Final = re.compile(
    r"allow-?credentials(?:\(\s{0,5}true|\s{0,5}[:=]\s{0,5}[\"']?true)", re.IGNORECASE
)
_STAR: Final = re.compile(
    r"(?:allowed-?origins|addAllowedOrigin|origins)(?:\(|\s{0,5}[:=])\s{0,5}(?:List\.of\(|Arrays\.asList\(|"
    r"Collections\.singletonList\(|\{)?\s{0,5}[\"']\*",
    re.IGNORECASE,
)
_STAR_PATTERN: Final = re.compile(
    r"(?:allowed-?origin-?patterns|addAllowedOriginPattern)(?:\(|\s{0,5}[:=])\s{0,5}(?:List\.of\(|Arrays\.asList\(|"
    r"Collections\.singletonList\()?\s{0,5}[\"']\*[\"']",
    re.IGNORECASE,
)
_JOINED: Final = re.compile(
    r"(?:allowedOrigins|addAllowedOrigin|AllowedOrigins)\(\s{0,5}(?:List\.of\(|Arrays\.asList\()?\s{0,5}"
    r"\"[a-z]{2,10}://[^\",\n]{1,255},\s{0,5}[a-z]{2,10}://"
)

PITFALLS: Final = (
    Pitfall(
        "star-with-credentials",
        "allowedOrigins * with allowCredentials: Spring answers with an IllegalArgumentException, so with 500.",
        "List the origins, or use allowedOriginPatterns with your own domain.",
        lambda text: _STAR.search(text) is not None and _CREDENTIALS.search(text) is not None,
    ),
    Pitfall(
        "any-pattern-with-credentials",
        "allowedOriginPatterns * with allowCredentials sends back every origin: any site can read as the user.",
        "List the origins, or a pattern with your own domain: https://*.example.com.",
        lambda text: _STAR_PATTERN.search(text) is not None and _CREDENTIALS.search(text) is not None,
    ),
    Pitfall(
        "security-in-front",
        "Spring Security answers preflights 401 or 403 before Spring MVC's mappings and @CrossOrigin are asked.",
        "Add http.cors(Customizer.withDefaults()) to the SecurityFilterChain.",
        lambda text: (
            re.search(r"addCorsMappings|@CrossOrigin", text) is not None
            and re.search(r"SecurityFilterChain|WebSecurityConfigurerAdapter|EnableWebSecurity", text)
            is not None
            and ".cors(" not in text
        ),
    ),
    Pitfall(
        "cors-disabled",
        "cors().disable() takes CORS out of Spring Security: preflights without a token are refused.",
        "Write http.cors(Customizer.withDefaults()), and a CorsConfigurationSource.",
        re.compile(
            r"\.cors\(\)\s{0,40}\.disable\(\)|\.cors\(\s{0,5}(?:AbstractHttpConfigurer|CorsConfigurer)::disable"
        ),
    ),
    Pitfall(
        "joined-origins",
        "One text holds several origins: Spring of old compares it as a whole, and it matches none.",
        "Give each origin a text of its own.",
        _JOINED,
    ),
    Pitfall(
        "websocket-open",
        "A WebSocket endpoint allows every origin: any site can open it as the user who visits the site.",
        "List the origins at addEndpoint or addHandler; without a list the host's own pages are allowed.",
        re.compile(
            r"\.add(?:Endpoint|Handler)\([^()]{0,200}\)\s{0,200}\.setAllowedOrigin(?:Pattern)?s\(\s{0,5}\"\*\"\s{0,5}\)"
        ),
    ),
    Pitfall(
        "gateway-preflights",
        "The gateway's globalcors holds for routes alone: a preflight that no route matches is answered without it.",
        "Set add-to-simple-url-handler-mapping: true.",
        lambda text: (
            re.search(r"globalcors|globalCors", text) is not None
            and re.search(r"add-to-simple-url-handler-mapping|addToSimpleUrlHandlerMapping", text) is None
        ),
    ),
)

TELLS: Final[tuple[Tell, ...]] = (
    Tell(0.95, bodies=("Whitelabel Error Page",)),
    Tell(0.9, bodies=("Invalid CORS request",), status=403),
    Tell(0.85, bodies=('"timestamp":', '"status":', '"error":', '"path":')),
    Tell(0.9, header="x-application-context"),
    Tell(0.9, bodies=("org.springframework.",)),
    Tell(0.5, header="cache-control", holds="no-cache, no-store, max-age=0, must-revalidate"),
)
