"""A real browser on a real server: Chromium, with or without JavaScript, narrow or wide, light or dark.

Its build without windows takes a quarter less time for a page than the one with them, and draws the same.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser.hands import asked
from tests.patience import PATIENCE

NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}
Opened = Callable[..., Page]


@pytest.fixture(scope="session")
def player() -> Iterator[Playwright]:
    """What leads browsers."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop in the thread of the tests
    with sync_playwright() as found:
        yield found
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@contextmanager
def launched(player: Playwright, program: str) -> Iterator[Browser]:
    """A browser of this name, ended afterwards."""
    arguments = ["--no-sandbox", "--disable-background-networking"]
    browser = player.chromium.launch(executable_path=f"/usr/bin/{program}", args=arguments)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def chromium(player: Playwright) -> Iterator[Browser]:
    """One browser for all tests of a process."""
    with launched(player, "chromium-headless-shell") as browser:
        yield browser


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    """All browsers share one address: each test begins with nothing counted against it."""
    cache.clear()


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[Opened]:
    """Opens browsers of different people: ``open_page(wide=False, script=True, dark=False, language="en")``.

    A page fails its test when the browser reports an error or a breach of the content policy.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def opened(*, wide: bool = False, script: bool = True, dark: bool = False, language: str = "en") -> Page:
        if (way := asked()) is not None:
            wide, script = way.wide, way.script
        context = chromium.new_context(
            base_url=live_server.url,
            viewport=WIDE if wide else NARROW,
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            locale=language,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1_000)  # a busy machine is slow, not wrong
        page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [trouble for trouble in troubles if "status of 4" not in trouble] == []


def settled(page: Page, script: str) -> Any:
    """What ``script`` answers once the page and its letters are there: others, shown meanwhile, have other widths."""
    page.wait_for_load_state()  # half a page has not yet what is looked for
    page.evaluate(script)  # a look is what begins to load the letters
    while page.evaluate("document.fonts.status") == "loading":
        page.wait_for_load_state()
    return page.evaluate(script)


def overflow(page: Page) -> int:
    """How many pixels one would have to scroll sideways."""
    return settled(page, "document.documentElement.scrollWidth - document.documentElement.clientWidth")


def picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page in the folder ``PICTURES``, if somebody wants to look."""
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
