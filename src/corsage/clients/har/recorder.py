"""Who recorded: a browser, which knows what became of each request, or a proxy, which does not."""

from dataclasses import dataclass
from typing import Final

from corsage.browser import CHROME, FIREFOX, STANDARD, WEBKIT, Profile
from corsage.clients.har.values import mapping, text


@dataclass(frozen=True, slots=True)
class Recorder:
    """The program that wrote the file.

    Attributes:
        name: as it calls itself: ``WebInspector`` is Chromium's DevTools.
        version: likewise.
        browser: the browser that it recorded, where it names one.
    """

    name: str = ""
    version: str = ""
    browser: str = ""

    @property
    def profile(self) -> Profile | None:
        """The browser in which it recorded, where that is certain."""
        if self.name in _BROWSERS:
            return _BROWSERS[self.name]
        if self.name == "Playwright":
            return _BROWSERS.get(self.browser, WEBKIT if "webkit" in self.browser.lower() else CHROME)
        return None

    @property
    def leaves_out_cookies(self) -> bool:
        """Whether cookies may be missing: since 2024 Chromium's DevTools leave them out unless they are asked for.

        Source: https://chromium.googlesource.com/devtools/devtools-frontend/+/acd96a60464188fbf7c4476ec883ec65bba3dfdf
        """
        return self.name == "WebInspector"

    @property
    def is_browser(self) -> bool:
        """Whether what it recorded tells which requests failed."""
        return self.profile is not None


_BROWSERS: Final = {
    "WebInspector": CHROME,
    "Firefox": FIREFOX,
    "WebKit Web Inspector": WEBKIT,
    "firefox": FIREFOX,
    "chromium": CHROME,
    "webkit": WEBKIT,
}


def recorder_of(creator: object, browser: object) -> Recorder:
    """Read ``log.creator`` and ``log.browser``."""
    made, used = mapping(creator), mapping(browser)
    return Recorder(text(made.get("name"), 100), text(made.get("version"), 100), text(used.get("name"), 100))


def profile_of_user_agent(user_agent: str) -> Profile:
    """Return the browser that calls itself *user_agent*; the standard's where that is none of them."""
    if "Firefox/" in user_agent:
        return FIREFOX
    if "Chrome/" in user_agent or "Chromium/" in user_agent:
        return CHROME
    return WEBKIT if "AppleWebKit/" in user_agent else STANDARD
