"""What of the extra ``bench`` is installed: the rest is skipped, and says so."""

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from typing import Protocol


class Needs(Protocol):
    """Something that is measured."""

    @property
    def name(self) -> str:
        """As in the table."""

    @property
    def packages(self) -> tuple[str, ...]:
        """That must be installed."""


def first_missing(wanted: Needs) -> str | None:
    """Return a package that *wanted* needs and that is not installed."""
    for package in wanted.packages:
        try:
            version(package)
        except PackageNotFoundError:
            return package
    return None


def skipped(all_wanted: Iterable[Needs]) -> list[str]:
    """Return a remark for each that cannot be measured."""
    return [
        f"skipped: {each.name}: {package} is not installed; try: pip install 'corsage[bench]'"
        for each in all_wanted
        if (package := first_missing(each)) is not None
    ]
