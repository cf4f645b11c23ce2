"""A virtual display for browsers that need one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from record import processes

_SCREEN = ("-screen", "0", "800x600x24", "-nolisten", "tcp")


@asynccontextmanager
async def display() -> AsyncIterator[str]:
    """Start Xvfb on the first free display; its name, as in `DISPLAY`."""
    async with processes.running("Xvfb", "-displayfd", "1", *_SCREEN) as process:
        number = await processes.line_with(process, lambda text: text.strip().isdigit(), "Xvfb")
        async with processes.ignored(process):
            yield f":{number.strip()}"
