"""CORS before FastAPI, which is Starlette underneath.

install(app, Policy(origins=["https://example.com"]))
"""

from corsage.middleware.starlette import CORS, Policy, cross_origin, install

__all__ = ["CORS", "Policy", "cross_origin", "install"]
