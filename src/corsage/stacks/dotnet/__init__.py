"""Stacks: .NET."""

from typing import Final

from corsage.stacks.base import Stack
from corsage.stacks.dotnet.aspnet_core import AspNetCore

STACKS: Final[tuple[Stack, ...]] = (AspNetCore(),)
