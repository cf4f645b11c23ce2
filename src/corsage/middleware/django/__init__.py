"""CORS for Django, synchronous and asynchronous.

INSTALLED_APPS = ["corsage.middleware.django", ...]  # checks, and headers on the static files of runserver
MIDDLEWARE = ["corsage.middleware.django.CORSMiddleware", ...]
CORSAGE = {"origins": ["https://example.com"]}
"""

from corsage.middleware.django.middleware import CORSMiddleware
from corsage.middleware.django.setting import configured
from corsage.middleware.django.views import cors, cors_exempt

__all__ = ["CORSMiddleware", "configured", "cors", "cors_exempt"]
