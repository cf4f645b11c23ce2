"""One request to django-cors-headers: JSON in, JSON out."""

from __future__ import annotations

import json
import sys
from typing import Any

import django
from django.conf import settings

asked = json.load(sys.stdin)
settings.configure(ROOT_URLCONF=(), ALLOWED_HOSTS=["*"], INSTALLED_APPS=["corsheaders"], **asked["options"])
django.setup()

from corsheaders.middleware import CorsMiddleware  # noqa: E402 - after the settings
from django.http import HttpResponse  # noqa: E402 - likewise
from django.test import RequestFactory  # noqa: E402 - likewise

request = RequestFactory().generic(asked["method"], asked["path"], headers=dict(asked["headers"]))
response: Any = CorsMiddleware(lambda _: HttpResponse("hello"))(request)
json.dump({"status": response.status_code, "headers": list(response.items())}, sys.stdout)
