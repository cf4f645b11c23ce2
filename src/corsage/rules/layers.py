"""Which layer has to change, where that depends on who took part."""

from corsage.rules.case import Case


def responsible(case: Case) -> str:
    """Return the layer that sets a response's CORS headers."""
    if "headers-from-code" in case.traits:
        return "app"
    if "storage" in case.kinds and "app" not in case.kinds:
        return "storage"
    if "cdn" in case.kinds and "app" not in case.kinds:
        return "cdn"
    if "app" in case.kinds or "service" in case.kinds:
        return "app"
    return case.layer_among("proxy", "gateway", "platform", otherwise="app")


def in_front(case: Case) -> str:
    """Return what stands before the application: the first that answers in its place."""
    return case.layer_among("gateway", "proxy", "platform", "cdn", otherwise="proxy")
