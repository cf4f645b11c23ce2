"""Why a request was refused: sentences for people, and for the programs that show them."""

from typing import Final

from corsage.apps.cli.checking.hints import hints
from corsage.apps.cli.checking.run import Checked
from corsage.apps.cli.checking.verdict import is_network_failure, place
from corsage.apps.cli.checking.words import CAUSES, NETWORK, NOT_CORS
from corsage.apps.cli.text import shown
from corsage.model import Cause, Refusal

_LOCAL_NETWORK: Final = frozenset(
    {
        Cause.INSECURE_LOCAL_NETWORK,
        Cause.INVALID_LOCAL_NETWORK_ACCESS,
        Cause.LOCAL_NETWORK_PERMISSION_DENIED,
    }
)


def reasons(checked: Checked) -> list[str]:
    """Return the sentences that explain a refusal; none for other outcomes."""
    refusal = checked.outcome.refusal
    if refusal is None:
        return []
    if is_network_failure(refusal):
        return _network_reasons(refusal)
    sentence = because(refusal)
    sentences = [*([sentence] if sentence else []), *hints(refusal)]
    if not refusal.cause.is_cors:
        sentences.append("This is not the CORS protocol's doing: no Access-Control header changes it.")
    elif refusal.status is not None:
        sentences.append(_side_effect(checked, refusal))
    return sentences


def because(refusal: Refusal) -> str:
    """Return why it was refused, in plain words."""
    template = CAUSES.get(refusal.cause, "")
    return template.format(
        origin=refusal.origin,
        url=shown(refusal.url.href),
        status=refusal.status,
        value=shown(refusal.parameter) or "nothing",
    )


def _network_reasons(refusal: Refusal) -> list[str]:
    if refusal.failure is None:
        return [NOT_CORS]
    advice = NETWORK[refusal.failure.kind][1]
    detail = refusal.failure.detail
    said = [f"libcurl says: {shown(detail)}"] if detail else []
    return [NOT_CORS, advice.format(host=place(refusal)), *said]


def _side_effect(checked: Checked, refusal: Refusal) -> str:
    request = checked.outcome.request
    method = shown(request.method) if request is not None else shown(checked.question.method)
    if refusal.cause.is_preflight:
        return f"The {method} itself was not sent."
    if refusal.cause in _LOCAL_NETWORK:
        return "A browser refuses as soon as it knows the address; here the answer was fetched to learn it."
    return f"The {method} was sent and answered: the browser only withholds the answer from the page."
