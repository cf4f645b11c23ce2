"""ingress-nginx: annotations of an Ingress. One that it does not understand counts as its default: everyone.

Facts of ingress-nginx 1.15: its documentation, and read in its source. Not run.
"""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.server.draft import NULL
from corsage.server.origin_pattern import Breadth, OriginPattern
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.leftovers import NOTHING_ALLOWED, leftovers
from corsage.stacks.narrowed import named_methods
from corsage.stacks.origins import origins_of
from corsage.stacks.parts import LOOKUP_LOST, is_any
from corsage.stacks.proxies.ingress_pitfalls import PITFALLS
from corsage.stacks.told import Tell, ToldStack
from corsage.stacks.yaml_text import yaml_text

PREFIX: Final = "nginx.ingress.kubernetes.io/"
_FILE: Final = "ingress.yaml"
# One entry that this does not match, and the whole annotation counts as *.
_ORIGIN: Final = re.compile(r"[a-z]+://(?:\*\.)?[A-Za-z0-9\-.]+(?::[0-9]+)?", re.ASCII)
_METHOD: Final = re.compile(r"[A-Za-z]+", re.ASCII)
_HEADER: Final = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_UNSAID: Final = 5  # seconds, which browsers take where nothing is said; here 1728000 is said
_STEPS: Final = (
    "Put the annotations into the Ingress: they hold for all of its paths.",
    "Remove CORS from the application: its headers stay on answers to origins that are not listed here.",
    "Have the application send `Vary: Origin`, where anything may cache its answers.",
    "ingress-nginx has not been maintained since March 2026: think of another controller.",
    "Load with `kubectl apply -f ingress.yaml`; the controller's log says which annotations it refused.",
)
_NO_VARY: Final = (
    "Vary: Origin is not sent by ingress-nginx, and no annotation adds it without leave of the cluster's "
    "administrator: "
    "the application must send it."
)
_NO_HEADERS: Final = (
    "No request header is to be allowed; an empty annotation may count as none, and the defaults allow ten. "
    "Accept is "
    "listed, which needs no leave."
)


class IngressNginx(ToldStack):
    """The nginx ingress controller of Kubernetes."""

    name: ClassVar = "ingress-nginx"
    title: ClassVar = "ingress-nginx"
    kind: ClassVar = Kind.GATEWAY
    words: ClassVar[tuple[str, ...]] = (
        "ingress-nginx",
        "nginx ingress",
        "nginx-ingress",
        "nginx ingress controller",
        "kubernetes ingress",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.ANSWERS_PREFLIGHTS, Trait.OVERWRITES_HEADERS})
    order: ClassVar[str] = (
        "The annotations answer every OPTIONS request before auth-url and auth-type are asked."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = PITFALLS
    sources: ClassVar[tuple[str, ...]] = (
        "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#enable-cors",
        "https://github.com/kubernetes/ingress-nginx/blob/main/internal/ingress/annotations/cors/main.go",
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.9, bodies=("default backend - 404",)),
        Tell(0.5, "strict-transport-security", "max-age=15724800; includesubdomains"),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as annotations."""
        entries, lost = _entries(policy)
        limits = [*lost, *leftovers(policy)]
        if not entries:
            return Rendered(self.name, (), ("Leave enable-cors out.",), (*limits, NOTHING_ALLOWED))
        annotations, missing = _annotations(policy)
        annotations["cors-allow-origin"] = ", ".join(entries)
        limits += missing
        if entries != ["*"]:
            limits.append(_NO_VARY)
        named = {f"{PREFIX}{name}": value for name, value in annotations.items()}
        text = yaml_text(
            {
                "apiVersion": "networking.k8s.io/v1",
                "kind": "Ingress",
                "metadata": {"name": "api", "annotations": named},
            }
        )
        return Rendered(self.name, (File(_FILE, "yaml", text),), _STEPS, tuple(limits))


def _annotations(policy: Policy) -> tuple[dict[str, str], list[str]]:
    methods, limits = named_methods(policy)
    lost = [f"The method {name} cannot be listed here." for name in methods if not _METHOD.fullmatch(name)]
    headers = [] if is_any(policy.request_headers) else list(policy.request_headers)
    if is_any(policy.request_headers):
        lost.append("Every request header is not to be had: list those that your pages set.")
    exposed = list(policy.exposed_headers)
    lost += [
        f"The header {name} cannot be listed here." for name in (*headers, *exposed) if not _is_header(name)
    ]
    kept = [name for name in headers if _is_header(name)]
    if not kept:
        lost.append(_NO_HEADERS)
    found = {
        "enable-cors": "true",
        "cors-allow-origin": "",
        "cors-allow-methods": ", ".join(name for name in methods if _METHOD.fullmatch(name)),
        "cors-allow-headers": ", ".join(kept or ["Accept"]),
        "cors-expose-headers": ", ".join(name for name in exposed if _is_header(name)),
        "cors-allow-credentials": "true" if policy.credentials else "false",
        "cors-max-age": str(_UNSAID if policy.max_age is None else max(policy.max_age, 0)),
    }
    return {name: value for name, value in found.items() if value or name == "cors-allow-origin"}, [
        *limits,
        *lost,
    ]


def _is_header(name: str) -> bool:
    return name == "*" or _HEADER.fullmatch(name) is not None


def _entries(policy: Policy) -> tuple[list[str], list[str]]:
    origins = origins_of(policy)
    if origins.everyone:
        return ["*"], []
    entries: list[str] = []
    lost: list[str] = []
    for text in origins.exact:
        if text == NULL or _ORIGIN.fullmatch(text):
            entries.append(text)
        else:
            lost.append(f"{text} cannot be listed here, and is left out.")
    for pattern in origins.patterns:
        entry, sentence = _of_pattern(pattern)
        entries += entry
        lost += sentence
    lost += [f"The expression {text} is left out: entries are no expressions." for text in origins.regexes]
    if origins.lookup:
        lost.append(LOOKUP_LOST)
    return entries, lost


def _of_pattern(pattern: OriginPattern) -> tuple[list[str], list[str]]:
    lost: list[str] = []
    text = pattern.text
    if pattern.breadth is Breadth.ANY_DEPTH:
        lost.append(f"{text}: a star stands for one label here; deeper subdomains are left out.")
    entry = text.replace("//+.", "//*.")
    if pattern.port == "*":
        entry = entry.removesuffix(":*")
        lost.append(f"{text}: only the scheme's own port is allowed. List the ports that you use.")
    if not _ORIGIN.fullmatch(entry):
        return [], [f"{text} cannot be listed here, and is left out."]
    return [entry], lost
