"""Opens pages in Chromium on a slow line, each in an empty browser, and weighs what comes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from os import environ
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright

from proof.harness.identities import IdentityBrowser
from proof.harness.seeded_data import environment_of_data_folder
from proof.harness.web_server import WebServer
from proof.probes.access_matrix import AccessMatrix
from proof.probes.access_table import read_access_rows
from proof.result import Figure, ProofRequest, ProofResult, print_progress

PAGES = (  # who opens it, what it is, its route
    ("anonymous", "First page", "/"),
    ("anonymous", "Partnerships", "/p/"),
    ("anonymous", "A partnership", "/p/<slug:key>/"),
    ("anonymous", "Joining", "/p/<slug:key>/join/"),
    ("anonymous", "Which partnership is mine?", "/street/"),
    ("anonymous", "Is this message real?", "/check/"),
    ("anonymous", "Advice", "/advice/"),
    ("anonymous", "Reporting what one saw", "/report/"),
    ("anonymous", "Sign-in of staff", "/account/sign-in/"),
    ("anonymous", "Sign-in of members", "/m/"),
    ("member", "Messages", "/m/messages/"),
    ("member", "Settings", "/m/settings/"),
    ("coordinator", "What to do now", "/"),
    ("coordinator", "Messages to relay", "/coordinator/"),
    ("coordinator", "A message to relay", "/coordinator/messages/<uuid:key>/"),
    ("coordinator", "Members", "/coordinator/members/"),
    ("officer", "What to do now", "/"),
    ("officer", "Messages from the police", "/police/"),
    ("officer", "The path of a partnership", "/launch/<slug:key>/"),
    ("chief", "The zone", "/zone/"),
)
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # 400 kbit/s
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
LATE, TRIES = 2_000, 3  # milliseconds within which the first words must stand; how often a page is opened at most
KINDS = {"Document": "page", "Stylesheet": "style", "Script": "script", "Font": "font"}  # the rest is "other"
Visit = tuple[str, str, str, str, str, int]  # who, name, route, address, session, questions


@dataclass(frozen=True)
class Weight:
    """One page. ``bytes``: kind to what came over the line; ``painted``: milliseconds to the first words."""

    who: str
    name: str
    route: str
    bytes: Mapping[str, int]
    requests: int
    questions: int
    painted: float

    @property
    def total_bytes(self) -> int:
        """All that came."""
        return sum(self.bytes.values())


def run_probe(ask: ProofRequest, seed: Mapping[str, Any]) -> ProofResult:
    """The proof ``weights``; a quick run opens some of the pages."""
    pages = PAGES if ask.is_long else PAGES[::4]
    visits = list(_visits_with_query_counts(pages, AccessMatrix(seed), seed))
    environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's own loop runs in this thread; nothing is asked meanwhile
    home = Path(environ["PLP_HOME"])
    web = WebServer(SimpleNamespace(environment=environment_of_data_folder(home), log=home / "sink.log"), 1)  # type: ignore[arg-type]
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(
                executable_path="/usr/bin/chromium-headless-shell",
                args=["--no-sandbox", "--disable-background-networking"],
            )
            weights = [_measure_page_repeatedly(chromium, web.port, visit) for visit in visits]
            chromium.close()
    finally:
        web.close()
    return ProofResult(
        len(weights),
        "pages, each in an empty browser at 400 kbit/s with 400 ms to the first byte of each answer (docs/pages.md)",
        weight_figures(weights),
        details={"pages": [asdict(one) for one in weights]},
    )


def weight_figures(weights: list[Weight]) -> tuple[Figure, ...]:
    """The heaviest and the slowest of them."""
    return (
        Figure("heaviest page, all that comes", max(one.total_bytes for one in weights) / 1000, "kB", 100, 100),
        Figure("most script", max(one.bytes.get("script", 0) for one in weights) / 1000, "kB", 20, 20),
        Figure("most requests", max(one.requests for one in weights)),
        Figure("most questions to the database", max(one.questions for one in weights)),
        Figure("slowest first words", max(one.painted for one in weights) / 1000, "s", 2, 2),
    )


def _visits_with_query_counts(
    pages: Sequence[tuple[str, str, str]], walls: AccessMatrix, seed: Mapping[str, Any]
) -> Iterator[Visit]:
    """Each page with its address, the session that opens it, and how many questions the database is asked."""
    rows = read_access_rows()
    for who, name, route in pages:
        browser, url = IdentityBrowser(who, seed), walls.url_by_owner(rows[route])["own"]
        browser.client.get(url)
        with CaptureQueriesContext(connection) as asked:
            browser.client.get(url)
        cookie = browser.client.cookies.get(settings.SESSION_COOKIE_NAME)
        yield who, name, route, url, cookie.value if cookie else "", len(asked)


def _measure_page_repeatedly(chromium: Chromium, port: int, visit: Visit) -> Weight:
    """Opened once more, twice at most, where a machine that is busy with something else may have been the cause."""
    tries: list[Weight] = []
    while len(tries) < TRIES and not (tries and tries[-1].painted <= LATE):
        tries.append(_measure_page_weight(chromium, port, *visit))
    best = min(tries, key=lambda one: one.painted)
    seconds = f"{best.painted / 1000:.2f} s"
    print_progress(
        f"{best.who:12} {best.name:28} {best.total_bytes / 1000:6.1f} kB  {seconds}  {best.questions} questions"
    )
    return best


def _measure_page_weight(
    chromium: Chromium, port: int, who: str, name: str, route: str, url: str, session: str, questions: int
) -> Weight:
    """Open one page as its reader would for the first time."""
    origin = f"http://127.0.0.1:{port}"
    context = chromium.new_context(base_url=origin, locale="fr", viewport={"width": 360, "height": 740})
    if session:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": origin}])
    page = context.new_page()
    tools, kinds = context.new_cdp_session(page), {}
    came: Counter[str] = Counter()
    requests: Counter[str] = Counter()

    def record_resource_kind(told: dict[str, Any]) -> None:
        kinds[told["requestId"]] = KINDS.get(told["type"], "other")

    def count_bytes_and_request(told: dict[str, Any]) -> None:
        kind = kinds.get(told["requestId"], "other")
        came[kind] += int(told["encodedDataLength"])
        requests[kind] += 1

    tools.on("Network.responseReceived", record_resource_kind)
    tools.on("Network.loadingFinished", count_bytes_and_request)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", LINE)
    page.goto(url, wait_until="networkidle")
    page.wait_for_function(PAINTED)
    page.evaluate("() => document.fonts.ready.then(() => null)")
    painted = float(page.evaluate(PAINTED))
    context.close()
    return Weight(who, name, route, dict(came), requests.total(), questions, painted)
