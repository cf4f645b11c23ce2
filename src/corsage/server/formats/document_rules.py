"""CORS105 to CORS109: what is wrong with a policy's file or variables, whatever the policy says."""

from typing import Final

from corsage.model.rule import Problem, Rule, Severity
from corsage.server.rules.base import example, shown


class DocumentRule(Rule):
    """The text around the policy is wrong. Whoever reads it reports it."""

    @classmethod
    def problem(
        cls, field: str, value: object, reason: str, suggestion: str | None = None, witness: str | None = None
    ) -> Problem:
        """Make a problem of this rule."""
        return Problem(cls.code, Severity.ERROR, field, shown(value), reason, suggestion, witness)


class DocumentSyntax(DocumentRule):
    """The text is not TOML, or not JSON."""

    code = "CORS105"
    name = "policy-file-syntax"
    what = "A policy file that does not parse."
    why = "Nothing in it can be read; a running application keeps the policy that it has."
    fix = "Mend the line that is named. Texts stand in double quotes, lists in square brackets."
    sources = ("https://toml.io/en/v1.0.0", "https://www.rfc-editor.org/rfc/rfc8259")
    bad = example(text="[cors]\norigins = [https://app.example.com]\n")
    good = example(text='[cors]\norigins = ["https://app.example.com"]\n')


class DocumentShape(DocumentRule):
    """A table where there is none, or something other than a table where there is one."""

    code = "CORS106"
    name = "policy-file-shape"
    what = "Tables or keys of a policy file in the wrong place, or the [cors] table missing."
    why = (
        "A policy in a table that nobody reads is no policy: the application would refuse everyone, or the "
        "production values would never be used."
    )
    fix = 'Write the fields under [cors], [cors.env.NAME], [cors.paths."/api/*"] and [cors.paths."/api/*".env.NAME].'
    bad = example(env={"production": {"paths": {"/api/*": {"origins": ["https://app.example.com"]}}}})
    good = example(paths={"/api/*": {"env": {"production": {"origins": ["https://app.example.com"]}}}})


class UnknownEnvironment(DocumentRule):
    """An environment that the file does not have."""

    code = "CORS107"
    name = "unknown-environment"
    what = "An environment is chosen or extended that the policy file does not have."
    why = (
        "A misspelt CORSAGE_ENV would otherwise run production with what all environments share, or without the "
        "checks that production has."
    )
    fix = "Choose one of the environments that are named, or add a table for it; an empty one will do."
    bad = example(env={"staging": {"extends": "prodution"}, "production": {}})
    good = example(env={"staging": {"extends": "production"}, "production": {}})


class ExtendsCycle(DocumentRule):
    """Environments that inherit from each other."""

    code = "CORS108"
    name = "extends-cycle"
    what = "An environment that inherits from itself, by way of others or directly."
    why = "There is no first one to begin with, so no value of any can be told."
    fix = "Take one extends out of the circle."
    bad = example(env={"staging": {"extends": "testing"}, "testing": {"extends": "staging"}})
    good = example(env={"staging": {"extends": "testing"}, "testing": {}})


class EnvironmentVariable(DocumentRule):
    """A CORSAGE_ variable that is unknown, or whose value does not parse."""

    code = "CORS109"
    name = "environment-variable"
    what = "A CORSAGE_ variable that is unknown, says what another contradicts, or has a value of the wrong kind."
    why = "A variable that nobody reads changes nothing, and nobody sees that it does not."
    fix = "Use the name of a field in upper case after CORSAGE_; lists are separated by commas or spaces."
    bad = example(CORSAGE_ORIGIN="https://app.example.com", CORSAGE_MAX_AGE="10m")
    good = example(CORSAGE_ORIGINS="https://app.example.com", CORSAGE_MAX_AGE="600")


DOCUMENT_RULES: Final[tuple[DocumentRule, ...]] = (
    DocumentSyntax(),
    DocumentShape(),
    UnknownEnvironment(),
    ExtendsCycle(),
    EnvironmentVariable(),
)
