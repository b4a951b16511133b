"""Citations of pages: what they say runs as the page does."""

from django.test import Client

from tests import factories


def test_citation_of_a_paragraph_runs_from_right_to_left_in_arabic(
    db: None, client: Client
) -> None:
    factories.provision(factories.document("E/RES/2010/7"), "para/3")

    arabic, english = (
        client.get(f"/{language}/documents/E/RES/2010/7/para/3").content.decode()
        for language in ("ar", "en")
    )

    arabic = arabic.replace("\u2068", "").replace("\u2069", "")  # isolates around the symbol
    assert '<bdi dir="rtl">E/RES/2010/7' in arabic
    assert '<bdi dir="ltr">E/RES/2010/7' in english
