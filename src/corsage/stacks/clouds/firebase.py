"""Cloud Functions for Firebase, and Cloud Run's functions: Node's request and response."""

import re
from typing import ClassVar, Final

from corsage.server import Policy
from corsage.stacks.base import File, Kind, Pitfall, Rendered, Trait
from corsage.stacks.clouds.function_javascript import node_module
from corsage.stacks.leftovers import leftovers
from corsage.stacks.told import Tell, ToldStack

_ENTRY: Final = """\
import { onRequest } from 'firebase-functions/v2/https';
import { handle } from './handle.js';
import { withCors } from './cors.js';

export const api = onRequest({ cors: false }, withCors(handle));
"""


class Firebase(ToldStack):
    """The option ``cors`` knows origins alone: it grants every method and header, and no credentials."""

    name: ClassVar[str] = "firebase"
    title: ClassVar[str] = "Cloud Functions for Firebase"
    kind: ClassVar[Kind] = Kind.PLATFORM
    words: ClassVar[tuple[str, ...]] = (
        "firebase",
        "firebase functions",
        "firebase cloud functions",
        "google cloud functions",
        "cloud functions",
        "cloudfunctions.net",
    )
    traits: ClassVar[frozenset[Trait]] = frozenset({Trait.HEADERS_FROM_CODE, Trait.ERRORS_LOSE_HEADERS})
    executed: ClassVar[str] = "Node 20, without the package firebase-functions"
    order: ClassVar[str] = (
        "Google's check of the invoker comes before the function, and refuses without CORS headers."
    )
    sources: ClassVar[tuple[str, ...]] = (
        "https://firebase.google.com/docs/functions/http-events",
        "https://github.com/firebase/firebase-functions/blob/master/src/v2/providers/https.ts",
        "https://cloud.google.com/run/docs/authenticating/public",
    )
    pitfalls: ClassVar[tuple[Pitfall, ...]] = (
        Pitfall(
            "not-public",
            "The function may be invoked by nobody without a token: preflights, which carry none, are answered 403 by "
            "Google's front end, and browsers report CORS.",
            "Give allUsers the role Cloud Run Invoker (roles/run.invoker), and check users in the function.",
        ),
        Pitfall(
            "on-request-without-cors",
            "onRequest answers without CORS unless it is told to; callable functions (onCall) are told already.",
            "Wrap the function, or give it the option cors.",
            re.compile(r"onRequest\(\s*(?:async\s*)?\("),
        ),
        Pitfall(
            "callable-called-by-fetch",
            "A callable function is called by fetch, or another one by httpsCallable: the two speak differently.",
            "Use the client's httpsCallable with onCall, and fetch with onRequest.",
        ),
        Pitfall(
            "wrong-region",
            "The client asks in us-central1, and the function is elsewhere: what answers is a 404 without CORS "
            "headers.",
            "Give the client the region: getFunctions(app, 'europe-west1').",
        ),
        Pitfall(
            "function-failed",
            "A function that throws, or is not deployed, is answered without CORS headers.",
            "Look at the log: firebase functions:log.",
        ),
    )
    tells: ClassVar[tuple[Tell, ...]] = (
        Tell(0.9, header="function-execution-id"),
        Tell(0.8, bodies=("<title>403 Forbidden</title>", "Your client does not have permission to get URL")),
        Tell(0.5, header="x-country-code"),
    )

    def render(self, policy: Policy) -> Rendered:
        """Write a module around a function."""
        made = node_module(policy)
        files = (
            File("functions/index.js", "javascript", _ENTRY),
            File("functions/cors.js", "javascript", made.text),
        )
        known = (
            "private_network",
            "timing",
            "resource_policy",
            "preflight_status",
            "preflight_continue",
        )
        limits = (*made.limits, *leftovers(policy, *known))
        return Rendered(self.name, files, _STEPS, limits, self.executed)


_STEPS: Final = (
    "What the function did, without CORS, is exported as handle from functions/handle.js: it takes Node's request and "
    'response. functions/package.json has "type": "module".',
    "The package's own option, cors: [...], is shorter, and grants every method and header to its origins.",
    "firebase deploy --only functions. The function must be public: gcloud run services add-iam-policy-binding NAME "
    "--member=allUsers --role=roles/run.invoker",
)
