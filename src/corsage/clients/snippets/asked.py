"""What a snippet asks for, on its way to being evidence."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from corsage.clients.snippets.browser_headers import is_added_by_browser, looks_copied
from corsage.clients.written import LONGEST_VALUE, MOST_HEADERS, text_of
from corsage.model.evidence import Evidence
from corsage.model.headers import HeaderList
from corsage.model.names import FORBIDDEN_REQUEST_HEADER_PREFIXES, FORBIDDEN_REQUEST_HEADERS
from corsage.model.origin import TupleOrigin
from corsage.model.url import parse_url

# Of a response; on a request they only cause a preflight.
_RESPONSE_HEADERS: Final = ("access-control-allow-", "access-control-expose-", "access-control-max-")
_ELEMENTS: Final = {"image": "img", "style": "stylesheet", "empty": ""}
_SAME_ORIGIN_MODES: Final = {"navigate": "include", "no-cors": "include"}


@dataclass(slots=True)
class Asked:
    """One request of a snippet, as far as its literal parts tell.

    Attributes:
        url: as written; what is not literal in it stands there as ``${name}``.
        method: as written.
        headers: as written, those of the browser among them.
        body: its beginning.
        mode: the request mode.
        credentials: the credentials mode.
        page: the page's URL.
        remarks: what else is worth knowing, a sentence each.
        for_browser: whether it is code of a page, which cannot set forbidden headers.
        copied: whether it was copied from developer tools, where that is certain.
    """

    url: str = ""
    method: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: str | None = None
    mode: str = ""
    credentials: str = ""
    page: str = ""
    remarks: list[str] = field(default_factory=list)
    for_browser: bool = False
    copied: bool = False

    def header(self, name: str) -> str:
        """Return the first value of *name* (lower-case); empty where there is none."""
        return next((value for given, value in self.headers if given.lower() == name), "")

    def has(self, name: str) -> bool:
        """Tell whether there is a header *name* (lower-case)."""
        return any(given.lower() == name for given, _ in self.headers)

    def evidence(self) -> Evidence:
        """Return it as evidence: the page's headers apart from the browser's."""
        names = {name.lower() for name, _ in self.headers}
        self.copied = self.copied or looks_copied(names)
        # What a page's code says of these, browsers ignore.
        own = not self.for_browser or self.copied
        page = self.page or (self.header("referer") if own else "")
        origin = self.header("origin") if own else ""
        remarks = [*self.remarks, *self._remarks()]
        return Evidence(
            method=text_of(self._method(), 100),
            url=text_of(self.url, LONGEST_VALUE).strip(),
            origin=text_of(origin or _origin_of(page), LONGEST_VALUE).strip(),
            page=text_of(page, LONGEST_VALUE).strip(),
            mode=text_of(self._mode(), 200),
            credentials=self._credentials(),
            request_headers=HeaderList(self._of_page()),
            body=None if self.body is None else text_of(self.body, LONGEST_VALUE),
            observed=tuple(dict.fromkeys(text_of(remark, LONGEST_VALUE) for remark in remarks)),
        )

    @property
    def _is_preflight(self) -> bool:
        return self.method.upper() == "OPTIONS" and self.has("access-control-request-method")

    def _method(self) -> str:
        # A hand-made preflight is about the request that it announces.
        method = self.header("access-control-request-method") if self._is_preflight else self.method
        return method.strip() if method.strip().replace("-", "").isalpha() else ""

    def _mode(self) -> str:
        mode = self.header("sec-fetch-mode").strip() or self.mode
        element = self.header("sec-fetch-dest").strip()
        element = _ELEMENTS.get(element, element)
        return f"{mode} ({element})" if mode and element and mode != "navigate" and "(" not in mode else mode

    def _credentials(self) -> str:
        if self.credentials:
            return self.credentials
        if self.has("cookie") and (self.copied or not self.for_browser):
            return "include"
        return _SAME_ORIGIN_MODES.get(self.header("sec-fetch-mode").strip(), "")

    def _of_page(self) -> Iterator[tuple[str, str]]:
        for name, value in self.headers[:MOST_HEADERS]:
            own = self.for_browser and not self.copied and name.lower() not in FORBIDDEN_REQUEST_HEADERS
            if own and not name.lower().startswith((":", *FORBIDDEN_REQUEST_HEADER_PREFIXES)):
                yield text_of(name, 200), text_of(value, LONGEST_VALUE)
            elif not is_added_by_browser(name.strip().lower(), value, copied=self.copied):
                yield text_of(name.strip(), 200), text_of(value, LONGEST_VALUE).strip()
        if self._is_preflight:
            for name in self.header("access-control-request-headers").split(",")[:MOST_HEADERS]:
                if name.strip():
                    yield text_of(name.strip(), 200), "(set)"

    def _remarks(self) -> Iterator[str]:
        if self.mode == "no-cors" and not self.copied:
            yield "the snippet sets mode: 'no-cors'"
        for name, _ in self.headers[:MOST_HEADERS]:
            lower = name.strip().lower()
            if lower.startswith(_RESPONSE_HEADERS):
                yield f"the snippet sends {text_of(name, 200)} on the request; it belongs on the response"
            elif self.for_browser and not self.copied and _is_forbidden(lower):
                yield f"the snippet sets the forbidden request header {text_of(name, 200)}"


def _is_forbidden(name: str) -> bool:
    return name in FORBIDDEN_REQUEST_HEADERS or name.startswith(FORBIDDEN_REQUEST_HEADER_PREFIXES)


def _origin_of(page: str) -> str:
    url = parse_url(page.strip()) if page else None
    return url.origin.serialized if url is not None and isinstance(url.origin, TupleOrigin) else ""
