"""Stacks: Go."""

from typing import Final

from corsage.stacks.base import Stack
from corsage.stacks.go.chi import Chi
from corsage.stacks.go.echo import Echo
from corsage.stacks.go.gin import Gin
from corsage.stacks.go.jub0bs import Jub0bs
from corsage.stacks.go.net_http import NetHttp

STACKS: Final[tuple[Stack, ...]] = (NetHttp(), Jub0bs(), Gin(), Echo(), Chi())
