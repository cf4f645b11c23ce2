"""PHP without a framework."""

from typing import ClassVar

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Rendered, Trait
from corsage.stacks.leftovers import leftovers
from corsage.stacks.php.code import KNOWN, cors_code
from corsage.stacks.php.pitfalls import PITFALLS
from corsage.stacks.told import Tell, ToldStack


class Php(ToldStack):
    """Plain PHP."""

    name = "php"
    title = "PHP"
    kind = Kind.APP
    words = ("plain php", "php-fpm", "phpmyadmin", "codeigniter", "slim framework", "xampp", "lamp stack")
    traits = frozenset({Trait.HEADERS_FROM_CODE, Trait.ERRORS_LOSE_HEADERS})
    executed = "PHP 8.2"
    pitfalls = PITFALLS
    order = "Before everything else in every script: before output, sessions and logins."
    sources = ("https://www.php.net/manual/en/function.header.php",)
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.85, header="x-powered-by", holds="php/"),
        Tell(0.7, header="set-cookie", holds="phpsessid="),
        Tell(0.8, bodies=("<b>Fatal error</b>:", " on line <b>")),
        Tell(0.8, bodies=("<b>Warning</b>:", "headers already sent")),
        Tell(0.7, bodies=("PHP Fatal error:  ",)),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write *policy* as a script that every other begins with."""
        code, limits = cors_code(policy)
        return Rendered(
            self.name,
            (File("cors.php", "php", f"<?php\ndeclare(strict_types=1);\n\n{code}"),),
            (
                "Every script, or the only one that gets all requests, begins with require __DIR__ . '/cors.php'; or "
                "auto_prepend_file in php.ini names it.",
                "Take out all other headers of CORS, those in .htaccess too: each must be sent once.",
                "The server's own errors (a missing file, a body that is too large) go past PHP: set the headers "
                "there, too.",
                "Check it with php -l cors.php. It counts at once.",
            ),
            (*limits, *leftovers(policy, *KNOWN)),
            self.executed,
        )
