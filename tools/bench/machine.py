"""Where the figures come from, without names of people or folders."""

import os
import platform

from corsage import __version__


def machine() -> dict[str, object]:
    """Return what a reader needs to judge the figures."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "corsage": __version__,
        "cpus": os.cpu_count(),
        "architecture": platform.machine(),
        "system": platform.system(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "load": None if load is None else round(load, 2),
    }


def headline(facts: dict[str, object]) -> str:
    """Return the facts as one line."""
    load = "" if facts["load"] is None else f", load {facts['load']} at the start"
    return (
        f"Corsage {facts['corsage']}: {facts['cpus']} CPUs ({facts['architecture']} {facts['system']}), "
        f"{facts['python']}{load}"
    )
