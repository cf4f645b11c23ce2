"""Headers pasted from developer tools: ``Request URL``, ``Response Headers`` and so on, with values behind or below."""

import re
from http import HTTPStatus
from typing import Final

from corsage.clients.exchanges.heads import Head, Request, Response
from corsage.clients.exchanges.lines import Kind, Line, is_weak, role_of
from corsage.clients.snippets.browser_headers import is_added_by_browser
from corsage.clients.written import MOST_HEADERS, status_of

_NAME: Final = re.compile(r":?[A-Za-z][A-Za-z0-9-]{1,60}:?$", re.ASCII)
_OF_REQUESTS: Final = frozenset({"accept", "authorization", "x-requested-with"})
_OF_BOTH: Final = frozenset(
    {"connection", "content-length", "content-type", "date", "keep-alive", "transfer-encoding", "via"}
)
# Of Firefox, whose labels and values stick together.
_GLUED: Final = ("version", "transferred", "referrer policy", "request priority", "dns resolution")
_PHRASES: Final = frozenset(status.phrase.lower() for status in HTTPStatus)
_METHOD: Final = re.compile(r"[ \t]*(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)[ \t]*$")
_TITLES: Final = {
    "response headers": "response",
    "response": "response",
    "request headers": "request",
    "request": "request",
}
_LONGEST_GAP: Final = 2
_MOST_LINES: Final = 1000


class Panel:
    """One request of the network panel."""

    def __init__(self) -> None:
        self.request = Request()
        self.response = Response()
        self.section = "general"
        self.below = False
        self.parts: dict[str, str] = {}
        self.had_response = False

    @staticmethod
    def at(lines: list[Line], number: int) -> "Panel | None":
        """Return a new panel, where one begins at this line."""
        line = lines[number]
        if line.kind is Kind.LABEL and not is_weak(line.name):
            return Panel()
        following = lines[number + 1 : number + 6]
        if line.kind is Kind.SECTION and line.name in ("general", "summary"):
            labelled = any(each.kind is Kind.LABEL for each in following)
            return Panel() if labelled else None
        if line.kind is Kind.SECTION and line.name in ("response headers", "request headers"):
            return (
                Panel()
                if any(each.kind in (Kind.HEADER, Kind.STATUS, Kind.REQUEST) for each in following)
                else None
            )
        if line.kind is Kind.LABEL and line.name in ("scheme", "url"):
            return Panel() if any(each.kind is Kind.LABEL for each in following) else None
        return None

    def read(self, texts: list[str], lines: list[Line], start: int, used: set[int]) -> int:
        """Read on from *start*; adds the numbers of the lines to *used*, and returns where something else begins."""
        at = start
        gap = 0
        self._method_above(texts, start, used)
        while at < len(lines) and at - start < _MOST_LINES:
            line = lines[at]
            if line.kind is Kind.BLANK or line.kind is Kind.NOISE:
                gap += line.kind is Kind.BLANK
                if gap > _LONGEST_GAP:
                    break
                at += 1
                continue
            taken = self._line(texts, lines, at)
            if not taken:
                break
            gap = 0
            used.update(range(at, at + taken))
            at += taken
        return max(at, start + 1)

    def heads(self) -> list[Head]:
        """Return the request and the response."""
        parts = self.parts
        if not self.request.target and parts.get("host"):
            self.request.target = (
                f"{parts.get('scheme') or 'https'}://{parts['host']}{parts.get('filename', '')}"
            )
        self.request.method = self.request.method or self.request.header(":method")
        self.request.shown = bool(self.request.headers)
        found: list[Head] = [self.request]
        if self.response.status is not None or self.response.headers or self.response.words:
            self.response.headed = True
            found.append(self.response)
        return found

    def _method_above(self, texts: list[str], start: int, used: set[int]) -> None:
        """Firefox writes the method alone, above everything else."""
        for above in range(start - 1, max(start - 1 - _LONGEST_GAP, -1), -1):
            method = _METHOD.match(texts[above])
            if method is not None and above not in used:
                self.request.method = method.group(1)
                used.add(above)
                return

    def _line(self, texts: list[str], lines: list[Line], at: int) -> int:
        """Read the line *at*; returns how many lines were taken, 0 where the panel is over."""
        line = lines[at]
        if line.kind is Kind.SECTION:
            return self._title(line.name)
        if line.kind is Kind.LABEL and self._is_of_panel(line.name):
            return self._label(line, texts, lines, at)
        if line.kind is Kind.STATUS:
            self.response.status, self.section, self.had_response = int(line.value), "response", True
            return 1
        if line.kind is Kind.REQUEST:
            self.request.method = self.request.method or line.name
            self.section = "request"
            return 1
        return self._header(line, texts, lines, at)

    def _is_of_panel(self, label: str) -> bool:
        if label == "request url":
            return True
        return self.section == "general" and not (label == "host" and bool(self.request.target))

    def _title(self, name: str) -> int:
        section = _TITLES.get(name, "general" if name in ("general", "summary") else "payload")
        if section == "response":
            if self.had_response and self.response.headers:
                return 0
            self.had_response = True
        if section == "payload" or (
            section == "request" and self.section == "request" and self.request.headers
        ):
            return 0
        if section == "general" and self.request.target:
            return 0
        self.section = section
        return 1

    def _label(self, line: Line, texts: list[str], lines: list[Line], at: int) -> int:
        value, taken = line.value, 1
        if not value and at + 1 < len(lines):
            value, taken = texts[at + 1].strip(), 2
            self.below = True
        role = role_of(line.name)
        if role == "url":
            if self.request.target:
                return 0
            self.request.target = value
        elif role == "method":
            self.request.method = self.request.method or value
        elif role == "status":
            self.response.status = self.response.status or status_of(value)
            after = texts[at + taken].strip().lower() if at + taken < len(texts) else ""
            taken += after in _PHRASES
            if "(" in value:  # from a cache, or not at all
                self.response.words = f"status: {value}"
        elif role:
            self.parts.setdefault(role, value)
        return taken

    def _header(self, line: Line, texts: list[str], lines: list[Line], at: int) -> int:
        name, value, taken = line.name, line.value, 1
        alone = line.kind is Kind.OTHER and self.below and _NAME.match(line.value) is not None
        if alone:
            value = ""
            name = line.value.rstrip(":") if not line.value.startswith(":") else ":" + line.value.strip(":")
        elif line.kind not in (Kind.HEADER, Kind.LABEL):
            return int(line.value.lower().startswith(_GLUED))
        if (
            not value
            and at + 1 < len(lines)
            and lines[at + 1].kind is not Kind.SECTION
            and (alone or self._is_below(lines, at))
        ):
            value, taken = texts[at + 1].strip(), 2
        self._add(name, value)
        return taken

    def _is_below(self, lines: list[Line], at: int) -> bool:
        following = lines[at + 1]
        return following.kind is not Kind.BLANK and not (following.kind is Kind.HEADER and not self.below)

    def _add(self, name: str, value: str) -> None:
        lower = name.lower()
        if self.section == "general":
            # No titles were copied: the request's headers follow the response's, and begin with the browser's own.
            of_request = lower in _OF_REQUESTS or is_added_by_browser(lower, value, copied=True)
            if of_request and lower not in _OF_BOTH:
                self.section = "request"
        if self.section == "request" and not lower.startswith("access-control-allow-"):
            target = self.request.headers
        else:
            target = self.response.headers
        if self.section != "request" and lower == "status" and self.response.status is None:
            self.response.status = status_of(value)
        elif len(target) < MOST_HEADERS:
            target.append((name, value))
