"""Write the pages that are made from the code; with ``--check`` only say whether they are fresh."""

import sys
from pathlib import Path

from docs.differences import differences_page
from docs.messages import messages_page
from docs.rules import rule_pages
from docs.stacks import stack_pages

FOLDER = Path(__file__).resolve().parents[2] / "docs"
PAGES = {"differences.md": differences_page, "messages.md": messages_page} | rule_pages() | stack_pages()


def main(arguments: list[str]) -> int:
    """Write or check the pages; return the exit code."""
    stale = [name for name, make in PAGES.items() if _current(name) != make()]
    if "--check" in arguments:
        for name in stale:
            print(f"docs/{name} is stale: run 'make docs'", file=sys.stderr)
        return 1 if stale else 0
    for name in stale:
        (FOLDER / name).parent.mkdir(exist_ok=True)
        (FOLDER / name).write_text(PAGES[name](), encoding="utf-8")
        print(f"docs/{name} written")
    return 0


def _current(name: str) -> str:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
