"""Every public page in a browser, English and Arabic: weight, accessibility, console, width."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = (
    "/",
    "/activities/",
    "/activities/?q=broadband",
    "/activities/?view=table",
    "/activities/?view=map",
    "/activities/?view=chart",
    "/activities/?q=zzzznothing",
    "ACTIVITY",
    "/documents/",
    "/documents/?view=table",
    "/documents/E/RES/2010/2",
    "/documents/E/RES/2010/2/para/24",
    "/documents/E/RES/2010/2/para/20/a",
    "/documents/E/RES/2010/2/follow-up",
    "/documents/E/RES/2010/2/compare/E/RES/2009/7",
    "/documents/A/66/64",
    "/ledger/",
    "/ledger/?view=table",
    "/ledger/?view=matrix",
    "MATRIX",
    "/ledger/?view=timeline",
    "/ledger/orphans/",
    "ASK",
    "/organizations/",
    "ORGANIZATION",
    "/countries/",
    "/countries/686/",
    "/countries/ldc/",
    "/frameworks/",
    "/frameworks/wsis-al/",
    "/frameworks/wsis-al/C2/",
    "/frameworks/sdg/",
    "/coverage/",
    "/statistics/",
    "/about/",
    "/about/method/",
    "/about/sources/",
    "/about/accessibility/",
    "/components/",
    "/accounts/login/",
    "/accounts/signup/",
    "/nothing-here/",
)
LANGUAGES = ("en", "ar")
LIMIT = 50_000
"""Bytes over the wire on a first visit, before the map of the world."""


@pytest.fixture(scope="module")
def addresses(live_site: str, browser: Any) -> dict[str, str]:
    """The address of each page; records are the first of their lists."""
    page = browser.new_page()
    found = {}
    for kind, path in (("ACTIVITY", "/activities/"), ("ORGANIZATION", "/organizations/")):
        page.goto(f"{live_site}{path}?lang=en")
        href = page.locator(".entry h2 a, .entry h3 a").first.get_attribute("href")
        found[kind] = str(href)
    page.goto(f"{live_site}/ledger/?lang=en&status=reported_done")
    found["ASK"] = str(page.locator(".entry h3 a").first.get_attribute("href")).partition("#")[0]
    document = page.locator("input[name=document]").first.get_attribute("value")
    found["MATRIX"] = f"/ledger/?view=matrix&document={document}"
    page.close()
    return {each: found.get(each, each) for each in PAGES}


def _open(page: Any, live_site: str, path: str, language: str) -> tuple[int, int]:
    """Open a page as a first visit; gives its status and the bytes that came over the wire."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    join = "&" if "?" in path else "?"
    response = page.goto(f"{live_site}{path}{join}lang={language}", wait_until="load")
    return response.status, sum(sizes)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_page_is_light_accessible_and_silent(
    name: str, language: str, page: Any, live_site: str, addresses: dict[str, str]
) -> None:
    status, size = _open(page, live_site, addresses[name], language)

    violations = Axe().run(page).response["violations"]
    told = [
        f"{each['id']}: {[node['html'][:120] for node in each['nodes']][:3]}" for each in violations
    ]
    expected = 404 if name == "/nothing-here/" else 200
    noise = [line for line in page.console if "404 (Not Found)" not in line]
    assert (status, told, noise) == (expected, [], [])
    assert size <= LIMIT, f"{size} bytes"
    html = page.locator("html")
    assert html.get_attribute("lang") == language
    assert html.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")


@pytest.fixture(scope="module")
def small_page(browser: Any) -> Iterator[Any]:
    """A page of a browser without scripts on a screen 320 pixels wide."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_page_fits_a_small_screen_without_scripts(
    name: str, language: str, small_page: Any, live_site: str, addresses: dict[str, str]
) -> None:
    join = "&" if "?" in addresses[name] else "?"
    small_page.goto(f"{live_site}{addresses[name]}{join}lang={language}")

    session = small_page.context.new_cdp_session(small_page)
    metrics = session.send("Page.getLayoutMetrics")

    session.detach()
    assert metrics["cssContentSize"]["width"] <= 320
    assert small_page.locator("h1").count() == 1


def test_search_box_offers_titles_while_somebody_types(page: Any, live_site: str) -> None:
    page.goto(f"{live_site}/?lang=en")

    page.locator("#q").press_sequentially("schol")

    option = page.locator("datalist option").first
    option.wait_for(state="attached")
    assert "schol" in str(option.get_attribute("value")).lower()
    assert page.console == []
