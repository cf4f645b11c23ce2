"""The application for ``INSTALLED_APPS``: system checks, and headers on the static files of ``runserver``."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class CorsageConfig(AppConfig):
    """``corsage.middleware.django``, before ``django.contrib.staticfiles``. `CORSMiddleware` works without it."""

    name = "corsage.middleware.django"
    label = "corsage"
    verbose_name = "Corsage"

    def ready(self) -> None:
        """Register the checks."""
        from corsage.middleware.django import checks

        register(checks.check_setting, Tags.security)
        register(checks.check_middleware, Tags.security)
        register(checks.check_csrf, Tags.security)
        register(checks.check_deployment, Tags.security, deploy=True)
