"""Which view a request is for that did not get to it: preflights, and what a login turned away."""

from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.conf.urls.i18n import is_language_prefix_patterns_used
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import translation


def view_at(request: HttpRequest) -> object:
    """Find the view at the address of *request*; ``None`` where there is none."""
    path = request.path_info
    urlconf = getattr(request, "urlconf", None) or settings.ROOT_URLCONF
    try:
        with _language(request, urlconf):
            # CommonMiddleware redirects to the address with a slash; whoever may read that may read the redirect.
            for candidate in (path, path + "/") if settings.APPEND_SLASH else (path,):
                try:
                    return resolve(candidate, urlconf).func
                except Resolver404:
                    continue
    except Exception:  # noqa: BLE001 - of a converter: Django answers that
        return None
    return None


def _language(request: HttpRequest, urlconf: str) -> AbstractContextManager[object]:
    """Speak the language of the address for a while, as LocaleMiddleware will: `i18n_patterns` match no other."""
    prefixes, default_has_one = is_language_prefix_patterns_used(urlconf)
    if not prefixes:
        return nullcontext()
    language = translation.get_language_from_path(request.path_info)
    if language is None and default_has_one:
        language = translation.get_language_from_request(request)
    return translation.override(language or settings.LANGUAGE_CODE)
