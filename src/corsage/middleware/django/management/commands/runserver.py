"""``runserver`` with CORS headers on the static files, which it serves without asking any middleware."""

from importlib import import_module
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from corsage.middleware.django.middleware import CORSMiddleware

_OURS = "corsage.middleware.django"


def next_command() -> type[BaseCommand]:
    """Return the command that would run without us: of the next application that has one, or Django's own."""
    names = [config.name for config in apps.get_app_configs()]
    for name in (*names[names.index(_OURS) + 1 :], "django.core"):
        module = f"{name}.management.commands.runserver"
        try:
            command: type[BaseCommand] = import_module(module).Command
        except ModuleNotFoundError as error:
            if not module.startswith(error.name or "?"):
                raise
        else:
            return command
    raise AssertionError("Django has a runserver")


class Command(next_command()):  # type: ignore[misc]  # whichever it is
    """The next application's ``runserver``, with CORS."""

    def get_handler(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - as Django declares it
        """Return the handler, its static files behind the policy."""
        handler = super().get_handler(*args, **options)
        if getattr(handler, "handles_files", False):
            # What is not static goes to the application behind it, and through its own middleware.
            handler.get_response = CORSMiddleware(handler.get_response)
        return handler
