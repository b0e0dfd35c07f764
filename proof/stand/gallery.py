"""Walks through every page of every role with a browser, in the process that has the data folder."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from os import environ
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from PIL import Image
from playwright.sync_api import BrowserContext, Error, Page, sync_playwright

from proof.found import Ask, Figure, Found, progress
from proof.stand.browsers import Browser, quiet
from proof.stand.lens import SIZES, Fault, Seen, faults_of_view, frame, views
from proof.stand.seeded import environment
from proof.stand.table import identities, read
from proof.stand.walls import Walls
from proof.stand.web import Web

PAPER = re.compile(r"\.(?:pdf|csv|svg|cap|atom|webmanifest|ics|xlsx|vcf|xml|json|js)$|<(?:slug|str):form>|/all/|^/api/")
DRAWN = 640  # pixels: pictures of wide pages are made half as wide, those of narrow ones stay
TALL = 2_400  # pixels of a page that a picture shows
SEEN = "seen.json"
CRUMBS = "[...document.querySelectorAll('.breadcrumbs a')].map((one) => one.getAttribute('href'))"
CHANGING = re.compile(r'value="[\w-]{30,}"|[0-9a-f-]{36}|\d\d[:.]\d\d')  # tokens, keys, hours


def look(ask: Ask, seed: Mapping[str, Any]) -> Found:  # noqa: ARG001 - called as every other
    """The pages that the setting ``SHEET`` chooses; what was seen is written beside the pictures."""
    quiet()
    wish = json.loads(environ["SHEET"])
    folder, walls = Path(wish["folder"]), Walls(seed)
    environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop in this thread
    home = Path(environ["PLP_HOME"])
    web = Web(SimpleNamespace(environment=environment(home), log=home / "sink.log"), 1)  # type: ignore[arg-type]
    try:
        with chromium() as launched:
            gallery = Gallery(launched, web.port, folder, ways=wish["ways"])
            for role in wish["roles"]:
                browser = next(one for one in walls.browsers if one.name == role)
                for language in wish["languages"]:
                    gallery.visit(browser, language, _addresses(walls, role, wish["only"])[:: wish["each"]])
    finally:
        web.close()
    faults = sum(len(one.faults) for one in gallery.seen)
    figures = (Figure("faults", faults, "", 0, 0), Figure("same as one seen before", gallery.same))
    return Found(len(gallery.seen), "pages of a person in a language", figures)


def _addresses(walls: Walls, role: str, only: str) -> list[tuple[str, str]]:
    """Route and address of each page that this role may read."""
    place = identities().index(role)
    return [
        (route, walls.urls(row)["own"])
        for route, row in sorted(read().items())
        if row.cells["GET"].get("own", "")[place : place + 1] == "A"
        and not PAPER.search(route)
        and re.search(only, route)
        and "own" in walls.urls(row)
    ]


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser without windows, ended afterwards."""
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


class Gallery:
    """One browser of the machine, through which everybody looks in turn."""

    def __init__(self, launched: Any, port: int, folder: Path, *, ways: list[str]) -> None:
        self.launched, self.origin, self.folder, self.ways = launched, f"http://127.0.0.1:{port}", folder, ways
        self.seen: list[Seen] = []
        self.known: set[tuple[str, str]] = set()  # language and content
        self.same = 0
        self.ways_back: dict[tuple[str, str], bool] = {}  # person and address: whether it opens

    def visit(self, browser: Browser, language: str, addresses: list[tuple[str, str]]) -> None:
        """Every page of one person in one language."""
        context = self.launched.new_context(
            base_url=self.origin, viewport=SIZES["wide"], reduced_motion="reduce", locale=f"{language}-BE"
        )
        context.set_default_timeout(30_000)
        page = context.new_page()
        troubles: list[str] = []
        page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        for route, address in addresses:
            self._admit(context, browser, language)
            one = Seen(browser.name, language, route, address)
            troubles.clear()
            if self._open(page, one):
                self._look(page, one)
                one.faults += [Fault("console", words[:200]) for words in troubles if "status of 4" not in words]
                self.seen.append(one)
        context.close()
        (self.folder / SEEN).write_text(json.dumps([one.as_json() for one in self.seen], ensure_ascii=False))
        faults = sum(len(one.faults) for one in self.seen)
        progress(f"{browser.name}, {language}: {len(self.seen)} pages so far, {self.same} alike, {faults} faults")

    def _admit(self, context: BrowserContext, browser: Browser, language: str) -> None:
        """The session of this person, freshly proven, and the language."""
        browser.refresh()
        kept = browser.client.cookies.get(settings.SESSION_COOKIE_NAME)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        cookies |= {settings.SESSION_COOKIE_NAME: kept.value} if kept and kept.value else {}
        context.add_cookies([{"name": name, "value": value, "url": self.origin} for name, value in cookies.items()])

    def _open(self, page: Page, one: Seen) -> bool:
        """Load it wide and light; whether it is a page that was not looked at yet."""
        page.set_viewport_size(SIZES["wide"])  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light")
        try:
            answer = page.goto(one.address)
        except Error as error:
            if "ERR_ABORTED" in str(error) or "Download is starting" in str(error):
                return False  # a file, not a page
            raise
        if answer is None or not answer.headers.get("content-type", "").startswith("text/html"):
            return False
        if answer.status >= 400 and answer.status not in {404, 409}:
            one.faults.append(Fault("status", str(answer.status)))
        content = CHANGING.sub("", page.locator("body").inner_html() if one.route == "/" else _main(page))
        mark = one.language, sha256(content.encode()).hexdigest()
        self.same += mark in self.known
        is_new = mark not in self.known
        self.known.add(mark)
        return is_new

    def _look(self, page: Page, one: Seen) -> None:
        one.faults += frame(page, one.language)
        one.faults += [
            Fault("crumb", f"{way} is shut") for way in page.evaluate(CRUMBS) if not self._opens(page, one, way)
        ]
        for view in views(page):
            if view in self.ways:
                one.faults += faults_of_view(page, view)
                one.pictures[view] = self._picture(page, one, view)

    def _opens(self, page: Page, one: Seen, way: str) -> bool:
        """Whether a way back leads somewhere for this person; asked once."""
        if (one.who, way) not in self.ways_back:
            self.ways_back[one.who, way] = page.request.get(way).ok
        return self.ways_back[one.who, way]

    def _picture(self, page: Page, one: Seen, view: str) -> str:
        """Keep a small picture; answer its name."""
        size = SIZES[view.split(maxsplit=1)[0]]
        tall = min(page.evaluate("document.documentElement.scrollHeight"), TALL)
        raw = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": size["width"], "height": tall})
        picture = Image.open(BytesIO(raw)).convert("RGB")
        if picture.width > DRAWN:
            picture = picture.resize((DRAWN, picture.height * DRAWN // picture.width), Image.Resampling.LANCZOS)
        words = re.sub(r"\W+", "-", f"{one.who} {one.language} {one.route}").strip("-")
        name = f"{words[:120]}-{sha256(one.route.encode()).hexdigest()[:6]}-{view.replace(' ', '-')}.webp"
        picture.save(self.folder / name, quality=60, method=2)
        return name


def _main(page: Page) -> str:
    return page.locator("main").first.inner_html()
