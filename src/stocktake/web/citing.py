"""How to cite a page: what it is, where it is kept, its permanent address, and the day."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from stocktake.web import addresses
from stocktake.web.environment import formatted_date
from stocktake.web.parts import Citation, Link


def citation(
    request: HttpRequest, title: str, path: str, *, code: str = "", links: tuple[Link, ...] = ()
) -> Citation:
    """Make the citation of a page; `code` is the identifier of its record."""
    told = {"title": title, "code": code, "day": formatted_date(timezone.localdate())}
    if code:
        text = _("“%(title)s” (%(code)s), Stocktake, as read on %(day)s.") % told
    else:
        text = _("“%(title)s”, Stocktake, as read on %(day)s.") % told
    return Citation(text, addresses.permanent(request, path), links)
