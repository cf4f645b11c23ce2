"""Express's ``cors`` under Node, on the same requests."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from bench import node
from bench.cors.cases import CASES, Case, headers

_PACKAGE: Final = "cors"


def added() -> tuple[str, dict[str, float]]:
    """Return the package's version and, for each case, the nanoseconds that it adds.

    Raises:
        NotMeasured: Node.js, npm or the package is not here.
    """
    versions = node.ensure_peers((_PACKAGE,))
    with TemporaryDirectory(prefix="corsage-bench-") as folder:
        path = Path(folder, "cases.json")
        path.write_text(json.dumps([_entry(case) for case in CASES]), encoding="utf-8")
        found = node.script("express-cors.mjs", "--cases", str(path), seconds=60)
    return versions[_PACKAGE], {line["name"]: float(line["ns"]) for line in found}


def _entry(case: Case) -> dict[str, Any]:
    setup = case.setup
    options = {
        "origin": "*" if setup.origins == ("*",) else list(setup.origins),
        "methods": list(setup.methods),
        "allowedHeaders": list(setup.request_headers),
        "exposedHeaders": list(setup.exposed),
        "credentials": setup.credentials,
        "maxAge": setup.max_age,
    }
    entry = {"name": case.name, "options": options, "method": case.method, "headers": headers(case)}
    return {**entry, "expect": case.allowed}
