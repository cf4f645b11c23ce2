"""Snippets that people copy from developer tools or write in questions: what request would they make?"""

from corsage.clients.snippets.reader import find_snippets, read_snippet

__all__ = ["find_snippets", "read_snippet"]
