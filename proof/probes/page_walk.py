"""Walks through every page of every role with a browser, in the process that has the data folder."""

import json
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from os import environ
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from playwright.sync_api import BrowserContext, CDPSession, Page, sync_playwright

from proof.harness.identities import IdentityBrowser, silence_django_log
from proof.harness.seeded_data import environment_of_data_folder
from proof.harness.web_server import WebServer
from proof.probes.access_matrix import AccessMatrix
from proof.probes.access_table import identity_names_of_table, read_access_rows
from proof.probes.language_detection import all_texts_in_database
from proof.probes.page_faults import SIZES, PageFault, PageView, faults_of_view, page_structure_faults, show_each_view
from proof.result import Figure, ProofRequest, ProofResult, print_progress

PAPER = re.compile(r"\.(?:pdf|csv|svg|cap|atom|webmanifest|ics|xlsx|vcf|xml|json|js)$|<(?:slug|str):form>|/all/|^/api/")
DRAWN = 640  # pixels: pictures of wide pages are made half as wide, those of narrow ones stay
TALL = 2_400  # pixels of a page that a picture shows
PART = "seen-{who}-{language}.json"
MEANT = {("/offline/", "no <footer>")}  # it is itself what stands at the foot of the others
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
CRUMBS = "[...document.querySelectorAll('.breadcrumbs a')].map((one) => one.getAttribute('href'))"
CHANGING = re.compile(r'value="[\w-]{30,}"|[0-9a-f-]{36}|\d\d[:.]\d\d')  # tokens, keys, hours


def run_probe(ask: ProofRequest, seed: Mapping[str, Any]) -> ProofResult:  # noqa: ARG001 - called as every other
    """The pages that the setting ``SHEET`` chooses; what was seen is written beside the pictures."""
    silence_django_log()
    wish = json.loads(environ["SHEET"])
    folder, walls = Path(wish["folder"]), AccessMatrix(seed)
    environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop in this thread
    home = Path(environ["PLP_HOME"])
    web = WebServer(SimpleNamespace(environment=environment_of_data_folder(home), log=home / "sink.log"), 1)  # type: ignore[arg-type]
    try:
        with running_chromium() as launched:
            gallery = PageWalk(launched, web.port, folder, ways=wish["ways"])
            for role in wish["roles"]:
                browser = next(one for one in walls.browsers if one.name == role)
                for language in wish["languages"]:
                    if not gallery.load_results_if_saved(role, language):
                        gallery.check_pages_and_save_results(
                            browser,
                            language,
                            routes_and_urls_readable_by_role(walls, role, wish["only"])[:: wish["each"]],
                        )
    finally:
        web.close()
    faults = sum(len(one.faults) for one in gallery.seen)
    figures = (Figure("faults", faults, "", 0, 0), Figure("same as one seen before", gallery.same))
    return ProofResult(len(gallery.seen), "pages of a person in a language", figures)


def routes_and_urls_readable_by_role(walls: AccessMatrix, role: str, only: str) -> list[tuple[str, str]]:
    """Route and address of each page that this role may read."""
    place = identity_names_of_table().index(role)
    return [
        (route, walls.url_by_owner(row)["own"])
        for route, row in sorted(read_access_rows().items())
        if row.cells["GET"].get("own", "")[place : place + 1] == "A"
        and not PAPER.search(route)
        and re.search(only, route)
        and "own" in walls.url_by_owner(row)
    ]


@contextmanager
def running_chromium() -> Iterator[Any]:
    """A browser without windows, ended afterwards."""
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path="/usr/bin/chromium-headless-shell", args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


class PageWalk:
    """One browser of the machine, through which everybody looks in turn."""

    def __init__(self, launched: Any, port: int, folder: Path, *, ways: list[str]) -> None:
        self.launched, self.origin, self.folder, self.ways = launched, f"http://127.0.0.1:{port}", folder, ways
        self.seen: list[PageView] = []
        self.known: set[tuple[str, str]] = set()  # language and content
        self.same = 0
        self.given = all_texts_in_database()
        self.ways_back: dict[tuple[str, str], bool] = {}  # person and address: whether it opens

    def load_results_if_saved(self, who: str, language: str) -> bool:
        """Whether this part was seen before the walk was broken off: then it is not walked again."""
        part = self.folder / PART.format(who=who, language=language)
        if not part.exists():
            return False
        kept = json.loads(part.read_text(encoding="utf-8"))
        self.seen += [
            PageView(**one | {"faults": [PageFault(**fault) for fault in one["faults"]]}) for one in kept["seen"]
        ]
        self.known |= {(language, mark) for mark in kept["marks"]}
        self.same += kept["same"]
        return True

    def check_pages_and_save_results(
        self, browser: IdentityBrowser, language: str, addresses: list[tuple[str, str]]
    ) -> None:
        """Every page of one person in one language."""
        context = self.launched.new_context(
            base_url=self.origin, viewport=SIZES["wide"], reduced_motion="reduce", locale=f"{language}-BE"
        )
        context.set_default_timeout(60_000)
        page = context.new_page()
        camera = context.new_cdp_session(page)
        troubles: list[str] = []
        page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        before, same = len(self.seen), self.same
        for route, address in addresses:
            self._set_session_and_language_cookies(context, browser, language)
            one = PageView(browser.name, language, route, address)
            troubles.clear()
            if self._is_unseen_page_content(context, one):
                self._check_and_screenshot_page(page, camera, one)
                one.faults += [PageFault("console", words[:200]) for words in troubles if "status of 4" not in words]
                self.seen.append(one)
        context.close()
        part = {
            "seen": [one.as_json() for one in self.seen[before:]],
            "marks": sorted(mark for spoken, mark in self.known if spoken == language),
            "same": self.same - same,
        }
        path = self.folder / PART.format(who=browser.name, language=language)
        path.write_text(json.dumps(part, ensure_ascii=False), encoding="utf-8")
        faults = sum(len(one.faults) for one in self.seen)
        print_progress(f"{browser.name}, {language}: {len(self.seen)} pages so far, {self.same} alike, {faults} faults")

    def _set_session_and_language_cookies(
        self, context: BrowserContext, browser: IdentityBrowser, language: str
    ) -> None:
        """The session of this person, freshly proven, and the language."""
        browser.mark_as_freshly_proven()
        kept = browser.client.cookies.get(settings.SESSION_COOKIE_NAME)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        cookies |= {settings.SESSION_COOKIE_NAME: kept.value} if kept and kept.value else {}
        context.add_cookies([{"name": name, "value": value, "url": self.origin} for name, value in cookies.items()])

    def _is_unseen_page_content(self, context: BrowserContext, one: PageView) -> bool:
        """Fetch it without drawing it: whether it is a page that was not looked at yet."""
        answer = context.request.get(one.address)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return False  # a file, not a page
        if answer.status >= 400 and answer.status not in {404, 409}:
            one.faults.append(PageFault("status", str(answer.status)))
        text = answer.text()
        main = MAIN.search(text)
        content = CHANGING.sub("", text if one.route == "/" or not main else main.group())
        mark = one.language, sha256(content.encode()).hexdigest()
        is_new = mark not in self.known
        self.same += not is_new
        self.known.add(mark)
        return is_new

    def _check_and_screenshot_page(self, page: Page, camera: CDPSession, one: PageView) -> None:
        """Load it once, then show it in each way."""
        page.set_viewport_size(SIZES["wide"])  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light")
        page.goto(one.address)
        one.faults += [
            fault
            for fault in page_structure_faults(page, one.language, self.given)
            if (one.route, fault.words) not in MEANT
        ]
        one.faults += [
            PageFault("crumb", f"{way} is shut")
            for way in page.evaluate(CRUMBS)
            if not self._is_back_link_reachable(page, one, way)
        ]
        for view, whole in show_each_view(page, self.ways):
            one.faults += faults_of_view(page, view, whole=whole)
            one.pictures[view] = self._save_screenshot(page, camera, one, view)

    def _is_back_link_reachable(self, page: Page, one: PageView, way: str) -> bool:
        """Whether a way back leads somewhere for this person; asked once."""
        if (one.who, way) not in self.ways_back:
            self.ways_back[one.who, way] = page.request.get(way).ok
        return self.ways_back[one.who, way]

    def _save_screenshot(self, page: Page, camera: CDPSession, one: PageView, view: str) -> str:
        """Keep a small picture; answer its name."""
        wide = SIZES[view.split(maxsplit=1)[0]]["width"]
        tall = min(page.evaluate("document.documentElement.scrollHeight"), TALL)
        clip = {"x": 0, "y": 0, "width": wide, "height": tall, "scale": min(DRAWN / wide, 1)}
        how = {"format": "webp", "quality": 60, "captureBeyondViewport": True, "optimizeForSpeed": True}
        raw = camera.send("Page.captureScreenshot", how | {"clip": clip})["data"]
        words = re.sub(r"\W+", "-", f"{one.who} {one.language} {one.route}").strip("-")
        name = f"{words[:120]}-{sha256(one.route.encode()).hexdigest()[:6]}-{view.replace(' ', '-')}.webp"
        (self.folder / name).write_bytes(b64decode(raw))
        return name
