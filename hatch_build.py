"""Compile the middleware's hot path while a wheel is built, where that can be done.

``CORSAGE_COMPILE`` says what is wanted: ``auto`` (the default: compile, and go on without where it fails), ``1`` (fail
where it fails) or ``0`` (do not). Editable installs are never compiled: the compiled file would hide the source.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HOT = ("corsage/middleware/hot.py",)


class CustomBuildHook(BuildHookInterface):
    """Adds compiled modules to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the wheel is put together."""
        wanted = os.environ.get("CORSAGE_COMPILE", "auto")
        if version == "editable" or wanted == "0":
            return
        self._room = TemporaryDirectory()
        try:
            made = compiled(Path(self.root) / "src", Path(self._room.name))
        except OSError as error:
            if wanted == "1":
                raise
            self.app.display_warning(f"the hot path is not compiled, and works all the same: {error}")
            return
        for path in made:
            build_data["force_include"][str(path)] = str(path.relative_to(self._room.name))
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take away what was only needed for building."""
        del version, build_data, artifact_path
        if hasattr(self, "_room"):
            self._room.cleanup()


def compiled(source: Path, room: Path) -> list[Path]:
    """Copy the package under *source* to *room*, compile its hot files there, and return what came of it.

    Raises:
        OSError: mypyc failed, for want of a C compiler perhaps.
    """
    shutil.copytree(
        source / "corsage", room / "corsage", ignore=shutil.ignore_patterns("__pycache__", "*.so")
    )
    # What the package needs at run time is not installed where it is built.
    command = [sys.executable, "-m", "mypyc", "--ignore-missing-imports", *HOT]
    done = subprocess.run(  # noqa: S603 - our own words
        command, cwd=room, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise OSError(f"mypyc: {(done.stdout + done.stderr)[-2000:]}")
    shutil.rmtree(room / "build", ignore_errors=True)
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    return sorted(path for path in room.rglob(f"*{suffix}"))
