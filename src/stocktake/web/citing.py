"""How to cite a page: what it is, where it is kept, its permanent address, and the day."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from stocktake.lib.multilingual import direction
from stocktake.web import addresses
from stocktake.web.environment import code as code_of
from stocktake.web.environment import formatted_date, page_language
from stocktake.web.parts import Citation, Label, Link


def citation(
    request: HttpRequest, title: Label, path: str, *, code: str = "", links: tuple[Link, ...] = ()
) -> Citation:
    """Make the citation of a page; `code` is the identifier of its record."""
    told = {
        "title": _isolated(title),
        "code": code_of(code),
        "day": formatted_date(timezone.localdate()),
    }
    if code:
        text = escape(_("“%(title)s” (%(code)s), Stocktake, as read on %(day)s.")) % told
    else:
        text = escape(_("“%(title)s”, Stocktake, as read on %(day)s.")) % told
    return Citation(text, addresses.permanent(request, path), links)


def _isolated(title: Label) -> Markup:
    """Keep a title from turning round what stands beside it; it is cited in its own language."""
    if isinstance(title, str):  # words of the page, also where a symbol comes first
        return Markup('<bdi dir="{}">{}</bdi>').format(direction(page_language()), title)
    chosen = title.best(page_language())
    if not chosen.is_fallback:
        return Markup("<bdi>{}</bdi>").format(chosen.text)
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(
        chosen.language, chosen.direction, chosen.text
    )
