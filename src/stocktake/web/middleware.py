"""The language of a request, and what may be kept by caches."""

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers

from stocktake.lib.multilingual import LANGUAGES

Handler = Callable[[HttpRequest], HttpResponse]

_DJANGO_CODES = {"zh": "zh-hans"}
"""The code under which Django and its packages keep a language, where it is another."""

_PLAIN_IN_PATHS = "/:@!$&'()*+,;=~"
"""What may stand in a path as it is."""

_YEAR = 365 * 24 * 3600


class LanguageMiddleware:
    """Chooses the language: `/fr/…` or `?lang=`, both remembered, the cookie, the browser's.

    A prefix is taken off before addresses are matched and kept in `request.language_prefix`
    (`/fr`, else empty), so that every page answers with and without one; `request.path` stays as
    it was asked for. Where `?lang=` names another language than the prefix, it leads there.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        prefix = _take_prefix(request)
        if prefix and asked in LANGUAGES and request.method in ("GET", "HEAD"):
            return HttpResponseRedirect(address_in(request, asked))
        asked = prefix or asked
        chosen = asked if asked in LANGUAGES else self._remembered(request)
        with translation.override(_DJANGO_CODES.get(chosen, chosen)):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        if asked in LANGUAGES:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                asked,
                max_age=_YEAR,
                samesite="Lax",
                secure=request.is_secure(),
                httponly=True,
            )
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    def _remembered(self, request: HttpRequest) -> str:
        cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if cookie in LANGUAGES:
            return cookie
        found = translation.get_language_from_request(request).split("-")[0]
        return found if found in LANGUAGES else settings.LANGUAGE_CODE


def address_in(request: HttpRequest, language: str) -> str:
    """Give the address of a page under the prefix of a language, its state kept but `?lang=`."""
    query = request.GET.copy()
    query.pop("lang", None)
    path = f"/{language}{quote(request.path_info, safe=_PLAIN_IN_PATHS)}"
    return f"{path}?{query.urlencode()}" if query else path


def _take_prefix(request: HttpRequest) -> str:
    """Take a language off the start of the path; gives it, or nothing where there is none."""
    language, _slash, rest = request.path_info.removeprefix("/").partition("/")
    is_prefix = language in LANGUAGES
    request.language_prefix = f"/{language}" if is_prefix else ""  # type: ignore[attr-defined]
    if not is_prefix:
        return ""
    request.path_info = f"/{rest.lstrip('/')}"
    return language


class PrivateWhenSignedInMiddleware:
    """Keeps what a signed-in person sees out of every shared cache."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response
