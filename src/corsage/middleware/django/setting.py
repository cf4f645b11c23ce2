"""The setting ``CORSAGE``: the fields of a `Policy`, or a policy itself.

Beside the fields there may be ``paths`` (path pattern to fields, for several policies) and the arguments of `CORS`:
``on_denied``, ``debug`` and ``log``. What is called may be named by its dotted path, for settings import no models.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

from corsage.middleware.cors import CORS, Policies
from corsage.server import Policy, PolicyError
from corsage.server.policy_set import PolicySet

NAME: Final = "CORSAGE"
OPTIONS: Final = frozenset({"on_denied", "debug", "log"})


@dataclass(frozen=True)
class Setting:
    """``CORSAGE``, taken apart.

    Attributes:
        default: the fields of the policy; ``None`` where none are given.
        paths: path pattern to fields; ``None`` where there is but one policy.
        options: the arguments of `CORS` but the policy.
        made: the policy where the setting is one.
    """

    default: Mapping[str, object] | None
    paths: Mapping[str, Mapping[str, object]] | None
    options: Mapping[str, Any]
    made: Policy | Policies | None = None

    def policy(self) -> Policy | Policies:
        """Make the policy.

        Raises:
            PolicyError: with every error there is.
        """
        if self.made is not None:
            return self.made
        if self.paths is None:
            return Policy.of(self.default or {})
        return PolicySet.of(self.default, self.paths)


def read(value: object) -> Setting:
    """Take ``CORSAGE`` apart.

    Raises:
        ImproperlyConfigured: it is nothing of the kind.
        ImportError: a dotted path leads nowhere.
    """
    if isinstance(value, Policy | Policies):
        return Setting(None, None, {}, value)
    if not isinstance(value, Mapping):
        raise ImproperlyConfigured(f"{NAME} must be a dict of the fields of a policy, or a policy")
    options = {name: value[name] for name in OPTIONS if name in value}
    if "on_denied" in options:
        options["on_denied"] = _imported(options["on_denied"])
    fields = {name: each for name, each in value.items() if name not in OPTIONS and name != "paths"}
    paths = value.get("paths")
    if paths is None:
        return Setting(_called(fields), None, options)
    if not isinstance(paths, Mapping) or not all(isinstance(each, Mapping) for each in paths.values()):
        raise ImproperlyConfigured(f'{NAME}["paths"] must be a dict of path patterns to dicts of fields')
    below = {str(pattern): _called(each) for pattern, each in paths.items()}
    return Setting(_called(fields) if fields else None, below, options)


def _called(fields: Mapping[str, object]) -> Mapping[str, object]:
    if "origin_lookup" not in fields:
        return fields
    return {**fields, "origin_lookup": _imported(fields["origin_lookup"])}


def _imported(value: object) -> object:
    return import_string(value) if isinstance(value, str) else value


class _Process:
    """What this process has made of the setting."""

    cors: CORS | None = None


def configured() -> CORS:
    """Return what enforces ``CORSAGE`` in this process. Its ``replace`` changes the policy while Django runs.

    Raises:
        ImproperlyConfigured: there is no such setting, or it has errors; all of them are named.
    """
    if _Process.cors is None:
        if not hasattr(settings, NAME):
            raise ImproperlyConfigured(
                f'{NAME} is missing: say in the settings what is allowed, {NAME} = {{"origins": ["https://…"]}}'
            )
        setting = read(getattr(settings, NAME))
        try:
            _Process.cors = CORS(setting.policy(), **setting.options)
        except PolicyError as error:
            raise ImproperlyConfigured(f"{NAME}: {error}") from error
    return _Process.cors


def _forget(*, setting: str, **_: object) -> None:
    """Tests override settings; the next request sees what they say."""
    if setting == NAME:
        _Process.cors = None


setting_changed.connect(_forget, dispatch_uid="corsage")
