"""Addresses of documents: languages before them, permalinks, spellings, joint symbols."""

from typing import Any

import pytest
from django.test import Client

from stocktake.domain.documents.services import withdraw_provisions
from stocktake.web.documents.addressing import Asked, readings
from tests import factories
from tests.web.documents import making


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("E/RES/2010/2", [Asked("E/RES/2010/2")]),
        ("E/RES/2010/2/", [Asked("E/RES/2010/2")]),
        ("E/RES/2010/2/para/20/a", [Asked("E/RES/2010/2", "provision", "para/20/a")]),
        ("E/RES/2010/2/follow-up", [Asked("E/RES/2010/2", "follow-up")]),
        ("E/RES/2010/2/compare/A/1", [Asked("E/RES/2010/2", "compare", "A/1")]),
        ("E/RES/2010/2/download.JSON", [Asked("E/RES/2010/2", "download", "json")]),
        ("A/B/annex/I/para/12", [Asked("A/B", "provision", "annex/I/para/12")]),
        ("A/CONF.1/9/Annex", [Asked("A/CONF.1/9/Annex")]),
        ("", []),
        ("A/1\x00", []),
    ],
)
def test_address_is_read_from_behind(address: str, read: list[Asked]) -> None:
    found = readings(address)

    assert found[: len(read)] == read
    assert bool(found) == bool(read)


def test_address_of_a_part_is_also_read_as_part_of_the_path() -> None:
    assert readings("A/RES/64/1/part-b/para/3") == [
        Asked("A/RES/64/1/part-b", "provision", "para/3"),
        Asked("A/RES/64/1", "provision", "part-b/para/3"),
    ]


@pytest.mark.parametrize("method", ["get", "head"])
def test_permalinks_lead_to_the_language_of_the_browser(
    db: None, client: Client, method: str
) -> None:
    making.line()
    tails = ("", "/para/2", "/follow-up", "/compare/E/RES/2009/7")

    answers = [
        getattr(client, method)(
            f"/documents/E/RES/2010/7{tail}?a=1&b=2", HTTP_ACCEPT_LANGUAGE="ru,fr;q=0.5"
        )
        for tail in tails
    ]

    assert [(each.status_code, each["Location"]) for each in answers] == [
        (302, f"/ru/documents/E/RES/2010/7{tail}?a=1&b=2") for tail in tails
    ]
    vary = {part.strip() for part in answers[0]["Vary"].split(",")}
    assert {"Accept-Language", "Cookie"} <= vary


def test_permalink_leads_by_choice_before_browser_and_to_english_last(
    db: None, client: Client
) -> None:
    factories.document("E/RES/2010/7")

    plain = client.get("/documents/E/RES/2010/7", HTTP_ACCEPT_LANGUAGE="xx")
    client.get("/es/about/")
    chosen = client.get("/documents/E/RES/2010/7", HTTP_ACCEPT_LANGUAGE="ru")
    asked = client.get("/documents/E/RES/2010/7?lang=zh&x=1", HTTP_ACCEPT_LANGUAGE="ru")

    assert [each["Location"] for each in (plain, chosen, asked)] == [
        "/en/documents/E/RES/2010/7",
        "/es/documents/E/RES/2010/7",
        "/zh/documents/E/RES/2010/7?x=1",
    ]


@pytest.mark.parametrize(
    "written",
    ["e/res/2010/7", "E/RES/2010/7/", "a/66/64", "A/66/64–E/2011/77", "E/2011/77"],
)
def test_symbol_is_found_in_any_spelling_and_each_joint_one_leads_to_the_document(
    db: None, client: Client, written: str
) -> None:
    factories.document("E/RES/2010/7", symbols=["E/RES/2010/7", "A/66/64", "E/2011/77"])

    answer = client.get(f"/fr/documents/{written}")

    assert (answer.status_code, answer["Location"]) == (302, "/fr/documents/E/RES/2010/7")


def test_document_without_symbol_is_found_by_its_identifier(db: None, client: Client) -> None:
    document = factories.document(title="A note", symbols=[])

    answer = client.get(f"/en/documents/{document.public_id}")

    assert answer.status_code == 200
    assert b"<title>A note \xc2\xb7 Stocktake</title>" in answer.content


def test_paragraph_of_an_annex_and_of_a_preamble_have_pages(db: None, client: Client) -> None:
    document = factories.document("E/RES/2010/7")
    factories.provision(document, "annex/I/para/12", number="12")
    factories.provision(document, "preamble/3", role="preambular", number="3")

    annex = client.get("/en/documents/E/RES/2010/7/annex/I/para/12").content.decode()
    preamble = client.get("/en/documents/E/RES/2010/7/preamble/3").content.decode()

    assert "Annex I" in annex
    assert "Preambular paragraph" in preamble


@pytest.mark.parametrize(
    "address",
    [
        "E/RES/1/1",
        "E/RES/2010/7/para/9",
        "E/RES/2010/7/compare/E/RES/1/1",
        "E/RES/2010/7/download.exe",
    ],
)
def test_what_is_not_on_record_is_not_found(db: None, client: Client, address: str) -> None:
    factories.provision(factories.document("E/RES/2010/7"))

    assert client.get(f"/en/documents/{address}").status_code == 404


def test_working_document_is_hidden_from_the_public_and_shown_to_the_secretariat(
    client: Client, anna: Any, bilal: Any
) -> None:
    document = factories.document("E/RES/2010/7", "Being prepared", state="working")
    factories.provision(document)
    tails = ["", "/para/1", "/follow-up", "/download.json", "/download.md", "/download.xml"]
    addresses = [f"/en/documents/E/RES/2010/7{tail}" for tail in tails]

    public = [client.get(each).status_code for each in (*addresses, "/documents/E/RES/2010/7")]
    client.force_login(bilal)
    stranger = [client.get(each).status_code for each in addresses]
    client.force_login(anna)
    desk = [client.get(each).status_code for each in addresses[:-1]]

    assert public == [404] * 7
    assert stranger == [404] * 6
    assert desk == [200] * 5


def test_every_page_answers_under_a_language_which_is_remembered(db: None, client: Client) -> None:
    there = client.get("/ar/about/", HTTP_ACCEPT_LANGUAGE="fr")
    after = client.get("/about/", HTTP_ACCEPT_LANGUAGE="fr")

    assert there.status_code == 200
    assert b'<html lang="ar" dir="rtl">' in there.content
    assert b'<html lang="ar" dir="rtl">' in after.content
    assert b'href="/ru/about/"' in there.content


def test_question_of_another_language_than_the_address_leads_there(
    db: None, client: Client
) -> None:
    answer = client.get("/fr/about/?lang=ar&x=a+b")

    assert (answer.status_code, answer["Location"]) == (302, "/ar/about/?x=a+b")


def test_language_before_an_address_cannot_lead_off_the_site(db: None, client: Client) -> None:
    answer = client.get("/fr//example.org/?lang=ar")

    assert answer["Location"] == "/ar/example.org/"


def test_withdrawn_paragraph_keeps_its_page(db: None, client: Client, system: Any) -> None:
    document = factories.document("E/RES/2010/7")
    factories.provision(document)
    withdraw_provisions(system, document, ["para/1"])

    page = client.get("/en/documents/E/RES/2010/7/para/1")

    assert page.status_code == 200
    assert "no longer part of the record" in page.content.decode()


def test_head_of_a_page_names_its_other_languages(db: None, client: Client) -> None:
    factories.document("E/RES/2010/7")

    source = client.get("/fr/documents/E/RES/2010/7").content.decode()

    here = "http://testserver/fr/documents/E/RES/2010/7"
    assert f'<link rel="canonical" href="{here}">' in source
    for language in ("ar", "zh", "en", "fr", "ru", "es"):
        other = here.replace("/fr/", f"/{language}/")
        assert f'<link rel="alternate" hreflang="{language}" href="{other}">' in source
    permalink = "http://testserver/documents/E/RES/2010/7"
    assert f'<link rel="alternate" hreflang="x-default" href="{permalink}">' in source
