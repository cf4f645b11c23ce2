"""`Policy`: what an application allows to pages of other origins. Written by people, checked at once, immutable.

`compile_policy` makes of it what the hot path needs.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final, Literal, Self, TypeAlias

from corsage.model.rule import Problem, Severity
from corsage.server.draft import FIELDS, draft_of
from corsage.server.normal import normal_headers, normal_methods, without_repeats
from corsage.server.rules import check_draft

if TYPE_CHECKING:
    from corsage.server.explanation import Explanation

OriginLookup: TypeAlias = Callable[[str], bool | Awaitable[bool]]
Names: TypeAlias = Sequence[str] | Literal["*"]


class PolicyError(ValueError):
    """A policy that would not do what its writer means. Every problem is in it.

    Attributes:
        problems: errors first; each names its rule, field, value, reason and what to write instead.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        order = list(Severity)
        self.problems = tuple(sorted(problems, key=lambda problem: order.index(problem.severity)))
        count = sum(problem.severity is Severity.ERROR for problem in self.problems)
        heading = f"the policy has {count} error{'' if count == 1 else 's'}"
        lines = [
            f"  {'' if problem.severity is Severity.ERROR else f'({problem.severity}) '}{problem.says}"
            for problem in self.problems
        ]
        super().__init__("\n".join([heading + ":", *lines]))


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What pages of other origins may do. Nothing, until it is said.

    Attributes:
        origins: who may read the answers: exact origins (``https://example.com``), subdomains of any depth
            (``https://*.example.com``) or of one label (``https://+.example.com``), any port
            (``http://localhost:*``), custom schemes (``capacitor://localhost``); ``"*"`` for everyone.
        origin_regexes: likewise, as regular expressions over the whole origin; linear time where ``google-re2`` is
            installed.
        origin_lookup: asked for origins that the lists do not allow; may be async under ASGI.
        origin_lookup_seconds: for how long its answers hold, in seconds; 0 asks each time.
        methods: beyond GET, HEAD and POST, which need no leave; ``"*"`` for all, which needs ``credentials=False``.
        request_headers: which the pages may set; ``"*"`` for all but Authorization, without credentials.
        exposed_headers: response headers that the pages may read beyond the safelisted ones; ``"*"`` likewise.
        credentials: whether the pages may send cookies and read the answer.
        max_age: for how many seconds a preflight's answer holds; ``None`` leaves it to the browser (5), 0 and -1 mean
            not at all. Chromium caps it at 7200, Firefox at 86400, WebKit at 600.
        private_network: answer the preflights of Private Network Access, which some old Chromium still sends.
        timing: let the allowed origins see the timing of resources (``Timing-Allow-Origin``).
        resource_policy: ``Cross-Origin-Resource-Policy`` of every response: ``same-origin``, ``same-site`` or
            ``cross-origin``.
        preflight_status: of the answers to preflights, 200 to 299.
        preflight_continue: hand preflights to the application; the headers are put on what it answers.
        guard_websockets: refuse WebSocket handshakes of pages whose origin is neither allowed nor the host's own.
        public: everyone is meant: ``*`` is no mistake, in production neither.
        environment: ``production`` makes errors of what is broad; any other name, or ``None``, does not.
        dangerously_allow_null_origin: allow ``null``: every sandboxed frame and local file there is.
        dangerously_allow_file_origins: allow ``file://`` and ``content://``, where they are listed: every file on a
            device.
        dangerously_allow_insecure_origins: allow ``http`` origins with credentials: whoever sits on the network.
        dangerously_allow_public_suffixes: allow wildcards over names that anyone may register.
        dangerously_allow_loopback_in_production: allow programs on the users' machines, in production.
        warnings: what is not refused but not as its writer may think.

    Raises:
        PolicyError: with every error there is, and the warnings too.
    """

    origins: Names = ()
    origin_regexes: Sequence[str] = ()
    origin_lookup: OriginLookup | None = None
    origin_lookup_seconds: float = 60.0
    methods: Names = ()
    request_headers: Names = ()
    exposed_headers: Names = ()
    credentials: bool = False
    max_age: int | None = None
    private_network: bool = False
    timing: bool = False
    resource_policy: str | None = None
    preflight_status: int = 204
    preflight_continue: bool = False
    guard_websockets: bool = False
    public: bool = False
    environment: str | None = None
    dangerously_allow_null_origin: bool = False
    dangerously_allow_file_origins: bool = False
    dangerously_allow_insecure_origins: bool = False
    dangerously_allow_public_suffixes: bool = False
    dangerously_allow_loopback_in_production: bool = False
    warnings: tuple[Problem, ...] = field(default=(), init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        draft = draft_of({name: getattr(self, name) for name in FIELDS})
        problems = check_draft(draft)
        if any(problem.severity is Severity.ERROR for problem in problems):
            raise PolicyError(problems)
        normal: dict[str, object] = {
            "origins": without_repeats(draft.origins),
            "origin_regexes": without_repeats(draft.origin_regexes),
            "origin_lookup_seconds": draft.origin_lookup_seconds,
            "methods": normal_methods(draft.methods),
            "request_headers": normal_headers(draft.request_headers),
            "exposed_headers": normal_headers(draft.exposed_headers),
            "preflight_status": draft.preflight_status,
            "warnings": problems,
        }
        for name, value in normal.items():
            object.__setattr__(self, name, value)

    @classmethod
    def of(cls, values: Mapping[str, object]) -> Self:
        """Make a policy of a mapping, as a file or an environment gives it; unknown fields are errors, too.

        Raises:
            PolicyError: with every error there is.
        """
        unknown = [name for name in values if name not in FIELDS]
        if unknown:
            raise PolicyError(check_draft(draft_of(values)))
        known: dict[str, Any] = dict(values)
        return cls(**known)

    def values(self) -> dict[str, object]:
        """Return the fields that differ from their defaults: lists as lists, everything as TOML and JSON know it.

        `origin_lookup` is code and is left out.
        """
        found: dict[str, object] = {}
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name in ("warnings", "origin_lookup") or value == each.default:
                continue
            found[each.name] = list(value) if isinstance(value, tuple) else value
        return found

    def explain(
        self, *, origin: str | None = None, method: str = "GET", headers: Sequence[str] = (), path: str = "/"
    ) -> "Explanation":
        """Explain what is answered to a request, and why: see `corsage.server.explanation`."""
        from corsage.server.explanation import explain

        return explain(self, origin=origin, method=method, headers=headers, path=path)


NOTHING_ALLOWED: Final = Policy()


def problems_of(values: Mapping[str, object]) -> tuple[Problem, ...]:
    """Return all that the rules find in *values*, errors or not, without making a policy of them."""
    return check_draft(draft_of(values))
