"""Corsage: the CORS workbench for Python.

The engine is pure and lives on the lower floors; import what you need from there::

    from corsage.browser import drive, fetch, new_request
    from corsage.model import Client, RequestInit, Trace

See ``ARCHITECTURE.md`` for the floors and ``corsage --help`` for the tools.
"""

from corsage._version import __version__

__all__ = ["__version__"]
