"""Fifty browsers of different people at one real server at once: nobody gets what is another's (T17)."""

import http.client
import random
import threading
from collections import Counter
from collections.abc import Mapping
from os import environ
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings

from proof.canaries.exposure import ExposureLog, own_token
from proof.canaries.scanner import find_tokens_in_file_content
from proof.harness.identities import IDENTITIES, IdentityBrowser, silence_django_log
from proof.harness.seeded_data import environment_of_data_folder
from proof.harness.web_server import WebServer
from proof.probes.access_matrix import AccessMatrix
from proof.probes.access_table import read_access_rows
from proof.result import Figure, ProofRequest, ProofResult, print_progress

PAGES = (".pdf", ".zip", ".docx", ".xlsx")  # left out: they take the processors that the crowd needs
NEVER = ("ETag", "Last-Modified", "Age")  # by these a cache would keep a page of somebody
ANSWERED = {200, 302, 401, 404, 405, 409, 429}  # 401: the open interface, without a key


class Visitor:
    """One browser: whose it is, its session, and where it may go."""

    def __init__(self, browser: IdentityBrowser, urls: list[str]) -> None:
        self.browser, self.urls = browser, urls
        browser.client.get("/")
        kept = browser.client.cookies.get(settings.SESSION_COOKIE_NAME)
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={kept.value}" if kept and kept.value else ""


def run_probe(ask: ProofRequest, seed: Mapping[str, Any]) -> ProofResult:
    """The proof ``crowd``."""
    silence_django_log()
    walls, watch = AccessMatrix(seed), ExposureLog(seed)
    urls = _urls_to_visit(walls)
    visitors = [Visitor(one, urls) for one in walls.browsers]
    owns = {one.browser.name: own_token(one.browser, seed["canary"]) for one in visitors}
    home, counts, lock = Path(environ["PLP_HOME"]), Counter[str](), threading.Lock()
    odd: Counter[str] = Counter()
    each = ask.number_for_size(trial=3, quick=5, floor=100, full=400)

    def request_urls_and_compare(number: int) -> None:
        dice, visitor = random.Random(ask.seed * 1_000 + number), visitors[number % len(visitors)]
        for url in dice.choices(visitor.urls, k=each):
            status, heads, body = _get_status_headers_and_body(web.port, url, visitor.cookie)
            tokens = find_tokens_in_file_content(body, seed["canary"]) | find_tokens_in_file_content(
                str(heads).encode(), seed["canary"]
            )
            with lock:
                watch.record_seen_tokens(visitor.browser.name, url, tokens, owns[visitor.browser.name])
                counts["answers"] += 1
                if status not in ANSWERED:
                    odd[f"{status} {url}"] += 1
                counts["kept"] += any(name in heads for name in NEVER) and bool(visitor.cookie)

    web = WebServer(SimpleNamespace(environment=environment_of_data_folder(home), log=home / "sink.log"), 1)  # type: ignore[arg-type]
    try:
        threads = [
            threading.Thread(target=request_urls_and_compare, args=(number,))
            for number in range(ask.number_for_size(trial=8, quick=50, full=50))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        web.close()
    foreign = watch.undeclared_exposures()
    for one, where in list(foreign.items())[:10]:
        print_progress(f"{one} at {where}")
    for what, times in odd.most_common(10):
        print_progress(f"{times} times {what}")
    figures = (
        Figure("answers", counts["answers"]),
        Figure("foreign tokens", len(foreign), "", 0, 0),
        Figure("answers that a cache could keep", counts["kept"], "", 0, 0),
        Figure("answers of no known kind", odd.total(), "", 0, 0),
    )
    words = f"answers to {len(threads)} browsers at once, of {len(IDENTITIES)} identities in turn"
    return ProofResult(counts["answers"], words, figures)


def _urls_to_visit(walls: AccessMatrix) -> list[str]:
    """Every address of one's own, allowed or not, and those of the neighbours that are refused."""
    found = [url for row in read_access_rows().values() for url in walls.url_by_owner(row).values()]
    return [url for url in found if not url.endswith(PAGES) and "/all/" not in url and url != "/readyz"]


def _get_status_headers_and_body(port: int, url: str, cookie: str) -> tuple[int, dict[str, str], bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    try:
        line.request("GET", url, headers={"Cookie": cookie} if cookie else {})
        answer = line.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        line.close()
