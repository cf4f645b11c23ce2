"""Apache Tomcat's own CorsFilter, in web.xml."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.java.source import xml_text
from corsage.stacks.leftovers import leftovers
from corsage.stacks.narrowed import named_methods, no_zero_age
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.parts import exposed_headers_of, is_any
from corsage.stacks.told import Tell, ToldStack

_CLASS: Final = "org.apache.catalina.filters.CorsFilter"
_EVERY_HEADER: Final = (
    "Every header is not to be had: the filter compares names, and takes * for one. Some usual ones are listed; add "
    "those that your pages set."
)
_USUAL: Final = ("accept", "content-type", "x-requested-with")
_PITFALLS: Final = (
    Pitfall(
        "star-with-credentials",
        "With credentials and the star the filter does not start, and the application with it.",
        "List the origins that need cookies.",
        lambda text: (
            _value(text, "cors.allowed.origins") == "*" and _value(text, "cors.support.credentials") == "true"
        ),
    ),
    Pitfall(
        "wildcard",
        "The filter compares origins as they are: an entry with a wildcard matches none.",
        "List the origins, each with scheme, host and port.",
        lambda text: re.search(r"\*\.|:\*", _value(text, "cors.allowed.origins")) is not None,
    ),
    Pitfall(
        "trailing-slash",
        "An allowed origin ends with a slash. Browsers send none, and the text is compared as it is.",
        "Write scheme, host and port alone.",
        lambda text: any(
            each.strip().endswith("/") for each in _value(text, "cors.allowed.origins").split(",")
        ),
    ),
    Pitfall(
        "authorization-left-out",
        "Preflights that ask for Authorization are answered 403: cors.allowed.headers does not name it.",
        "Add Authorization to cors.allowed.headers.",
        lambda text: _CLASS in text and "authorization" not in _value(text, "cors.allowed.headers").lower(),
    ),
    Pitfall(
        "methods-left-out",
        "PUT, PATCH and DELETE are answered 403, on actual requests too: cors.allowed.methods names none of them.",
        "Add the methods to cors.allowed.methods.",
        lambda text: (
            _CLASS in text and not re.search(r"PUT|PATCH|DELETE|\*", _value(text, "cors.allowed.methods"))
        ),
    ),
)


def _value(text: str, name: str) -> str:
    """Return the value of an init-param; empty where there is none."""
    beginning = text.find(f"<param-name>{name}</param-name>")
    start = text.find("<param-value>", beginning) if beginning >= 0 else -1
    end = text.find("</param-value>", start) if start >= 0 else -1
    return text[start + len("<param-value>") : end].strip() if end >= 0 else ""


class Tomcat(ToldStack):
    """Tomcat behind its CorsFilter."""

    name = "tomcat"
    title = "Apache Tomcat"
    kind = Kind.APP
    words = ("tomcat", "apache tomcat", "corsfilter", "web.xml", "servlet filter", "tomee")
    traits = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.REFUSES_STRANGERS, Trait.NEEDS_RELOAD})
    executed = "Tomcat 10.1"
    pitfalls = _PITFALLS
    order = "The first filter-mapping of web.xml: filters run in the order of their mappings."
    sources = ("https://tomcat.apache.org/tomcat-10.1-doc/config/filter.html#CORS_Filter",)
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.95, bodies=("<h3>Apache Tomcat/",)),
        Tell(0.9, bodies=("HTTP Status 4", "<b>Type</b> Status Report")),
        Tell(0.9, bodies=("HTTP Status 5", "<b>Type</b> Exception Report")),
        Tell(0.9, header="server", holds="apache-coyote"),
        Tell(0.9, header="server", holds="apache tomcat"),
        Tell(0.4, header="set-cookie", holds="jsessionid="),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as a filter and its mapping."""
        origins = listed_origins(policy, Entries())
        methods, lost_methods = named_methods(policy)
        headers, lost_headers = _headers(policy)
        parameters = {
            "cors.allowed.origins": ",".join(origins.entries),
            "cors.allowed.methods": ",".join(methods),
            "cors.allowed.headers": ",".join(headers),
            "cors.exposed.headers": ",".join(exposed_headers_of(policy)),
            "cors.support.credentials": str(policy.credentials).lower(),
            # The filter's own is half an hour; 0 leaves it to browsers.
            "cors.preflight.maxage": str(max(policy.max_age or 0, 0)),
        }
        lines = "".join(
            "    <init-param>\n"
            f"        <param-name>{name}</param-name>\n"
            f"        <param-value>{xml_text(value)}</param-value>\n"
            "    </init-param>\n"
            for name, value in parameters.items()
        )
        text = (
            "<filter>\n"
            "    <filter-name>cors</filter-name>\n"
            f"    <filter-class>{_CLASS}</filter-class>\n"
            "    <async-supported>true</async-supported>\n"
            f"{lines}"
            "</filter>\n"
            "<filter-mapping>\n"
            "    <filter-name>cors</filter-name>\n"
            "    <url-pattern>/*</url-pattern>\n"
            "</filter-mapping>\n"
        )
        return Rendered(
            self.name,
            (File("WEB-INF/web.xml", "xml", text),),
            (
                "It goes into <web-app>, before all other filters; in conf/web.xml it holds for every application.",
                "Take out headers of CORS that servlets and other filters set themselves.",
                "Deploy the application again, or restart Tomcat; catalina.out says what is wrong with the filter.",
            ),
            (
                *origins.limits,
                *_strangers(everyone=origins.everyone),
                *lost_methods,
                *lost_headers,
                *no_zero_age(policy),
                *leftovers(policy),
            ),
            self.executed,
        )


def _headers(policy: Policy) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not is_any(policy.request_headers):
        return tuple(policy.request_headers), ()
    return tuple(dict.fromkeys((*_USUAL, *(each for each in policy.request_headers if each != "*")))), (
        _EVERY_HEADER,
    )


def _strangers(*, everyone: bool) -> tuple[str, ...]:
    refused = (
        "with a method that is not listed" if everyone else "of an origin or with a method that is not listed"
    )
    return (f"Every request {refused} is answered 403, not its preflight alone.",)
