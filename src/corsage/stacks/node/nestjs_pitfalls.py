"""Usual mistakes with NestJS."""

from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.node import option_lint, order_lint
from corsage.stacks.node.common_pitfalls import LOGIN_FIRST
from corsage.stacks.node.express_pitfalls import CORS_PITFALLS

NEST_PITFALLS: Final = (
    *CORS_PITFALLS,
    LOGIN_FIRST,
    Pitfall(
        "cors-after-listen",
        "enableCors() after listen() comes too late: the routes are there already, preflights are answered 404.",
        "Call enableCors() right after NestFactory.create().",
        order_lint.before("listen", "enableCors"),
    ),
    Pitfall(
        "cors-twice",
        "CORS is set up in NestFactory.create() and with enableCors(): what one allows the other does not take back.",
        "Keep one of them.",
        option_lint.is_set_up_twice,
    ),
)
