"""A running site with the sample register, and pages of a real browser."""

import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import homes

BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, and keep them on one worker, which starts one site."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def live_home(sample_template: Any, tmp_path_factory: pytest.TempPathFactory) -> homes.Home:
    """The installation that is served: a copy of the sample register, with its outbox."""
    home = homes.copy_of(sample_template, tmp_path_factory.mktemp("live") / "home")
    home.extra["STOCKTAKE_WEB_WORKERS"] = "1"
    return home


@pytest.fixture(scope="session")
def live_site(live_home: homes.Home) -> Iterator[str]:
    """The address of the served sample register."""
    with live_home.serving() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium of the system; without one the tests are skipped loudly."""
    from playwright.sync_api import sync_playwright

    path = next((p for p in (*BROWSERS, shutil.which("chromium") or "") if Path(p).is_file()), "")
    if not path:
        told = "BROWSER TESTS DID NOT RUN: install Chromium (package chromium)."
        warnings.warn(told, stacklevel=1)
        pytest.skip(told)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh page without cookies; its console messages are in `page.console`."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    made = context.new_page()
    made.console = []
    made.on("console", lambda message: made.console.append(f"{message.type}: {message.text}"))
    made.on("pageerror", lambda error: made.console.append(f"error: {error}"))
    yield made
    context.close()
