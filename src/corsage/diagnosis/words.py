"""What reports call things: the verdict in a sentence, layers as people say them, when to name one's stack."""

from typing import Final

from corsage.diagnosis.finding import Diagnosis, Finding
from corsage.model.root_cause import RootCause
from corsage.rules import Case

_SURE_OF_NO: Final = 0.5
_CRASH: Final = 500
NOTHING_WRONG: Final = "No: with these answers every browser lets the page read the response."
_VERDICTS: Final = {
    True: "Yes, it is CORS.",
    False: "No, it is not CORS: response headers cannot mend it.",
    None: "Nobody can tell yet whether it is CORS.",
}
_PERHAPS_NOT: Final = "Perhaps it is not CORS at all: the evidence does not decide."
_HIDDEN: Final = "Another error comes first: the browser says CORS because that error has no CORS headers."
LAYERS: Final = {
    "app": "the application",
    "app-auth": "the application's login",
    "app-cookies": "the application's cookies",
    "proxy": "the proxy in front of the application",
    "proxy-auth": "the proxy that checks logins",
    "gateway": "the gateway",
    "platform": "the platform that runs the application",
    "cdn": "the CDN",
    "storage": "the bucket",
    "idp": "the identity provider",
    "client": "the page's own code",
    "client-url": "the URL that the page asks for",
    "client-sdk": "a library in the page",
    "client-extension": "a browser extension",
    "page": "the page itself",
    "resource": "the resource that is embedded",
    "browser": "the browser",
    "network": "the network between browser and server",
}
# What people may use there, by layer: names of stacks.
_EXAMPLES: Final = {
    "app": "fastapi, django, express, spring-boot, go …",
    "proxy": "nginx, apache, caddy, haproxy …",
    "gateway": "api-gateway-http, traefik, envoy, ingress-nginx …",
    "platform": "vercel, netlify, azure-app-service, lambda-url …",
    "cdn": "cloudfront, s3 …",
    "storage": "s3, gcs, azure-blob, minio …",
    "idp": "keycloak, auth0, okta …",
}

_OF_WEBSOCKETS: Final = "socketio, python-socketio, tornado or jupyter"


def verdict_of(diagnosis: Diagnosis) -> str:
    """Say in a sentence whether it is CORS, no surer than the first finding is."""
    first = diagnosis.findings[0] if diagnosis.findings else None
    is_cors = diagnosis.is_cors_problem
    passed = diagnosis.replay is not None and diagnosis.replay.outcome.refusal is None
    if is_cors is False and (passed or (first is None and not diagnosis.fix)):
        return NOTHING_WRONG
    if first is not None and _hides_cors(first, diagnosis):
        return _HIDDEN
    if first is None or is_cors is not False:
        return _VERDICTS[is_cors]
    return _PERHAPS_NOT if first.confidence < _SURE_OF_NO else _VERDICTS[False]


def _hides_cors(finding: Finding, diagnosis: Diagnosis) -> bool:
    """Tell whether the browser speaks of CORS though another error must be mended first."""
    status = Case(diagnosis.evidence).status
    crashed = status is not None and status >= _CRASH
    return finding.rule.code.startswith("CORS41") and finding.root_cause.is_cors and crashed


def layer_words(layer: str) -> str:
    """Return *layer* as people say it: ``app/proxy`` is the application or the proxy."""
    return " or ".join(LAYERS.get(each, each) for each in layer.split("/"))


def how_to_name_a_stack(diagnosis: Diagnosis, finding: Finding) -> str:
    """Say how to get the configuration for one's own stack; empty where there is one, or none would mend it."""
    origin = Case(diagnosis.evidence).origin
    if diagnosis.snippets or not finding.rule.snippet or origin == "null" or origin.startswith("file:"):
        return ""
    if finding.root_cause is RootCause.WEBSOCKET_ORIGIN_CHECK:
        return f"Name what you use, and its list of origins is written here: --stack {_OF_WEBSOCKETS}"
    named = next((each for each in finding.layer.split("/") if each in _EXAMPLES), None)
    if named is None:
        return ""
    return f"Name what you use, and the configuration of {LAYERS[named]} is written here: --stack {_EXAMPLES[named]}"
