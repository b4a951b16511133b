"""The language of a request, and what may be kept by caches."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers

from stocktake.lib.multilingual import LANGUAGES

Handler = Callable[[HttpRequest], HttpResponse]

_DJANGO_CODES = {"zh": "zh-hans"}
"""The code under which Django and its packages keep a language, where it is another."""

_YEAR = 365 * 24 * 3600


class LanguageMiddleware:
    """Chooses the language: `?lang=`, which is remembered, then the cookie, then the browser's."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
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
