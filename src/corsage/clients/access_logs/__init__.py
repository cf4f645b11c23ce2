"""Access logs: what a server's own log tells of the pages that asked it, and what it cannot tell."""

from corsage.clients.access_logs.reading import LogReading, read_access_log

__all__ = ["LogReading", "read_access_log"]
