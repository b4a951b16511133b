"""Somebody at a browser: follows the sign-in link, opens forms, fills them in and sends them."""

import http.client
import http.cookiejar
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin

from lxml import html

_SECONDS = 30

Unanswered = (OSError, http.client.HTTPException)
"""What is raised when the site is gone, or goes while it answers."""


@dataclass(frozen=True)
class Answer:
    """A status and the page; of a redirection, where it leads."""

    status: int
    text: str
    location: str


@dataclass(frozen=True)
class FilledForm:
    """A form ready to be sent, again and again if need be."""

    address: str
    fields: dict[str, str]

    def with_fields(self, **changes: str) -> "FilledForm":
        """Give the form with other words in it."""
        return FilledForm(self.address, {**self.fields, **changes})


class _Stay(urllib.request.HTTPRedirectHandler):
    """Shows redirections instead of following them."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        """Follow none."""


class Visitor:
    """One browser, with its cookies."""

    def __init__(self, cookies: http.cookiejar.CookieJar | None = None) -> None:
        self.cookies = cookies if cookies is not None else http.cookiejar.CookieJar()
        handler = urllib.request.HTTPCookieProcessor(self.cookies)
        self._opener = urllib.request.build_opener(handler, _Stay())

    def get(self, address: str) -> Answer:
        """Open a page."""
        return self._answer(urllib.request.Request(address))

    def form(self, address: str) -> FilledForm | None:
        """Open a page and give the form on it that is posted; None when the page has none."""
        answer = self.get(address)
        if answer.status != 200:
            return None
        forms = html.fromstring(answer.text).xpath('//main//form[@method="post"]')
        if not forms:
            return None
        fields = {name: value or "" for name, value in forms[-1].form_values()}
        return FilledForm(urljoin(address, forms[-1].get("action") or address), fields)

    def send(self, form: FilledForm) -> Answer:
        """Post a form."""
        data = urlencode(form.fields).encode()
        return self._answer(urllib.request.Request(form.address, data))

    def sign_in(self, link: str) -> None:
        """Follow a one-time sign-in link."""
        form = self.form(link)
        assert form is not None, link
        answer = self.send(form)
        assert answer.status == 302, answer

    def _answer(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=_SECONDS) as answer:
                return Answer(answer.status, answer.read().decode(), "")
        except urllib.error.HTTPError as error:
            with error:
                text = error.read().decode(errors="replace")
            return Answer(error.code, text, error.headers.get("Location", ""))
