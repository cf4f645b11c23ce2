"""Floor 2: what a user agent does, one file per algorithm of the Fetch standard."""

from corsage.browser.cookies import Cookie, CookieJar
from corsage.browser.differences import Engine
from corsage.browser.drive import adrive, drive
from corsage.browser.elements import new_element_request
from corsage.browser.fetch import Conversation, fetch
from corsage.browser.new_request import new_request
from corsage.browser.preflight_cache import PreflightCache
from corsage.browser.profile import Profile
from corsage.browser.profiles import CHROME, CHROMIUM, FIREFOX, PROFILES, STANDARD, WEBKIT
from corsage.browser.xhr import new_xhr_request

__all__ = [
    "CHROME",
    "CHROMIUM",
    "FIREFOX",
    "PROFILES",
    "STANDARD",
    "WEBKIT",
    "Conversation",
    "Cookie",
    "CookieJar",
    "Engine",
    "PreflightCache",
    "Profile",
    "adrive",
    "drive",
    "fetch",
    "new_element_request",
    "new_request",
    "new_xhr_request",
]
