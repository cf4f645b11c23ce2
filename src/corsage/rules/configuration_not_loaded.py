"""CORS443: The configuration is right, and the running process does not use it."""

from collections.abc import Iterator
from typing import Final

from corsage.model import Cause
from corsage.model.root_cause import RootCause
from corsage.rules.base import DiagnosisRule, Weight
from corsage.rules.case import Case
from corsage.rules.report import report

_SAID: Final = (
    "no active profile",
    "falling back",
    "version label",
    "as before",
    "headers as before",
    "wrong branch",
    "old release",
    "previous release",
    "rollback",
    "not the one that runs",
    "another container",
    "another pod",
    "replica",
    "blue/green",
    "elastic beanstalk",
    "settings.py locally",
    "after restart",
    "forgot to",
    "not restarted",
    "needs a restart",
    "has not been restarted",
    "wrong config file",
    "another config file",
    "different config",
    "config.yml is not read",
    "not read",
    "ignored file",
    "not mounted",
    "volume",
    "configmap",
    "secret not",
    "helm",
    "values.yaml",
    "env_file",
    "export",
    "process.env",
    "undefined in production",
    "only locally",
    "build args",
    "build time",
    "baked",
    "compiled",
    "cached routes",
    "route:cache",
    "optimize:clear",
    "artisan",
    "opcache",
    "php-fpm",
    "supervisor",
    "pm2",
    "systemd",
    "service file",
    "drop-in",
    "launchctl",
    "setx",
    "terminal",
    "reboot",
    "sudo -e",
    "appsettings.production",
    "application-prod",
    "profile not active",
    "staging stage",
    "stage",
    "deploy again",
    "redeployed",
    "terraform apply",
    "cloudformation",
    "propagat",
    "takes minutes",
    "container shows",
    "process shows",
    "still shows",
    "config:clear",
    "config:cache",
    "config cache",
    "clear config",
    "not deployed",
    "redeploy",
    "deploy the",
    "deployed stage",
    "restart",
    "daemon-reload",
    "systemctl",
    "no such line",
    "environment variable",
    "env var",
    ".env",
    "dotenv",
    "not loaded",
    "not picked up",
    "old value",
    "old image",
    "cached config",
    "still the old",
    "not reflected",
    "wrong environment",
    "settings module",
    "override file",
    "different instance",
    "another instance",
    "node_env",
)
_HINTS: Final = (
    ("has", "shows"),
    ("set", "no such"),
    ("added", "not"),
    ("enabled", "no change"),
    ("changed", "no change"),
    ("set", "ignored"),
    ("prefix", "changed"),
    ("in the console", "no change"),
    ("log", "old"),
)
_AGAINST: Final = (
    "order",
    "usecors",
    "middleware",
    "comma",
    "typo",
    "first origin",
    "slash",
)


class ConfigurationNotLoaded(DiagnosisRule):
    """Configuration not loaded."""

    code = "CORS443"
    name = "configuration-not-loaded"
    root_cause = RootCause.CONFIG_NOT_APPLIED
    layer = "app"
    what = "The configuration is right, and the running process does not use it."
    why = (
        "A cached configuration, an old container, a variable that never reaches the service, a stage "
        "that was not deployed, a file of another environment: the server runs with what it read at its "
        "start."
    )
    fix = (
        "Make the process read it: restart or redeploy, clear the configuration's cache (php artisan "
        "config:clear), deploy the stage, systemctl daemon-reload and restart; then look at what the "
        "process itself has."
    )
    verify = (
        "The running process shows the new value (docker exec … env, systemctl show, a log line at "
        "start), and the answer changes."
    )
    question = (
        "Was the server restarted or redeployed since, and what value does the running process itself show?"
    )
    bad = report(
        origin="http://192.168.1.84:4002",
        notes=".env has CORS_ORIGINS=http://192.168.1.84:4002, the container shows http://localhost:4001",
        stack=["docker compose"],
    )
    good = report(
        origin="http://localhost:3000",
        notes="CORS_ORIGINS = 'https://a.example, http://localhost:3000' as one string",
        stack=["sanic"],
    )

    def speaks_for(self, case: Case) -> Iterator[Weight]:
        """Find what points to it."""
        said = case.noted(*_SAID)
        if said:
            yield Weight(0.5, f"the notes say: {said}")
        if case.noted(*_HINTS):
            yield Weight(0.45, "what was written differs from what runs")
        if case.noted("not applied", "makes no difference", "has no effect", "no change", "no effect"):
            yield Weight(0.35, "a change makes no difference")
        if said and "needs-reload" in case.traits:
            yield Weight(0.2, "this stack reads its configuration once")

    def speaks_against(self, case: Case) -> Iterator[Weight]:
        """Find what points elsewhere."""
        if case.noted(*_AGAINST):
            yield Weight(-0.35, "the notes speak of another fault")
        if case.noted("server restarted", "already restarted", "after restart"):
            yield Weight(-0.4, "it was restarted")
        if case.message(Cause.MULTIPLE_ALLOW_ORIGIN, Cause.WILDCARD_WITH_CREDENTIALS):
            yield Weight(-0.4, "the browser names another fault")

    def layer_of(self, case: Case) -> str:
        """Return whose configuration it is."""
        return case.layer_among("app", "service", "gateway", "platform", "proxy", otherwise="app").replace(
            "service", "app"
        )
