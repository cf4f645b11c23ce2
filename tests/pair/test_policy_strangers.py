"""No page of another host gets in, whatever its URL looks like: pages are made by a URL parser, not by us."""

from __future__ import annotations

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from corsage.browser import CHROME, FIREFOX, STANDARD, WEBKIT, Profile, new_request
from corsage.model import Client, RequestInit, TupleOrigin, page, parse_url
from corsage.pair import Simulation, simulate
from corsage.server import Policy

DOMAIN = "shop.example.com"
WILD = Policy.of({"origins": [f"https://*.{DOMAIN}"], "credentials": True})
ONE_LABEL = Policy.of({"origins": [f"https://+.{DOMAIN}:*"], "credentials": True})
EXPRESSION = Policy.of({"origin_regexes": [rf"https://[^/]+\.{DOMAIN.replace('.', chr(92) + '.')}"]})

# What hosts and what stands beside them are made of, the odd and the forbidden included.
PIECES = st.sampled_from(
    [
        *("shop", "example", "com", "evil", "a", "xn--bcher-kva", "1", "0x7f", "-", "_", "*", "+", "~", "!"),
        *("$", "&", "'", "(", ")", ",", ";", "=", "{", "}", "|", "^", "`", '"', "<", ">", " ", "\t", "\n"),
        *(
            ".",
            ".",
            ".",
            "..",
            "\u3002",
            "\uff0e",
            "%2e",
            "%2f",
            "%5c",
            "%00",
            "%",
            "@",
            ":",
            ":443",
            ":8443",
        ),
        *("/", "\\", "?", "#", "//", "[::1]", "ü", "\u212a", "\uff53hop", "\u00ad", "\u200d", "ß", "\u0130"),
        *(
            DOMAIN,
            "." + DOMAIN,
            DOMAIN + ".",
            DOMAIN.upper(),
            "shop.example.com.evil.com",
            "evilshop.example.com",
        ),
    ]
)
URLS = st.builds(
    "{}{}{}".format, st.just("https://"), st.lists(PIECES, max_size=6).map("".join), st.just("/")
)


def reads(policy: Policy, client: Client) -> Simulation:
    init = RequestInit("https://api.example.net/x", credentials="include" if policy.credentials else "omit")
    return simulate(new_request(init, client), policy, STANDARD)


@pytest.mark.parametrize(
    "policy", [WILD, ONE_LABEL, EXPRESSION], ids=["any depth", "one label", "expression"]
)
@given(
    text=URLS
    | st.builds("https://{}.{}{}/".format, st.text(max_size=8), st.just(DOMAIN), PIECES)
    | st.builds("https://{}{}/".format, st.text(max_size=8), st.just(DOMAIN))
)
@example(text="https://evil.com/.shop.example.com/")
@example(text="https://evil.com\\.shop.example.com/")
@example(text="https://evil.com#.shop.example.com/")
@example(text="https://user@x.shop.example.com/")
@example(text="https://shop.example.com@evil.com/")
@example(text="https://A.SHOP.EXAMPLE.COM/")
@example(text="https://a\u3002shop.example.com/")
@example(text="https://a.b.shop.example.com:8443/")
@example(text="https://a.shop.example.com./")
def test_only_pages_below_the_name_can_read(policy: Policy, text: str) -> None:
    url = parse_url(text)
    if url is None or not isinstance(url.origin, TupleOrigin):
        return
    client = page(text)
    simulation = reads(policy, client)
    passed = simulation.outcome.refusal is None
    event(f"passed: {passed}")
    assert passed == simulation.allowed
    if passed:
        assert url.scheme == "https"
        assert url.host.endswith("." + DOMAIN)
        assert policy is ONE_LABEL or url.port == 443
        assert policy is not ONE_LABEL or url.host.count(".") == DOMAIN.count(".") + 1


HOSTNAME = st.from_regex(
    r"\A([a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?\.){1,4}\Z", alphabet=st.characters(codec="ascii")
).filter(lambda text: "--" not in text)


@given(HOSTNAME)
@example("xn--bcher-kva.")
@example("1.2.3.4.")
def test_every_page_below_the_name_can(prefix: str) -> None:
    client = page(f"https://{prefix}{DOMAIN}/")
    assert reads(WILD, client).outcome.readable
    assert reads(EXPRESSION, client).outcome.readable
    assert reads(ONE_LABEL, client).outcome.readable == (prefix.count(".") == 1)


@pytest.mark.parametrize("profile", [STANDARD, CHROME, FIREFOX, WEBKIT], ids=lambda profile: profile.name)
@given(prefix=st.text(alphabet="abc.-_~!*'()", max_size=6))
def test_browsers_agree_about_strangers(profile: Profile, prefix: str) -> None:
    text = f"https://{prefix}{DOMAIN}/"
    if parse_url(text) is None:
        return
    request = new_request(RequestInit("https://api.example.net/x", credentials="include"), page(text))
    simulation = simulate(request, WILD, profile)
    assert simulation.allowed == (simulation.outcome.refusal is None)
