"""What is rendered for stacks that cannot be run here, word for word. ``UPDATE_GOLDEN=1`` writes what it is now."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from corsage.stacks import Rendered

_FOLDER: Final = Path(__file__).with_name("golden")


def check_golden(name: str, rendered: Rendered) -> None:
    """Compare every file of *rendered* with what was kept under *name*, in a folder of its stack."""
    folder = _FOLDER / rendered.stack
    for file in rendered.files:
        path = folder / f"{name}--{file.name.replace('/', '_')}"
        if os.environ.get("UPDATE_GOLDEN"):
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(file.text)
        assert file.text == path.read_text(), f"{path} differs: UPDATE_GOLDEN=1 writes it anew"
