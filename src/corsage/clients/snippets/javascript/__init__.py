"""Calls of web APIs as JavaScript writes them: read, never run."""

from corsage.clients.snippets.javascript.calls import find_calls

__all__ = ["find_calls"]
