"""The page itself: what a reader's own browser loads to see the same."""

import html
import json
from typing import Any, Final

from demo.places import Places
from demo.scene import Scene

PAGE_HEADERS: Final = (("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store"))
_SOURCE: Final = """<!doctype html>
<meta charset="utf-8">
<title>Corsage: {title}</title>
<h1>{title}</h1>
<p>{lead}</p>
<pre>{call}</pre>
<p id="result">...</p>
<p>The console (F12) has the browser's own words.</p>
<script>
const result = document.getElementById("result");
{call_raw}
  .then((response) => response.text())
  .then((text) => (result.textContent = "The page reads: " + text))
  .catch((error) => (result.textContent = "The page gets: " + error));
</script>
"""


def page_source(scene: Scene, places: Places) -> str:
    """Return the HTML of a page that makes the scene's request."""
    call = _call(scene, places)
    return _SOURCE.format(
        title=html.escape(scene.title),
        lead=html.escape(places.fill(scene.lead)),
        call=html.escape(call),
        call_raw=call,
    )


def _call(scene: Scene, places: Places) -> str:
    init: dict[str, Any] = {}
    options = iter(scene.request)
    for option in options:
        value = next(options)
        if option == "-H":
            name, _, text = value.partition(": ")
            init.setdefault("headers", {})[name] = text
        elif option in _MEMBERS:
            init[_MEMBERS[option]] = value
    arguments = [json.dumps(places.fill(scene.url)), *([json.dumps(init)] if init else [])]
    return f"fetch({', '.join(arguments)})"


_MEMBERS: Final = {"-X": "method", "-d": "body", "--credentials": "credentials"}
