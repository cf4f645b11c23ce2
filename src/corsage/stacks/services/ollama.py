"""Ollama: one variable with the origins that it allows besides its own."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.leftovers import nothing_to_render
from corsage.stacks.origin_lists import Entries, listed_origins
from corsage.stacks.services.fixed import fixed_lists
from corsage.stacks.told import Tell, ToldStack


class Ollama(ToldStack):
    """gin's CORS with wildcards: strangers are answered 403."""

    name: ClassVar[str] = "ollama"
    title: ClassVar[str] = "Ollama"
    kind: ClassVar[Kind] = Kind.SERVICE
    words: ClassVar[tuple[str, ...]] = ("ollama", "ollama_origins", "ollama serve")
    traits: ClassVar[frozenset[Trait]] = frozenset(
        {Trait.ANSWERS_PREFLIGHTS, Trait.REFUSES_STRANGERS, Trait.NEEDS_RELOAD}
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://docs.ollama.com/faq",
        "https://github.com/ollama/ollama/blob/main/envconfig/config.go",
        "https://github.com/gin-contrib/cors/blob/master/config.go",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "not-restarted",
            "The variable is set in a shell, and the service or the desktop application does not see it.",
            "Set it where the program is started (systemctl edit, launchctl setenv, the system's variables), and start "
            "it again.",
            re.compile(r"(?m)^[ \t]*(?:export|set|setx)\s+OLLAMA_ORIGINS"),
        ),
        Pitfall(
            "quotes",
            "In a unit the quotes go around the whole assignment; elsewhere they become part of the value.",
            'Write Environment="OLLAMA_ORIGINS=https://app.example".',
            re.compile(r"(?m)^[ \t]*Environment=OLLAMA_ORIGINS=\s*[\"']"),
        ),
        Pitfall(
            "two-stars",
            "An entry with two stars stops Ollama at its start.",
            "One star an entry.",
            re.compile(r"OLLAMA_ORIGINS=[^\n]{0,1000}?://[^,\s\"']*\*[^,\s\"']*\*"),
        ),
        Pitfall(
            "extension",
            "The origin of a browser's extension, chrome-extension://…, is not allowed: 403.",
            "Allow chrome-extension://THE-EXTENSION'S-ID.",
        ),
        Pitfall(
            "host-refused",
            "Behind a tunnel or a proxy the Host is not one that Ollama takes for its own: 403 before any CORS.",
            "Let the proxy send Host: localhost:11434, or set OLLAMA_HOST=0.0.0.0.",
        ),
        Pitfall(
            "local-network",
            "The page is on the internet and Ollama on the user's machine: browsers ask the user for leave.",
            "Let the page be served over https, and the user allow it access to the local network.",
        ),
        Pitfall(
            "header-not-listed",
            "Ollama has a fixed list of request headers: any other is refused.",
            "Leave the header out, or put a proxy before it.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.97, bodies=("Ollama is running",)),
        Tell(0.6, bodies=('"models":[', '"modified_at"')),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write a drop-in for systemd."""
        listed = listed_origins(policy, Entries(subdomains=True, ports=True))
        limits = [
            *listed.limits,
            *fixed_lists(policy, self.title, credentials=False),
            "Ollama always allows pages of localhost, 127.0.0.1 and 0.0.0.0 on every port, and of app, file, tauri and "
            "vscode; that cannot be switched off.",
            "Answers without Origin have no Vary: a cache must not stand before Ollama.",
        ]
        if not listed.entries:
            return nothing_to_render(self.name, tuple(limits), "Remove OLLAMA_ORIGINS where it is set.")
        text = f'[Service]\nEnvironment="OLLAMA_ORIGINS={",".join(listed.entries)}"\n'
        file = File("/etc/systemd/system/ollama.service.d/cors.conf", "ini", text)
        return Rendered(self.name, (file,), _STEPS, tuple(limits), self.executed)


_STEPS: Final = (
    "systemctl daemon-reload && systemctl restart ollama",
    "Without systemd, set the variable OLLAMA_ORIGINS to the same value where Ollama is started: docker run -e, "
    "launchctl setenv, or the system's variables on Windows; then start it again.",
    "curl -si -H 'Origin: https://app.example' http://127.0.0.1:11434/ shows 200 with the header, or 403.",
)
