"""The server's side of SOCKS 5: how browsers reach symbolic hosts and ports.

Each browser is told to send all its traffic through one SOCKS proxy on loopback. The proxy is the
recorder itself: it answers for every host of the scenarios, connects nowhere and refuses all else.
So scenarios keep their own hosts and ports, nothing needs the machine's ports 80 or 8000, several
browsers can record at once, and no browser can reach the network.
"""

import asyncio
import ipaddress
import struct

from record.scenarios import is_ours

_VERSION = 5
_CONNECT = 1
_GRANTED, _FORBIDDEN, _UNSUPPORTED = 0, 2, 7


async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[str, int] | None:
    """Shake hands; the host and port the browser asked for, or None if it was refused."""
    version, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    if version != _VERSION:
        return None
    writer.write(bytes([_VERSION, 0]))
    _, command, _, kind = await reader.readexactly(4)
    host = await _address(reader, kind)
    (port,) = struct.unpack("!H", await reader.readexactly(2))
    return await _verdict(writer, command, host, port)


async def _address(reader: asyncio.StreamReader, kind: int) -> str:
    if kind == 1:
        return str(ipaddress.IPv4Address(await reader.readexactly(4)))
    if kind == 4:  # noqa: PLR2004 - the number of IPv6 addresses in RFC 1928
        return str(ipaddress.IPv6Address(await reader.readexactly(16)))
    (length,) = await reader.readexactly(1)
    return (await reader.readexactly(length)).decode("latin-1").lower()


async def _verdict(
    writer: asyncio.StreamWriter, command: int, host: str, port: int
) -> tuple[str, int] | None:
    reply = _UNSUPPORTED if command != _CONNECT else _GRANTED if is_ours(host) else _FORBIDDEN
    writer.write(bytes([_VERSION, reply, 0, 1]) + bytes(6))
    await writer.drain()
    return (host, port) if reply == _GRANTED else None
