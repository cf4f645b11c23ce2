"""What Envoy's CORS filter can be told of a policy; Istio hands it on."""

from dataclasses import dataclass, replace
from typing import Final

from corsage.server import Policy
from corsage.server.regexes import compile_regex
from corsage.stacks.narrowed import named_headers
from corsage.stacks.origins import Origins, whole_expression
from corsage.stacks.parts import is_any, methods_of
from corsage.stacks.proxies.answers import answers_of

_STAR: Final = "*"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is told.

    Attributes:
        origins: without what is left out.
        exact: single origins; the star where everyone is allowed: Envoy then names who asked.
        methods: to be joined; the star stands for the method that was asked for.
        request_headers: to be joined. The star would stand for those that were asked for, Authorization among them.
        removed: headers of the application.
        grants: whether anybody is allowed.
        limits: what was left out.
    """

    origins: Origins
    exact: tuple[str, ...]
    methods: tuple[str, ...]
    request_headers: tuple[str, ...]
    removed: tuple[str, ...]
    grants: bool
    limits: tuple[str, ...]


def kept_origins(policy: Policy) -> Kept:
    """Sort what *policy* says."""
    answers = answers_of(policy, linear=True)
    origins = answers.origins
    limits = [each for each in answers.limits if not each.startswith("guard_websockets")]
    wild = [each for each in origins.regexes if compile_regex(each).fullmatch(_STAR)]
    if wild:
        # Envoy asks every matcher about the star itself, and lets everyone in where one says yes.
        limits += [
            f"The expression {each} is left out: it matches *, which is everyone to Envoy." for each in wild
        ]
        origins = replace(origins, regexes=tuple(each for each in origins.regexes if each not in wild))
    headers, lost = named_headers(policy)
    return Kept(
        origins=origins,
        exact=(_STAR,) if origins.everyone else origins.exact,
        methods=(_STAR,) if is_any(policy.methods) else methods_of(policy),
        request_headers=headers,
        removed=answers.hidden,
        grants=origins.everyone or whole_expression(origins) is not None,
        limits=(*limits, *lost),
    )
