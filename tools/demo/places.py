"""The addresses of a demonstration."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Places:
    """Who is where.

    Attributes:
        page_port: of the page's server.
        api_port: of the API.
        closed_port: where nobody answers.
    """

    page_port: int
    api_port: int
    closed_port: int

    def fill(self, text: str) -> str:
        """Return *text* with its placeholders filled in."""
        for name, value in self._values().items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def _values(self) -> dict[str, str]:
        return {
            "page": f"http://localhost:{self.page_port}",
            "api": f"http://localhost:{self.api_port}",
            # Another name is another origin, though the machine and the port are the same.
            "login": f"http://127.0.0.1:{self.api_port}",
            "down": f"http://localhost:{self.closed_port}",
            "api_port": str(self.api_port),
        }
