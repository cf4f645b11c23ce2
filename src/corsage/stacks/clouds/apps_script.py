"""Web apps of Google Apps Script: no OPTIONS, and no headers of one's own."""

import re
from typing import ClassVar

from corsage.stacks.base import Kind, Pitfall, Trait
from corsage.stacks.text_search import holds
from corsage.stacks.told import RecognisedStack, Tell


class AppsScript(RecognisedStack):
    """doGet and doPost are all there is."""

    name: ClassVar[str] = "apps-script"
    title: ClassVar[str] = "Google Apps Script"
    kind: ClassVar[Kind] = Kind.PLATFORM
    words: ClassVar[tuple[str, ...]] = (
        "apps script",
        "google apps script",
        "script.google.com",
        "script.googleusercontent.com",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.NO_PREFLIGHT})
    sources: ClassVar[tuple[str, ...]] = (
        "https://developers.google.com/apps-script/guides/web",
        "https://developers.google.com/apps-script/guides/content",
    )
    advice: ClassVar[str] = (
        "Apps Script cannot answer OPTIONS: send requests that need no preflight (GET, or POST with "
        "Content-Type text/plain and the JSON as text), follow redirects, and deploy the web app for "
        "Anyone."
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "json-post",
            "POST with Content-Type: application/json makes a preflight, which Apps Script answers 405.",
            "Send the JSON as text: Content-Type text/plain;charset=utf-8, and "
            "JSON.parse(e.postData.contents) in doPost.",
            holds(r"script\.google\.com", r"application/json"),
        ),
        Pitfall(
            "not-for-anyone",
            "A web app that is not for Anyone redirects to a login, which a page cannot follow.",
            "Deploy it as: Execute as me, Who has access: Anyone.",
        ),
        Pitfall(
            "old-deployment",
            "A change of the script counts for a new version of the deployment alone.",
            "Manage deployments, edit, New version.",
        ),
        Pitfall(
            "script-failed",
            "An error in the script is a page of HTML without CORS headers.",
            "Catch errors and return them as JSON.",
        ),
        Pitfall(
            "set-header",
            "ContentService has no way to set headers: setHeader does not exist there.",
            "Leave it out: the star is sent by itself.",
            re.compile(r"ContentService[^;]{0,300}\.setHeader"),
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.9, bodies=("Google Apps Script",)),
        Tell(0.85, header="location", holds="script.googleusercontent.com"),
        Tell(0.7, bodies=("Script function not found: doGet",)),
        Tell(0.7, bodies=("Script function not found: doPost",)),
    )
