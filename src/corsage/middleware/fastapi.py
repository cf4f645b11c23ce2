"""CORS before FastAPI, which is Starlette underneath.

install(app, Policy(origins=["https://example.com"]))
"""

from corsage.middleware.starlette import CORS, EXEMPT, Policy, cross_origin, install

__all__ = ["CORS", "EXEMPT", "Policy", "cross_origin", "install"]
