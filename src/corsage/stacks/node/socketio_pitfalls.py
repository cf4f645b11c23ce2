"""Usual mistakes with Socket.IO."""

import re
from typing import Final

from corsage.stacks.base import Pitfall
from corsage.stacks.node import common_pitfalls as common
from corsage.stacks.node import option_lint
from corsage.stacks.node.express_pitfalls import CORS_OPTIONS, SINGLE_TEXT, STAR_IN_LIST, WILDCARD

SOCKETIO_PITFALLS: Final = (
    *common.ORIGINS,
    SINGLE_TEXT,
    STAR_IN_LIST,
    WILDCARD,
    common.STAR_WITH_CREDENTIALS,
    common.ERRORS,
    common.unknown_option("Socket.IO", *CORS_OPTIONS),
    Pitfall(
        "origins-of-version-2",
        "The option origins was version 2's: since version 3 nobody reads it, and no origin is allowed.",
        "cors: { origin: ['https://app.example.com'] }.",
        option_lint.has_origins_of_socketio_2,
    ),
    Pitfall(
        "cors-without-object",
        "cors takes an object. Of a text, or of true, no option is read: everyone is allowed.",
        "cors: { origin: ['https://app.example.com'] }.",
        option_lint.has_cors_without_object,
    ),
    Pitfall(
        "version-2",
        "Version 2 sends every origin back by itself, with credentials, and takes null for no origin at all.",
        "Upgrade to version 4: allowEIO3: true takes old clients meanwhile.",
        re.compile(r"""["']socket\.io["']\s{0,9}:\s{0,9}["'][\^~]?[12]\."""),
    ),
    Pitfall(
        "old-client",
        "A client of version 2 is answered 400, Unsupported protocol version.",
        "Give client and server the same version; allowEIO3: true takes old clients meanwhile.",
    ),
    Pitfall(
        "websocket-unguarded",
        "CORS holds no WebSocket back: with transports: ['websocket'] a page of any origin connects, with cookies.",
        "Compare Origin in allowRequest, as the rendered configuration does with guard_websockets.",
        option_lint.has_websockets_only,
    ),
)
