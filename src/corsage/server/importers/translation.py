"""A policy in the making, and the remarks that go with it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from corsage.model.names import CORS_SAFELISTED_METHODS
from corsage.server.draft import NULL, WILDCARD
from corsage.server.importers.imported import Imported, Kind, Remark
from corsage.server.nearest import nearest
from corsage.server.normal import normal_headers, normal_methods
from corsage.server.origin_pattern import parse_origin_pattern
from corsage.server.rules.base import shown

ANYBODY: Final = "Origin: https://evil.com"
# What browsers ask leave for where the value is unusual; application/json is the one that people mean.
CONTENT_TYPE: Final = "content-type"
AUTHORIZATION: Final = "authorization"


class Translation:
    """Collects the fields of one policy and what is to be said about them.

    Attributes:
        values: the fields so far.
        report: the remarks so far.
    """

    def __init__(self, report: list[Remark] | None = None) -> None:
        self.values: dict[str, object] = {}
        self.report: list[Remark] = [] if report is None else report

    def danger(self, option: str, value: object, says: str, instead: str, witness: str) -> None:
        """Remark that somebody was let in who was not meant."""
        self._remark(Kind.DANGER, option, value, says, instead, witness)

    def different(self, option: str, value: object, says: str, instead: str, witness: str = "") -> None:
        """Remark that something else is answered now."""
        self._remark(Kind.DIFFERENT, option, value, says, instead, witness)

    def lost(self, option: str, value: object, says: str, instead: str, witness: str = "") -> None:
        """Remark that something could not be carried over."""
        self._remark(Kind.LOST, option, value, says, instead, witness)

    def note_refused(self, methods: Sequence[str], safelisted: Sequence[str]) -> None:
        """Remark where a method that needs no leave was refused for not being in ``allow_methods``."""
        missing = [each for each in safelisted if each not in methods]
        if missing:
            self.different(
                "allow_methods",
                ", ".join(methods),
                f"A preflight for {missing[0]} was answered 400, though browsers need no leave for the method.",
                "GET, HEAD and POST pass; an application that must refuse them does so itself.",
                f"OPTIONS with Access-Control-Request-Method: {missing[0]}, "
                "Access-Control-Request-Headers: authorization",
            )

    def _remark(self, kind: Kind, option: str, value: object, says: str, instead: str, witness: str) -> None:
        remark = Remark(kind, option, "" if value is None else shown(value), says, instead, witness)
        if remark not in self.report:
            self.report.append(remark)

    @property
    def credentials(self) -> bool:
        """Whether cookies are allowed so far."""
        return self.values.get("credentials") is True

    @property
    def any_origin(self) -> bool:
        """Whether everyone is allowed so far."""
        return WILDCARD in self.listed("origins")

    def listed(self, field: str) -> list[str]:
        """Return a list so far."""
        found = self.values.get(field, [])
        return list(found) if isinstance(found, Sequence) and not isinstance(found, str) else []

    def allow_everyone(self) -> None:
        """Allow every origin, which goes without credentials alone."""
        self.values["origins"] = [WILDCARD]
        self.values.pop("credentials", None)

    def take_origins(self, option: str, origins: Iterable[str], *, wildcards: str) -> None:
        """Take a list of origins, as `take_origin` does."""
        for number, text in enumerate(origins):
            self.take_origin(f"{option}[{number}]", text, wildcards=wildcards)

    def take_origin(self, option: str, text: str, *, wildcards: str) -> None:
        """Take an origin, or what is a pattern of origins here.

        Args:
            option: where it stands.
            text: as it was written; not ``*``.
            wildcards: what the peer made of an entry such as ``https://*.example.com``; empty where it was remarked.
        """
        taken = self.listed("origins")
        pattern = parse_origin_pattern(text)
        if text == NULL:
            self.refuse_null(option, text)
        elif text not in taken:
            taken.append(text)
        if wildcards and pattern is not None and not pattern.is_exact:
            example = pattern.example()
            instead = f"It is a pattern: {example} is allowed."
            self.different(option, text, wildcards, instead, f"Origin: {example}")
        self.values["origins"] = taken

    def refuse_null(self, option: str, value: object) -> None:
        """Remark that null was allowed, which is not any more."""
        self.danger(
            option,
            value,
            "null is the origin of every sandboxed frame and every local file, a stranger's as well.",
            "It is left out; dangerously_allow_null_origin would allow it.",
            "Origin: null",
        )

    def take_methods(self, methods: Iterable[str], option: str = "") -> None:
        """Take methods; the safelisted ones need no leave.

        Args:
            methods: as they were written.
            option: where they stand, for peers that compare them as they are; empty for those that upper-case them.
        """
        given = list(methods)
        names = [each for each in normal_methods(given) if each not in CORS_SAFELISTED_METHODS]
        for name in names if option else ():
            if name not in given:
                says = f"Browsers ask for {name} in upper case, and names are compared as they are: it was refused."
                witness = f"Access-Control-Request-Method: {name}"
                self.different(option, ", ".join(given), says, f"{name} is allowed.", witness)
        if names:
            self.values["methods"] = names

    def take_headers(self, names: Iterable[str]) -> None:
        """Take request headers."""
        found = list(normal_headers(names))
        if found:
            self.values["request_headers"] = found

    def take_any_header(self, option: str, value: object) -> None:
        """Take leave for every request header, Authorization included, as peers give it that echo what is asked."""
        if not self.credentials:
            self.take_headers([WILDCARD, AUTHORIZATION])
            return
        self.take_headers([AUTHORIZATION, CONTENT_TYPE])
        self.lost(
            option,
            value,
            "Every request header was granted, with credentials too.",
            "Only authorization and content-type are: name the others that your pages set.",
            "Access-Control-Request-Headers: x-anything",
        )

    def take_exposed(self, option: str, names: Iterable[str]) -> None:
        """Take response headers; with credentials a star stands for nothing but itself."""
        found = list(normal_headers(names))
        if WILDCARD in found and self.credentials:
            found.remove(WILDCARD)
            self.different(
                option,
                WILDCARD,
                "With credentials browsers take the star for a header of that name: nothing more was exposed.",
                "It is left out: name the headers that your pages read.",
            )
        if found:
            self.values["exposed_headers"] = found

    def refuse_everyone_with_cookies(
        self, option: str, value: object, says: str, witness: str = ANYBODY
    ) -> None:
        """Allow everyone without credentials, where everyone was let in with them."""
        self.danger(
            option,
            value,
            says,
            "Everyone may read, without cookies. List the origins that need cookies, and set credentials = true.",
            witness,
        )
        self.allow_everyone()

    def unknown(self, options: Mapping[str, object], known: Iterable[str], says: str) -> None:
        """Remark on the options that the peer does not have."""
        names = list(known)
        for option, value in options.items():
            if option not in names:
                guess = nearest(option, names)
                instead = (
                    "It is left out." if guess is None else f"It is left out; perhaps {guess} was meant."
                )
                self.lost(option, value, says, instead)


def nothing(peer: str, translation: Translation) -> Imported:
    """Return what comes of options that no policy can be made of."""
    return Imported(peer, {}, tuple(translation.report), None, None)
