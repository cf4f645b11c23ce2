"""Floor 6: a policy before any Python application.

``asgi`` and ``wsgi`` serve them all; the other rooms have the idioms of one framework each, and import it.
"""

from corsage.middleware.cors import CORS
from corsage.middleware.denial import Denial
from corsage.middleware.hot import COMPILED

__all__ = ["COMPILED", "CORS", "Denial"]
