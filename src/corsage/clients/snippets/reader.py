"""Find out what a snippet is, and read it."""

from collections.abc import Iterator

from corsage.clients.snippets.curl import find_curl
from corsage.clients.snippets.found import Found
from corsage.clients.snippets.httpie import find_httpie
from corsage.clients.snippets.javascript import find_calls
from corsage.clients.snippets.powershell import find_powershell
from corsage.clients.written import text_of
from corsage.model.evidence import Evidence

LONGEST_TEXT = 2 * 1024 * 1024


def read_snippet(text: str) -> Evidence | None:
    """Read the first request of a snippet: a command line of curl, PowerShell or HTTPie, or JavaScript.

    Nothing is run, and nothing is looked up: what is not literal stands as ``${name}``. Never raises.

    Returns:
        What it asks for; ``None`` where *text* holds no such thing.
    """
    found = next(find_snippets(text), None)
    return None if found is None else found.asked.evidence()


def find_snippets(text: str) -> Iterator[Found]:
    """Return every snippet in *text*, in order, none inside another."""
    text = text_of(text, LONGEST_TEXT)
    found = [*find_curl(text), *find_powershell(text), *find_httpie(text), *find_calls(text)]
    end = 0
    for each in sorted(found, key=lambda snippet: (snippet.start, -snippet.end)):
        if each.start >= end:
            yield each
            end = each.end
