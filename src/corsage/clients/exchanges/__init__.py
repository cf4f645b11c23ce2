"""Exchanges that people paste: what was asked, and what was answered."""

from corsage.clients.exchanges.reader import find_exchanges, read_exchange

__all__ = ["find_exchanges", "read_exchange"]
