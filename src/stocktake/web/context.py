"""What every page needs: its language and direction, the language switch, a notice."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict

from stocktake.lib.multilingual import LANGUAGES, OWN_NAMES, direction
from stocktake.web.environment import page_language
from stocktake.web.middleware import address_in


def page(request: HttpRequest) -> dict[str, Any]:
    """Give the variables of the frame of every page."""
    language = page_language()
    return {
        "page_language": language,
        "page_direction": direction(language),
        "languages": [(code, OWN_NAMES[code], _in(request, code)) for code in LANGUAGES],
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "site_name": settings.SITE_NAME,
    }


def _in(request: HttpRequest, code: str) -> str:
    """Give the address of this page in another language, its whole state kept."""
    if getattr(request, "language_prefix", ""):
        return address_in(request, code)
    query = request.GET.copy() if request.method == "GET" else QueryDict(mutable=True)
    query["lang"] = code
    return f"{request.path}?{query.urlencode()}"
