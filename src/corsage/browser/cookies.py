"""Cookies, as far as they decide a cross-origin request: which are attached, and why the others are not.

Users take a missing cookie for a CORS error. Source: RFC 6265bis,
https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from corsage.browser.profile import Profile
from corsage.model import NOTE, OK, URL, Algorithm, Origin, Trace, TupleOrigin
from corsage.model.sites import (
    is_ip_address,
    is_loopback_host,
    is_public_suffix,
    same_site,
    schemelessly_same_site,
)

APPEND_COOKIE: Final = Algorithm(
    "append a request `Cookie` header", "https://fetch.spec.whatwg.org/#append-a-request-cookie-header"
)

_LAX: Final = "lax"
_STRICT: Final = "strict"
_NONE: Final = "none"
# https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.6: name and value together
_LARGEST: Final = 4096
_MOST: Final = 300


@dataclass(frozen=True, slots=True)
class Cookie:
    """A stored cookie.

    Attributes:
        name: as received.
        value: as received.
        host: the host that set it, or the ``Domain`` attribute.
        host_only: whether subdomains are excluded.
        path: the ``Path`` attribute, or the default path.
        secure: sent over https (and to this machine) alone.
        same_site: ``lax``, ``strict``, ``none``; a cookie without the attribute is ``lax``.
    """

    name: str
    value: str
    host: str
    host_only: bool = True
    path: str = "/"
    secure: bool = False
    same_site: str = _LAX


@dataclass(slots=True)
class CookieJar:
    """The cookies of one browser profile."""

    cookies: list[Cookie] = field(default_factory=list)

    def add(self, cookie: Cookie) -> None:
        """Store *cookie*, replacing the one of the same name, host and path; the oldest gives way at 300."""
        self.cookies = [
            old
            for old in self.cookies
            if (old.name, old.host, old.path) != (cookie.name, cookie.host, cookie.path)
        ]
        self.cookies.append(cookie)
        del self.cookies[:-_MOST]

    def set_from(self, url: URL, set_cookie: str) -> None:
        """Store what a ``Set-Cookie`` line from *url* says, if it may."""
        cookie = parse_set_cookie(url, set_cookie)
        if cookie is not None:
            self.add(cookie)


def parse_set_cookie(url: URL, line: str) -> Cookie | None:
    """Read a ``Set-Cookie`` line received from *url*; ``None`` where it must be ignored."""
    pair, *attributes = line.split(";")
    name, equals, value = pair.partition("=")
    if not equals:
        name, value = "", pair
    name, value = name.strip(" \t"), value.strip(" \t")
    if not (name or value) or len(name) + len(value) > _LARGEST:
        return None
    known = {
        key.strip(" \t").lower(): found.strip(" \t")
        for key, _, found in (attribute.partition("=") for attribute in attributes)
    }
    host, host_only = url.host, True
    domain = known.get("domain", "").lstrip(".").lower()
    if domain == url.host:
        host_only = is_ip_address(domain) or is_public_suffix(domain)
    elif domain:
        if not _is_below(url.host, domain) or is_public_suffix(domain):
            return None
        host, host_only = domain, False
    path = known.get("path", "")
    if not path.startswith("/"):
        path = url.path.rpartition("/")[0] or "/"
    secure = "secure" in known
    if secure and url.scheme != "https" and not is_loopback_host(url.host):
        return None
    same_site_value = known.get("samesite", "").lower()
    if same_site_value == _NONE and not secure:
        return None
    attribute = same_site_value if same_site_value in (_STRICT, _NONE) else _LAX
    return Cookie(name, value, host, host_only, path, secure, attribute)


def append_request_cookie_header(
    url: URL,
    jar: CookieJar,
    *,
    top_level: Origin,
    initiator: Origin,
    crossed_sites: bool,
    profile: Profile,
    trace: Trace,
) -> str | None:
    """Return the ``Cookie`` header for a request to *url*, or ``None``.

    Args:
        url: the current URL.
        jar: the cookies there are.
        top_level: origin of the page in the address bar.
        initiator: origin of the document that makes the request.
        crossed_sites: whether an earlier hop of the redirect chain was cross-site.
        profile: the browser.
        trace: where the reasons go.
    """
    candidates = [cookie for cookie in jar.cookies if _belongs(cookie, url)]
    if not candidates:
        return None
    first_party = _is_same_site_request(url, top_level, initiator, profile)
    same_site_chain = first_party and not (
        crossed_sites
        and (
            profile.cross_site_redirect_withholds_cookies
            or (profile.cross_site_redirect_leaves_own_cookies and not _is_host_of(url, top_level))
        )
    )
    allowed = _Allowed(
        same_site=same_site_chain, third_party=first_party or not profile.third_party_cookies_are_blocked
    )
    return _pairs(candidates, url, allowed, trace)


def crosses_sites(url: URL, top_level: Origin, profile: Profile) -> bool:
    """Tell whether *url* is of another site than the page in the address bar, as far as cookies go."""
    same = schemelessly_same_site if profile.same_site_ignores_scheme else same_site
    return not same(top_level, url.origin)


def _is_same_site_request(url: URL, top_level: Origin, initiator: Origin, profile: Profile) -> bool:
    if initiator.serialized == "null" and not profile.opaque_origins_are_same_site:
        return False
    return not crosses_sites(url, top_level, profile)


def _is_host_of(url: URL, origin: Origin) -> bool:
    return isinstance(origin, TupleOrigin) and origin.host == url.host


def _belongs(cookie: Cookie, url: URL) -> bool:
    """Domain-match and path-match. Ports do not separate cookies."""
    if cookie.host != url.host and (cookie.host_only or not _is_below(url.host, cookie.host)):
        return False
    path = cookie.path
    return url.path == path or (
        url.path.startswith(path) and (path.endswith("/") or url.path[len(path)] == "/")
    )


def _is_below(host: str, domain: str) -> bool:
    return host.endswith("." + domain) and not is_ip_address(host)


class _Allowed(NamedTuple):
    """What a request may carry: cookies for one's own site, cookies in a third party's place."""

    same_site: bool
    third_party: bool


def _pairs(candidates: Iterable[Cookie], url: URL, allowed: _Allowed, trace: Trace) -> str | None:
    pairs: list[str] = []
    for cookie in candidates:
        if cookie.secure and url.scheme != "https" and not is_loopback_host(url.host):
            trace.record(
                APPEND_COOKIE, "1", NOTE, "cookie {} withheld: Secure, and the URL is not", cookie.name
            )
        elif not allowed.same_site and cookie.same_site != _NONE:
            trace.record(
                APPEND_COOKIE,
                "1",
                NOTE,
                "cookie {} withheld: SameSite={} on a cross-site request",
                cookie.name,
                cookie.same_site.title(),
            )
        elif not allowed.third_party:
            trace.record(
                APPEND_COOKIE, "1", NOTE, "cookie {} withheld: third-party cookies are blocked", cookie.name
            )
        else:
            pairs.append(f"{cookie.name}={cookie.value}" if cookie.name else cookie.value)
    if pairs:
        trace.record(
            APPEND_COOKIE, "2", OK, "attaches {}", ", ".join(pair.partition("=")[0] for pair in pairs)
        )
    return "; ".join(pairs) or None
