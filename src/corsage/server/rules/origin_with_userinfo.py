"""CORS116: a user name or password in an entry."""

from corsage.server.rules.base import example
from corsage.server.rules.spelling_rule import SpellingRule
from corsage.server.spelling import Fault


class OriginWithUserinfo(SpellingRule):
    """What stands before an @ is not a part of the origin."""

    code = "CORS116"
    name = "origin-with-userinfo"
    fault = Fault.USERINFO
    what = "A user name or a password before the host of an entry of `origins`."
    why = (
        "Browsers leave both out of the origin, so the entry never matches; and a password does not belong into a "
        "configuration that is read aloud in error messages."
    )
    fix = "Remove everything up to the @, and change the password if it was one."
    bad = example(origins=["https://deploy@shop.example.com"])
    good = example(origins=["https://shop.example.com"])
