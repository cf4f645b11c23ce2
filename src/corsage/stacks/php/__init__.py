"""Stacks: PHP."""

from typing import Final

from corsage.stacks.base import Stack
from corsage.stacks.php.laravel import Laravel
from corsage.stacks.php.plain import Php
from corsage.stacks.php.symfony import Symfony
from corsage.stacks.php.wordpress import WordPress

STACKS: Final[tuple[Stack, ...]] = (Laravel(), Symfony(), WordPress(), Php())
